"""Questions: what people ask, and what they say of themselves on the way."""

from conversations.understanding.acts import Act

SURE = (
    (Act.ASK_ADDRESS, """
        (au / le / a le / la) meme (endroit / lieu / adresse / place)
        adresse !mail|email|electronique
        (c est / est / etes / se trouve / ce trouve / situe / situes / situee / habite / passe) ou $
        c est ou
        ou (c est / est / sont / se trouve / se situe / ce trouve / ca se trouve / se passe / ca se passe / etes / aller / dois / faut / venir / on va / je dois / je vais / se garer / garer / y a / je peux me garer)
        c est .. ou !bien|alors|un|une|le|la|faut|on|je|pas
        ^ ou $
        ^ (a quel endroit / quel endroit / quel lieu / le lieu / lieu / l endroit / endroit / la rue / quel rue / plan) $
        (quel / a quel / c est quel / au quel) (etage / batiment / bat / porte / rue / numero de rue / lieu / endroit / arret / salle / bureau / entree / quartier / ville / site / centre / adresse / arret de bus / station / ligne)
        (comment / pour) (venir / on vient / y aller / aller / y acceder / je viens / acceder / m y rendre / y rendre / on y va / vous trouver / trouver) !au|traduire|avec
        (trouve / trouver / trouvons) (pas / plus) .. (batiment / adresse / endroit / entree / rue / porte / lieu / salle / centre / vous / ou)
        (trouve / trouver) pas $
        je suis (perdu / perdue)
        (garer / stationner)
        (y a / il y a / avez / c est ou le / ou est le / place de) .. (parking / stationnement)
        (parking / stationnement) $
        (y a / acces / ascenseur / rampe) .. (handicap* / pmr / fauteuil / poussette / ascenseur)
        (bus / tram / metro / train / station) (pour / pour venir / pour y aller / quel / le plus / c est)
        (quel / arret de / arret / c est quel / quoi comme) (bus / tram / metro / ligne)
        (c est / vous etes / situe*) .. (a cote de / pres de / en face de) .. $
        (vous / etes / est / c est) (etes /) situe* ou
        situe* ou
        (c est / est ce) loin
        (where / address / location)
        how (do i get / to get) there
        (code / interphone / digicode) .. (porte / entree / c est / quel / immeuble / batiment)
        quel (code / interphone / digicode)
    """),
    (Act.ASK_HOURS, """
        horaire (de ouverture / svp / $ / du / de la / des / de / ouverture)
        ^ (vos / les / quel sont les / quel sont vos / / vos heure de / heure de) horaire
        (vos / les) horaire
        quel (sont / est) (vos / les / le / votre) horaire
        (ouvert / ouverte / ouverts / ouvre / ouvrez / ouvrent / ouverture / ferme / fermez / ferment / fermes / fermee / fermeture / fermeture) (a / le / la / les / ce / cet / cette / aujourdhui / demain / samedi / <semaine> / quand / jusque / entre / pendant / quel / toute / tous / de / des / aux / midi / en)
        (etes / c est / vous / est / sera / serez / reste) .. (ouvert / ouverts / ouverte / ouvrez / ferme / fermes / fermez) !a_clef
        (quel / quand / quels) .. (ouvert / ouverts / ouvrez / ouvre / fermez / ferme / ouverture / permanence / permanences)
        heure (de / d) (ouverture / fermeture / permanence)
        (opening hours / open today / open on / what time do you open / are you open)
        jours (de / d) ouverture
        (permanence / permanences) .. (quand / quel / horaire / jour / heure)
        (a quel heure / quel heure) .. (ferme / ouvre / fermez / ouvrez)
        sans rdv .. (quand / horaire / heure / quel)
        (faites / fermez / ferme) .. pont
    """),
    (Act.ASK_BRING, """
        (faut / dois / doit / devons / dois je / il faut / faudra / faudrait / besoin de / que / quoi / quel) .. (apporter / venir avec / prevoir / fournir / prendre avec / preparer / montrer / presenter) !un_rdv
        apporter (quoi / quel / quelquechose / des / le / la / les / mon / ma / un / une)
        (apporte / apporter / emporter / prendre / venir avec / prevoir) quoi
        (comme / quel) (papier / papiers / document / documents / justificatif / justificatifs)
        (quel / quels) (papiers / document / documents / justificatif / justificatifs / piece / pieces / dossier / affaires)
        ^ (papiers / documents / document / justificatif* / pieces / piece / les papiers / les documents / liste des documents / la liste des papiers) $
        (des / les) (papiers / documents / justificatifs / pieces) .. (apporter / fournir / necessaire* / demande* / obligatoire* / prevoir / faut / preparer)
        (faut / fo / besoin) .. (carte / carnet / ordonnance / piece / justificatif* / papiers / documents / passeport / livret / photo / attestation / dossier / vaccin / couches) !de_rdv
        (carte vitale / carnet de sante / piece identite / piece de identite / carte identite / ordonnance / livret de famille / passeport) .. (obligatoire / necessaire / faut / suffit / besoin / oblige / ou pas / c est)
        justificatif*
        (faut / dois) quoi .. (pour / rdv)
        faut quoi $
        faut .. quoi .. pour
        c est quoi .. (carnet / carte vitale / justificatif* / attestation / papiers)
        (c est / est ce que c est / est / c est pas / ca) (payant / gratuit / rembourse / combien / cher / prise en charge)
        ^ (payant / gratuit / combien / le prix / prix / tarif / cout / combien ca coute / c est gratuit) $
        (ca / ca me) (coute / coutera) (combien / cher / quelquechose / rien)
        (combien / quel prix / quel tarif / tarif) (coute / ca coute / ca / c est / le / la / est / pour)
        (faut / dois) .. payer
        (peux / pouvons / possible de / je peux / est ce que je / dois / faut / droit de / obliger / oblige / peut on) .. (venir / etre / amener / apporter / emmener / accompagne*) (avec / accompagne* / sans / a deux / mon / ma / mes / les / seule / seul / la / le)
        (venir avec / venir sans / viens avec) .. (ou pas / c est possible / possible / ca derange)
        (mon / ma / mes / les / le / la) .. (peux / peuvent / doit / doivent / dois) (venir / etre present* / etre la / assister)
        (presence / present) .. (obligatoire / necessaire) .. (enfant / pere / mari / deux)
        (enfant / pere / mari / enfants) .. (obligatoire / obliger / oblige / doit etre / dois venir / doivent venir)
        (a jeun / a jeune)
        (ca / rdv / consultation / c est / ca va) dure* (combien / longtemps)
        combien de temps .. (dure / rdv / ca / consultation / prend)
        (what / which) .. (bring / documents / papers)
        (is it free / how much / cost)
        (pas / plus) de (carnet / carte vitale / mutuelle / papiers / justificatif* / secu / couverture)
        (sans papiers / sans carte / sans mutuelle / sans carnet)
        (quoi / que) (prevoir / preparer)
        qui (doit / dois / peux) (venir / etre)
        (ai / je) (perdu / oublie / pas) .. (carnet / carte vitale / ordonnance)
        cmu
    """),
    (Act.ASK_APPOINTMENT, """
        (c est / est / sera / est ce / tombe / a lieu / etait / es / c etait / ai) (quand / quel jour / quel date / quel heure / a quel heure / pour quand / le quel / bien <jour> / bien a / toujours / avec qui / vers quel heure / le combien) !que|vous|qu
        (quand / a quel heure / quel heure / quel jour / quel date / avec qui / c est avec qui) (est / es / et / c est / ai / je / j / a / mon / le / on / nous / ce / deja / rdv / sera / etait / dois / demain / <semaine> / $) .. (rdv / consultation / ai / $)
        (quand / quel jour / quel heure / quel date) (deja / $)
        (rdv / c est / mon rdv) .. (a quel heure / quel jour / quel heure / quand / avec qui / quel date)
        quel heure (demain / <semaine> / le rdv / mon rdv / deja)
        (heure / date / jour) (de / du / de mon / pour / mon / le / /) rdv
        (rappel* / redonn* / redire / redites / confirm* / renvoy* / donnez / donner / connaitre / savoir / oublie / rappelle / perdu) .. (heure / date / jour) !d_autre|plus
        (oublie / perdu / perdue / rappelle plus / souviens plus / sais plus) .. (heure / date / jour / rdv / quand)
        (ai / aurais / avais / ai je / a) (bien / toujours / encore) (un / / mon / le) rdv
        (ai / avais) .. rdv .. (bien / toujours / quand / confirme / ou pas)
        (rdv / il / c est) .. (toujours / bien / encore) (maintenu / valable / bon / confirme / prevu / la / ok / d actualite / de actualite / enregistre / pris / note / valide)
        (rdv / il / c est) (est / sera / a ete / /) (maintenu / confirme / valide / enregistre / bien pris / pris en compte / valable)
        c est confirme
        avec quel (medecin / docteur / personne / assistante / agent / sage / puericultrice)
        (bien / pas) (enregistre / pris / note / valide / confirme / recu) .. (mon / ma / le / la) (rdv / demande / inscription / reservation)
        (est ce que / est / savoir si) .. (rdv / il) .. (confirme* / maintenu* / annule / valide / enregistre / valable)
        (ai / j) (je / bien) rdv
        (souviens / rappelle) (pas / plus) .. rdv
        ai pas .. rdv .. (prevu / normalement)
        (mon / mes / le / nos) (prochain / prochains / futur) rdv
        (voir / consulter / verifier / liste / afficher / c est quand) (mes / mon / tous mes / nos) rdv
        ^ (mes / mon) rdv $
        (pas recu / recu aucun / recu aucune) .. confirmation
        (when / what time) (is / s) (my / the) (appointment / rdv)
        (my / the) appointment (is when / when / what time / still)
        (qui / quel / nom) .. (va me recevoir / me recoit / medecin je vois / je vois / me recevra)
        c est (pour / a propos de / au sujet de) (quoi / qui) .. (rdv / $)
        (c est qui / quel est) .. (medecin / docteur / assistante) .. (rdv / demain / vois)
        (il est / elle est) (avec qui / a quelle heure / quand)
    """),
    (Act.LATE, """
        (en / un peu de / du / de / avoir du / peu de) retard !de_reponse|regles|du|de|dans|loyer|loyers
        retard (environ / # / bus / train / tram / metro / sncf / ratp / a cause / circulation)
        retard (de / d) (# / dix / quinze / vingt / cinq / trente / une / quelques / bus / train / mon / mes)
        ^ retard $
        (rate / manque / loupe / louper / rater) .. (bus / train / tram / metro / correspondance / tramway)
        (dans les / coince* / bloqu* / des / gros / les) (bouchon / bouchons / embouteillages / embouteillage)
        (bouchon / bouchons / embouteillages) $
        (bus / tram / train / metro / voiture) .. (en panne / retard / supprime) .. (arrive / retard / #)
        (arrive / serai la / la / suis la / j y suis / y serai) (dans / d ici / ds) (# / 5 / dix / cinq / quinze / vingt / une / un / quelques / trente)
        (arrive / arrivons / arriver / serai) (plus tard / tard / en retard / avec) (que / # / $ / un peu / du retard / de prevu)
        (desole / sorry / excusez) # (min / minutes)
        ^ # (min / minutes) (de retard / retard / late / $)
        (a la bourre / a la traine / pas a le heure)
        late # min
        ^ dans # (min / minutes / mn)
        circulation
        (running / be / will be / am / m / i will) (late / a bit late)
        (tarde / tarder / vais tarder)
        (late / delayed)
        (decale de / avec) # (min / minutes)
        serai pas a le heure
    """),
    (Act.ON_THE_WAY, """
        ^ (je / on / nous / /) (arrive / arrives / arrivons / arrivent) (tout de suite / bientot / vite / /) $
        en (route / chemin) !de|pour_le
        (suis / est / sommes) (dans le / dans la / dans un / sur la) (bus / tram / metro / train / voiture / route)
        sur (la / le) (route / chemin)
        (je pars / on part / je viens de partir / partons) $
        (on the way / on my way / coming now / omw)
        presque (arrive / arrives / la)
        (bientot / quasi / quasiment) (arrive / la)
    """),
    (Act.ARRIVED, """
        ^ (je suis / suis / on est / nous sommes / on / sommes) (la / bien arrive* / arrive / arrivee / arrives / sur place / en bas / dans la salle / present / presente) !demain|<semaine>
        (suis / est / sommes) (devant / en bas / a l accueil / a le accueil / dans la salle / sur place / arrive / arrivee / a la porte / dehors devant / a l entree / a le entree / a le interphone)
        (personne / porte) .. (ouvre / repond a le interphone / fermee / ferme)
        ^ arrive* $
        (i am here / im here / i m here / arrived)
        salle de attente
        attends depuis
    """),
    (Act.HELP, """
        (comprends / comprendre / saisis / pige / capte / compris / comprend) (pas / rien / pas bien / plus)
        (rien / pas / j ai rien) (compris / pige / capte / comprendre)
        pas clair
        (c est / veux dire / ca veux dire / signifie / c koi / que est ce que) quoi (ca / ce / cette / le / la / votre / vos / un / une / les / /) $
        (c est quoi / que est ce que c est / que est ce que) (ca / ce sms / ce truc / cette chose / ce numero / ce / le principe / $)
        ca veux dire
        (que / quoi) (dois / faut / puis / peux / on peux / peut on) .. (faire / repondre / ecrire / envoyer / mettre / dire / taper)
        (dois / faut / je dois / peux) .. (faire / repondre / ecrire / envoyer / mettre / dire / taper) (quoi / comment)
        (comment / coment) (ca marche / on fais / faire / je fais / ca fonctionne / marche / on repond / repondre / c est possible / dois je faire / il faut faire / utiliser) !pour
        comment .. (faire / fais) $
        (mode de emploi / mode d emploi)
        ^ (aide / aidez moi / aider moi / help / help me / a l aide / a le aide / besoin de aide / besoin d aide / aide moi / j ai besoin de aide / je ai besoin de aide / sos / aide svp / quoi / hein / comment / kwa / pardon / gne / je suis perdu / perdu / explication / explications / expliquez / question) $
        hein $
        (besoin de / demande de / veux de) aide $
        (quel / que) (faire / dois je faire / peut on faire / est ce que je dois faire)
        que (peux / peut / pouvez / proposez / faites) .. (ici / vous faire / faire / pour moi / proposer)
        (sais / vois) pas (quoi / comment / ou / lequel / laquelle / ce que) (repondre / faire / choisir / mettre / ecrire / prendre / cliquer / repond / il faut / je dois)
        (sais / vois) pas $
        (what / how) (do i do / does it work / can i do / can you do / is this / to do / does this work)
        (dont / don t / do not) understand
        (pouvez / peux / pourriez / peut) .. (m / me / nous) (aider / expliquer)
        (celle / mienne / sienne / celui / mon / ma / la mienne) .. ou (celle / celui / la mienne / le mien / la sienne / de ma fille / le sien / la mienne)
        (la mienne / le mien) ou
        (difference / quel est la difference) entre
        (redire / reformuler / expliquer / expliquez / reexplique*)
        quel (numero / chiffre / lettre) .. (taper / envoyer / mettre / repondre)
        ca marche pas
        marche pas
        (bug / buggue / plante / fonctionne pas)
    """),
    (Act.WHO, """
        (vous etes / c est / t es / tu es / etes vous / qui / ses / es) qui !pour|que|le|la|mon|le_medecin|je
        ^ qui (est ce / etes vous / c est / es tu / /) $
        (qui) (est ce / etes vous / me parle / m ecrit / parle / m envoie / me contacte / est a l appareil / ecrit / me ecrit / me envoie / est le expediteur / c est)
        (c est / est ce / ca / serait / vous etes) (une / un / pas une / pas un / quel) (arnaque / spam / escroquerie / fraude / phishing / pub / piege / vrai numero / hameconnage / faux)
        (arnaque / escroquerie / spam) $
        ^ (arnaque / escroc / escrocs / spam)
        (c est / vous etes / ca vient de) (quel / de quel / quelle) (service / organisme / societe / administration / numero / entreprise / association)
        (who is this / who are you / is this a scam / scam)
        (a qui / de qui) .. (numero / sms / parle / ai je)
        quel organisme
        c est (officiel / fiable / serieux / un vrai)
        (vous etes / c est) (la / le) (quel / quelle) (mairie / departement / service)
        de la part de qui
        c est quoi ce (numero / sms)
    """),
    (Act.DELETE, """
        (supprim* / effac* / enlev* / detrui* / retir* / efface / oubli*) .. (donnees / compte / numero / informations / infos / dossier / fichier / fiche / profil / coordonnees / information / donnee) !de_ma|incomplet|de_telephone_de
        (delete / erase / remove) .. (data / account / number)
        (supprim* / effac* / enlev* / retir*) moi .. (fichier / fichiers / base / bases / registre)
        droit (a / de) (le oubli / l oubli / oublie / effacement / suppression)
        suppression de (mes / mon) (donnees / compte)
    """),
    (Act.ACCESS, """
        (vous / vs) (avez / savez / gardez / stockez / conservez / enregistrez) .. (quoi / quel infos / quel informations / quel donnees) .. (sur moi / sur nous / de moi)
        (quoi / quel infos / quel informations / quel donnees / quel renseignements) .. (vous / vs / avez) .. (avez / savez / gardez / stockez / conservez / enregistrez /) .. (sur moi / sur nous / de moi)
        what .. (you / do you) .. (keep / know / have / store) .. (about / on) (me / us)
        (ce que / que / quoi / quel / quels / qu) .. (vous / avez) (avez / savez / gardez / stockez / conservez) .. (sur moi / sur nous / de moi / comme infos / comme donnees / mes)
        (savoir / voir / connaitre / acceder / acces / consulter / recevoir / copie / demande) .. (mes donnees / mes informations / donnees personnelles / informations personnelles / donnees)
        rgpd
        cnil
        (mes / vie) (donnees / privee)
        donnees (personnelles / perso / privees)
        (que / quoi) (faites / fait) .. (de / avec) (mes / nos / ces / les) (donnees / informations / infos)
        (my data / personal data / gdpr)
        (combien de temps / conservez / gardez) .. (mes / donnees / informations / infos)
        politique de confidentialite
        (confidentiel / confidentialite / secret / anonyme) !$
    """),
    (Act.RECTIFY, """
        (corrig* / rectifi* / modifi* / chang* / mettre a jour / tromp* / erreur / faute) .. (mon nom / mon prenom / mon adresse / mon numero / ma date / orthographe / coordonnees / mes infos / mes informations / le nom / prenom / mon mail) !de_fille
        (erreur / faute / mal ecrit / mal orthographie*) .. (nom / prenom / date de naissance / orthographe / naissance)
        (nom / prenom / date de naissance) .. (mal ecrit / faux / pas bon / pas le bon / incorrect* / erreur / est faux / est fausse)
        (change / changer) de (nom / numero / adresse / telephone)
        (ai / je ai) (change / demenage) (de numero / d adresse / de adresse / de nom / de telephone / $)
        mon (nouveau / nouvelle) (numero / adresse)
    """),
    (Act.HOW_NUMBER, """
        (comment / ou / qui / pourquoi / d ou / de ou) .. (vous / vs / a / avez / donne) .. (mon numero / mon num / ce numero / mon telephone / mes coordonnees / mon 06)
        (mon numero / mon telephone / mes coordonnees) .. (comment / ou / d ou / qui vous)
        (how / where) (did you / do you / you) (get / have / got) my (number / phone)
        qui .. donne mon (numero / nom)
        (ou / comment) vous (connaissez / savez) .. (mon / qui je)
    """),
    (Act.WHY, """
        (pourquoi / pour quoi / a quoi sert / a quoi ca sert / ca sert a quoi) .. (mon / ma / mes / demand* / vouloir / veux / voulez / nom / prenom / date / ca / besoin / cette info / savoir)
        (c est / ce est / c est bien / reste / est ce) (anonyme / confidentiel / secret / prive / obligatoire / oblige / securise) $
        (c est / ca) (pour / sert a) quoi (faire / $)
        ^ (anonyme / confidentiel / pour quoi faire / pourquoi ca / pourquoi faire)
        (oblige* / obligatoire) (de / d) (donner / dire / repondre / mettre)
        (dois / suis) je (oblige* / vraiment) .. (donner / repondre)
        (why do you / why you) .. (need / want / ask)
        (regarde pas / regarde personne / vous regarde)
        en quoi ca vous regarde
        quel (rapport / interet / utilite)
    """),
    (Act.WRONG_NUMBER, """
        (faux / mauvais / pas le bon / erreur de / pas le / trompe* de / tromp* de / erreur sur le / pas bon) (numero / destinataire / personne / telephone / correspondant / num) !chance
        (connais / connait) (pas / aucun / aucune / personne) (cette / ce / de / le / la / cet) !adresse|chemin|date|route|mot
        (connais / connait) pas $
        (vous faites / faites / vous avez fait / vous fais / c est une / il y a / vous faite / faire / il doit y avoir / ya) (erreur / une erreur) (de / sur / $ / je / vous / c est)
        vous vous (trompez / etes trompe / etes trompes / etes tromper / tromper) !de_jour|date|heure
        (c est / suis / ce n est / est / etes) (pas / plus) (moi / la bonne personne / le bon numero / son numero / mon rdv / le numero de / cette personne / elle / lui / mon nom / le bon destinataire / pour moi / a moi) !qui_ai|que|un|mais_pour|c_est|svp
        (suis / est) pas (monsieur / madame / mme / cette / la personne / concerne* / celui / celle / lui)
        (plus / pas) (le / son / mon) numero (de / a)
        (wrong number / wrong person / not me)
        ^ pas moi $
        y a (une /) erreur $
        habite (plus / pas) (ici / la / a cette)
        (personne / pas de / y a pas de / aucun / aucune) .. (de ce nom / qui s appelle / qui se appelle / ici / a ce nom / ce nom)
        (suis / est) (le / la) (nouveau / nouvelle) proprietaire .. numero
        (jamais / pas) (pris / demande / eu / sollicite) (de / un / aucun / ce) rdv
        (ai / avoir) (pas / aucun) (de / / pris de / demande de) rdv (chez / avec / ici / $) !possible|svp
        (pas / jamais) (d / de) enfant (donc / vous / moi / $)
        (decede / decedee / mort / morte / demenage / deces) .. (vous / numero / sms / monsieur / madame)
        (monsieur / madame / cette personne / il / elle) (est / et / a) (decede* / mort / morte / demenage)
        (change / changer) de (numero / num / telephone) .. (il / elle / plus)
        numero .. (il / elle) (a / ) change
    """),
)  # fmt: skip

LIKELY = (
    (Act.ASK_BRING, """
        (peux / possible / pouvons / peut on / puis je) .. (venir / apporter / amener) .. (avec / accompagne* / sans / seul / seule / a deux / enfant / enfants / bebe)
        venir (avec / sans) (mes / les / mon / ma / un / une / elle / lui / le / la) .. (enfants / enfant / bebe / soeur / mere / amie / ami / cousine / mari / conjoint / copine / poussette / chien / voisine / fille / fils / traduire)
        (carte vitale / carnet de sante / carnet / ordonnance)
        (inscription / dossier) .. (obligatoire / faut)
        (conditions / condition / critere / criteres)
    """),
    (Act.HELP, """
        (je / j / on) (fais / fait) comment
        (fais / dois faire) quoi
        (c est / est ce) quoi !le_carnet|les_papiers|votre_adresse
        (un / gros / petit) souci $
        comment (je / on / faut)
    """),
    (Act.OUT_OF_SCOPE, """
        (dossier / demande / allocation / prestation / paiement / virement / aide) .. en est ou
        (ou en est / en est ou) .. (dossier / demande / mdph / apl / rsa / caf / aide)
        (pas / plus / toujours pas / jamais) (recu / touche / eu / verse / paye) .. (rsa / apl / caf / allocation / prime / argent / aide / paiement / reponse)
        (caf / impots / france travail / pole emploi / prefecture / titre de sejour / secu / cpam / carte grise / passeport / carte d identite / permis / nationalite / mairie) $
        quel temps
        (toucher / touche / combien) .. (rsa / caf / apl / aah / prime)
        (meteo / blague / heure est il / president / foot / recette)
        (avancer / preter / donner / virer) .. euros
        (tu fais quoi / quoi de neuf / ca va toi / tu t appelles / t es beau / t es belle / tu m aimes)
    """),
)  # fmt: skip
