"""Danger: what people write when somebody is in danger, and what only sounds like it. Wide on purpose: a false alarm
costs a message, a missed one may cost a life."""

from conversations.understanding.kinds import Danger

HARMLESS = """
    (mort / morte / mourir / meurs / creve / crever) de (rire / faim / soif / chaud / froid / honte / fatigue / rires / peur / trouille / sommeil / ennui / jalousie / chaleur / envie)
    (trop / mdr / vraiment) (mort / morte) de rire
    (mort / morte) de
    tue* (le temps / a vous / a le travail / au travail / a la tache / au boulot / a faire / a la / a attendre / a te / a le / de attendre / au menage / a expliquer / a repeter / a dire / pour rien / a appeler)
    (ca / il / elle / ils / me / chaleur / attente / fatigue / qui / paperasse / douleur) me tue* !de|avec|si|un|hier|ce|cette|demain|moi|et
    me tue* de (attendre / attente / rire / fatigue / expliquer)
    (me / se) tue* (a / au)
    en finir (avec / de / une bonne fois / rapidement / au plus) !la_vie|moi|tout|cette_vie|ma_vie|mes_souffrances|mes_jours|lui|elle
    finir .. (dossier / demarche / demarches / papiers / formulaire / inscription)
    (se / me) pendre (la / au) (cremaillere / telephone)
    (danger / dangers / risque / risques) (du / de la / des / de / pour / a / avec / si)
    (pas / aucun / sans / hors de / plus / est ce un / est ce) danger
    (dangereux / danger) (pour / de / si / ?)
    (faute / fautes / frappe / erreur) de frappe
    frappe* (a la / a / au / a le) porte
    ca (me / /) frappe
    se (est / sont) (battu / battus / battue / battues / tape / tapes)
    frapper chez
    (coup / coups) de (main / fil / telephone / stress / blues / barre / coeur / pouce / soleil / chaud / froid / tete / mou / fatigue / gueule / pompe / vent / foudre / balai)
    (tout a / tout d / tout de / du / au / apres / sur le / un) coup !de_poing|de_pied|de_couteau|de_feu
    coup (dur / de chance)
    tape* (sur le / sur la / sur internet / sur mon / sur un / a la porte / le numero / le code / un / # / la touche / dans / trop / vite / mal / le incruste / ca / sms / du) !tete|bebe|petit|petite|enfant
    tape (1 / 2 / 3 / 4 / un / deux / trois)
    (il / elle / ils) (me / m) (bat / battu / battue) (a le / a la / aux / au / a chaque / toujours a)
    battement*
    (battre / battu / battue) (pour / contre / le record / en retraite / des records / avec la caf / avec)
    me battre
    se battre (pour / contre / avec la)
    (violent / violente / violents) (rhume / orage / mal / maux / migraine / mal de tete / douleur / effort / choc / film)
    (rhume / orage / migraine / mal de tete / douleur / toux / virus / grippe / effort / pluie / vent) violent*
    (suicide / mort / viol) (assiste / subite / annoncee / du telephone / de mon telephone)
    (telephone / portable / batterie / tel / voiture / ordinateur / ordi / frigo / machine / imprimante / connexion / wifi / forfait) .. mort*
    c est mort
    (nuit / journee / boulot / travail / enfants / vie / chaleur) .. me tuent
    tu (me / m) tues
    (urgence / urgences) (administrative / papier / papiers / loyer / dossier / de rdv / rdv / garde / financiere / alimentaire / pour le / pour un)
    (prise / prises / pris / prises de) (de / du /) sang
    sang (a ete / preleve / prise / analyse / pour / resultat / resultats)
    (don / bilan / analyse / analyses / resultats) (de / du) sang
    inconscient* (du / de la / des / de / que)
    secours (populaire / catholique / financier / exceptionnel)
    (maison / centre / planning / structure / foyer / association) .. (femmes / victimes) (victimes / battues / de) !je
    feu (vert / rouge / orange / de artifice / tricolore)
    (il y a / ya / a) le feu (au lac / faut / vite / aux fesses / urgent / !)
    (bloque / casse / casser) la tete
    casse (les pieds / pieds / couilles / la croute / gueule la)
    casse* .. (voiture / telephone / lunettes / jambe / bras / cheville / pied / machine / portable / dent)
    (saut / sauter) .. (repas / etape / une / un / cours / classe / rdv / ligne / page / petit dejeuner / dans le bus / dans la)
    sauter (le / un / une) (rdv / repas / creneau / tour / etape / midi)
    (boire / avale* / avaler) .. (de travers / sirop / soupe / lait / purée / salive)
    (coincee / coince / enferme / enfermee) (dans les bouchons / au travail / dans / dehors sans) (les / le / bus / train / tram)
    (je / on) (suis / est / serai / etais / sera / serons) (dehors / dans la rue / a la rue) (devant / en face / de la / des / du / pour fumer / porte / #)
    (vetements / machine / chien / chat) .. dehors
    (sortir / jouer / jouent / joue) dehors
    (rue / adresse) (violette / violettes / de la / du / des)
    jeux video violents
    accident de travail .. (dossier / declaration / papier / arret)
    (faire / fais / faites / font) (le / la) mort
    (peur / crainte) (du / de la / des / de) (dentiste / vaccin / piqure / piqures / aiguille / aiguilles / retard / rater / oublier / oublie / louper / pas / ne / me tromper / manquer / avoir / prise de sang / docteur / medecin / arriver / perdre / resultat)
    peur de avoir (oublie / rate / loupe / perdu)
    (ai / eu) eu peur de
    nourriture pour (chien / chat)
    (intoxication / intoxique) .. (hier / semaine derniere / passe)
    cachets (de / pour) (fluor / vitamine)
    (pris / prends / prend) .. (doliprane / vitamine / vitamines / fer / antibiotique / antibiotiques) .. (deja / ce matin / hier / matin / soir) .. (peux / dois / quand)
    (battu / battue) (violette)
    violette battu
    (fievre / rhume / toux) .. (medecin / docteur / consult*)
"""
"""Everyday words: taken out of the message before danger is looked for."""

ALARMS = (
    (Danger.PILLS, """
        (pris / prise / avale / avalee / avaler / gobe / prendre / bu / avales / prit) (des / trop de / plein de / tous / tout / toute / beaucoup de / une boite / la boite / les / mes / de la / du / tous les / tous mes / une plaquette / #) .. (cachet / cachets / medoc / medocs / medicament / medicaments / comprime / comprimes / somniferes / boite / plaquette / pilules / xanax / anxiolytiques)
        (cachets / medicaments / medocs / comprimes / somniferes / boite de doliprane) .. (pris / avale* / tout pris)
        (vais / veux / envie de / pense a) .. (avaler / prendre) .. (cachets / medicaments / boite / comprimes)
        (took / swallowed) .. pills
        (je / ai) .. (bu / avale / pris) .. javel
        (ouvert / tailladee / taillade / coupe / coupee / entaille) (les veines / mes veines)
    """),
    (Danger.SUICIDE, """
        suicid* !assiste
        (en finir / en fini)
        finir (avec la vie / avec tout / mes jours / ma vie / mes souffrances)
        mettre fin a (mes jours / ma vie / ses jours / sa vie / tout)
        (foutre / fouttre) en (le air / air)
        me (pendre / flinguer / defenestrer / ouvrir les veines / jeter sous / jeter dans / jeter du / jeter par / suicider / immoler)
        (veux / vais / voudrais / envie de / pense a / idee de / prefere / besoin de / capable de / peur de / pret a / prete a) (me / de me) (tuer / supprimer / noyer / buter / faire du mal)
        ^ me tuer $
        (me / m) (scarifi* / mutil* / taillade*)
        (envie / veux / voudrais / vais / besoin / pense / pensees / idees / prefere / aimerais / souhaite) (de / a /) (mourir / crever / disparaitre / partir pour toujours / plus etre la / plus vivre / creve / mort / noires / suicidaires / la mort / en mourir / me faire du mal)
        (veux / voudrais / prefere / aimerais / envie) (etre / d etre / de etre) (mort / morte)
        idees (noires / suicidaires)
        (faire / faites / fais) (du mal / mal) a (moi meme / moi)
        me faire (du / de) mal
        (plus / pas / aucune) (envie / force / gout / la force / le gout / de raison / raison / le courage) (de / a la / de la / a) (vivre / vie / continuer a vivre / me lever le matin vivre / rien vivre)
        (plus / veux plus / peux plus / pas) (vivre / vivre comme ca / vivre ca) !ensemble|chez|a|avec|ici|en|dans
        (vie / ca / rien) (a / ne / / n a) (plus / pas / aucun) (aucun / de /) (sens / valoir / la peine d etre vecue)
        (serai / serais / etais / suis / sera / jetais) (plus / pas) (la / de ce monde) .. (mieux / tranquille / soulage* / debarras*)
        (mieux / tranquille / debarras*) .. (sans moi / si je etais plus la / si je etais pas la / si je suis plus la / je sois plus la / si jetais plus la / si je etais mort* / sous terre / plus de ce monde)
        (de toute facon / bientot / demain) .. (je / serai) .. (plus la / plus de ce monde / plus etre la)
        (serai / suis) .. (mort / morte) (bientot / demain / ce soir / avant)
        adieu
        personne .. (regrettera / pleurera / manquera)
        me (fais / faire) (du mal / mal expres)
        me coupe* (les bras / le bras / les veines / les poignets)
        plus (la / le / aucune) (force / courage) de (continuer / tenir / vivre)
        plus de vivre
        a quoi (bon / ca sert de / sert de) vivre
        debarrass* de moi
        dites .. que je (les / le / la / vous) aime*
        (dire / dit / lettre) (de / / d) adieu*
        (vais / veux / voudrais / pret a / prete a) (sauter / me jeter / me foutre) (du / de / par / sous / dans / $)
        (vais / veux) sauter $
        (je / on) (serai / serais) plus la $
        (personne / vous / tous) .. (manquerai / regrettera / pleurera) .. (pas / moi)
        (plus / aucun) (aucun / de /) (espoir / issue / avenir) .. (vie / vivre / mourir / $)
        (peux / supporte / tiens) plus (la vie / cette vie / ma vie)
        (marre / ras le bol / fatigue*) de (vivre / la vie / la vie / cette vie / exister)
        (marre / fatigue*) .. (envie de / veux / voudrais) .. (disparaitre / mourir / crever)
        (want / going / wanna) .. (die / kill myself / end it / end my life / hurt myself)
        (kill myself / end my life / suicidal)
        (dont / don t / not) want to (live / be here)
        (la vie / vie) (est fini* / c est fini / vaut plus / est trop dure)
        (plus besoin de / inutile de) me chercher
        (acheter / achete / prendre / trouve) .. corde .. (pour / pendre)
        (tirer / tire) une balle
    """),
    (Danger.CHILD_HURT, """
        secou* .. (bebe / petit / petite / enfant / fils / fille / nourrisson)
        (bebe / nourrisson / fils / fille / enfant) .. secoue*
    """),
    (Danger.CHILD, """
        (il / elle / on / ils / mari / conjoint / compagnon / pere / mere / papa / maman / ex / beau / copain / nounou / maitre / maitresse / nourrice / voisin / voisine / voisins / qui / oncle / frere / tante / je / ai / ca) .. <frappe> .. (enfant / enfants / bebe / fils / fille / filles / petit / petite / gosse / gosses / gamin / gamine / soeur / frere / soeurs / freres / petits) !violent
        (il / elle / mari / conjoint / compagnon / pere / mere / ex / nounou / qui / ils / nourrice) (les / l / le / la / lui) (a / / tape / bat / met / donne / fait) (frapp* / battu / battue / bat / tape / tapee / tapes / gifl* / cogn* / touch* / secou* / viol* / brul* / des coups / du mal)
        (il / pere / mari / conjoint / ex / compagnon) (bat / tape / frappe* / cogne) (la / le / les / ma / mon / mes / nos) (petite / petit / petits / enfant / enfants / fils / fille / filles / bebe / gosses)
        (fils / fille / filles / enfant / enfants / bebe / petite / petit / soeur / frere / niece / neveu) .. (battu / battue / battus / frappe* / maltrait* / touche par / touchee par / touche / touchee / viole / violee / abuse / abusee / attouch* / tape / tapee / brutalis* / agresse / agressee / en danger / des bleus / des coups / harcel*) !a_la_porte|votre|fait
        (touch* / attouch* / caress*) .. (fils / fille / petite / petit / enfant / sexe / parties)
        attouchement*
        pedophil*
        (enfant / enfants / bebe / mineur / mineure / fils / fille / petit / petite / voisins) (est / sont / seul / seule / seuls / enferme* / maltrait* / en) .. (en danger / maltrait* / enferme* / abandonn* / seul* toute la nuit / seuls la nuit / danger)
        (enfant / bebe / voisins / petit / petite) .. (crie / hurle / pleure / crient / hurlent / pleurent) .. (coups / nuits on entend / battu / frappe / toutes les nuits / des coups)
        entend* .. (des coups / enfant hurler / enfant crier / taper / frapper)
        (maltraite / maltraiter / maltraitance / maltraites)
        (peur / crains) .. (faire du mal / frapper / taper / lui faire du mal) .. (bebe / enfant / fils / fille / mes / mon / ma / lui)
        (envie / peur) de .. (secouer / frapper / etouffer / jeter / taper / noyer) .. (bebe / enfant / le / la / fils / fille)
        (je / ai) .. (perds / perdu) .. (patience / controle) .. (frappe* / tape* / secoue*)
        inceste
        (enfant / enfants / fils / fille / bebe / petit / petite) (est / sont) (tout / toute / tous /) seul* (a la maison / depuis / chez / toute la nuit / la nuit)
        laiss* (les / mes / ses / des / mon / ma / son / sa) (enfants / enfant / fils / fille / bebe / petits) (tout / /) seul*
        (enfant / fils / fille / petit / petite / enfants) se (fais / font / est fais) (frapper / taper / battre / harceler / agresser / racketter / toucher)
        (laisse / laissent / laisses) .. (enfant / enfants / bebe) seul* .. (nuit / nuits / toute)
        (mon / le / son) (beau pere / oncle / pere / papy / grand pere / frere / cousin) .. (touche / me touche / ma touche / la touche / l a touche / viole)
        (mes parents / mon pere / ma mere / papa / maman) (me / m / nous / ma) (frapp* / tape / bat / battent / tapent / cogne*)
        (abuse / abuses) .. (ma fille / mon fils / enfant / elle / petite)
        (hits / beats / hurts / beating / hitting / touched) .. (kids / child / children / son / daughter / baby)
        (child / kids / children) .. in danger
        (enlev* / kidnapp* / emmene de force) .. (enfant / fils / fille / enfants / petit)
        (a pris / a enleve) (les enfants / mon fils / ma fille) .. (rend / veut pas / disparu)
        (excision / exciser / mariage force / marier de force)
    """),
    (Danger.DOMESTIC, """
        <conjoint> .. (me / m / ma / m a / nous / m as) (a / /) (deja / encore / / toujours / tout le temps / souvent) (<frappe> / insult* / enferm* / humili* / terroris* / rabaiss* / tape / tue* / tuer / etrangl* / pousse* / poignard* / poursui* / traqu* / fait peur / forc* / oblig* / surveill* / bloqu* / jete* / mis dehors / dit que il va me)
        (il / elle / mari / ex) (me / m / ma / nous) (a / /) (encore / deja / / toujours / re / souvent) (frapp* / frape / tape / taper / tapee / bat / battu / battue / batt / cogn* / gifl* / etrangl* / tabass* / sequestr* / enferm* / menac* / viol* / poignard* / brutalis* / agress* / bats / forc* / jet* contre / pousse* dans) !la_porte|votre|a_la_porte|aux
        (me / m) (fait / faire) (frapp* / tape / taper / battre / tabasser / cogner / violer / agresser par mon)
        (je suis / suis / j etais / etais / je etais) (une / / souvent / tout le temps / regulierement) (femme /) (battue / frappee / tabassee / maltraitee)
        femme (battue / en danger / maltraitee)
        (violence / violences) (conjugale / conjugales / domestique / domestiques / familiale / familiales / a la maison / physique / physiques / de mon / de la part / intrafamilial*)
        victime* de (violence / violences / mon mari / mon conjoint / coups)
        (subi / subis / subit / vis / vivre) .. (violence / violences / coups)
        <conjoint> (est / devient / etait / tres / a ete / redevient / se montre / trop) (tres / / super / de plus en plus) (violent / violente / agressif / dangereux / brutal)
        (il / elle) (est / devient / redevient) (tres / / trop / de plus en plus / hyper) (violent / violente / agressif avec moi / dangereux)
        (il / mari / ex / conjoint / compagnon / copain) .. (va / veut / menace de / veux / vas / promis de / menac* de / a dit que il allait / dit que il va) (me / nous / la / les / tous) (tuer / buter / frapper / faire du mal / egorger / bruler / crever / planter / retrouver)
        (menace* / menacer) (de mort / de me / avec un / de nous / avec une)
        (peur / terroris* / terrifie*) (de / par) (mon / lui / lui je / son pere) (mari / conjoint / compagnon / copain / ex / homme / pere / $ / rentre)
        peur .. (il / mari / conjoint / ex / copain / compagnon / lui) (me / revienne / va / rentre / nous / recommence / frappe / trouve / soit la / fasse / tue / est la / tape) !place|malade|rdv|tombe
        peur (quand il / des que il / que il) (rentre / me / revienne / nous / frappe / recommence / tape)
        (il / mari / conjoint / ex / compagnon / copain) .. (a / avec / sort / pris) (un / le / une / son) (couteau / fusil / pistolet / arme / marteau / hache / batte)
        (me / nous / je suis / je me suis) (cache / cachee / enfermee / enferme / refugiee / barricad*) .. (salle de bain / toilettes / chambre / placard / cave / voisine / il / mari / wc)
        (il / mari) (casse / a casse / cass*) tout
        (il / mari / conjoint / compagnon / ex / copain) .. (empeche / interdit / laisse pas / enferme) .. (sortir / partir / voir / parler / telephone / papiers)
        (il / mari / conjoint) .. (pris / confisqu* / garde) (mon / mes / le) (passeport / papiers / telephone / argent)
        (fuir / quitter / partir / echapper) .. (mari / conjoint / compagnon / copain / ex) .. (violent / coups / peur / frapp* / danger / bat / tape)
        (coups / coup de poing / coup de pied / coups de poing) .. (mari / conjoint / il / ex / compagnon)
        (il / mari / conjoint) .. (coups / coup de poing / coup de pied / coups de poing / des gifles / des claques)
        (force / oblige) .. (coucher / rapport / rapports / relations / faire le amour)
        (me / m) (suit / suis / harcele / traque / surveille) .. (ex / mari)
        ex .. (me / m) (suit / harcele / traque / attend devant / menace* / retrouve / guette)
        (my / he) (husband / boyfriend / partner / ex / hits / beats / will) .. (beats / hits / hit / beat / hurts / kill / violent / threatens / threatening / me / raped) (me / / us)
        (he / husband / boyfriend) (hits / beats / hit / beat / hurts / rapes) me
        (will / going to / wants to / gonna) kill (me / us)
        afraid of my (husband / ex / boyfriend / partner)
        domestic violence
        (mis / met / mettre / donne / colle / recu) (une / des / la / deux) (gifle / gifles / claque / claques / baffe / baffes / raclee / beigne)
        (coups / bleus) .. <conjoint>
        pas en securite (chez / a la maison / avec / dans ma)
        leve la main sur
        (il / mari / ex / conjoint) me (insult* / humili* / rabaiss* / terroris* / harcel*)
        peur (de / /) (rentrer / retourner / rester) (chez / a la maison / avec lui / la bas)
        (bleus / hematomes / marques) (partout / sur le corps / a cause de lui / sur moi)
        (ordonnance / mesure) de (protection / eloignement)
        telephone grave danger
    """),
    (Danger.VIOLENCE, """
        (on / ils / quelquun / gars / type / homme / voisin / des gens / inconnu / des jeunes) (me / m / ma / m a / nous) (a / a ete / ont / / vient de) (agress* / frapp* / tabass* / vole / viol* / menac* / suit / poursui* / tape / attaqu* / cogn* / poignard* / braqu* / force* / touche)
        (ai / viens de) (ete / etre / me faire / etes) (agress* / viole / violee / frappe / frappee / tabasse* / menace / menacee / braque* / poignard* / poursuivi* / attaque / attaquee / sequestre*)
        (me suis / me suis fait / suis fait / me faire / fait) (agress* / viol* / braqu* / tabass* / racket*)
        (suit / suivi / suivie / poursuit / poursuivi / poursuivie) .. (dans la rue / peur / depuis)
        viol $
        (un / le / mon / victime de / subi un) viol
        (ai / a) ete (viole / violee)
        agression (sexuelle / physique / dans / hier / ce)
        (coups / coup) de (feu / couteau)
        (quelquun / homme / gars / voisin / type) .. (a / avec) (un / une) (couteau / arme / fusil / pistolet)
        (on / quelquun / il) (essaie / essaye / tente) de (rentrer / entrer / forcer / defoncer) (chez / la porte / ma porte / dans)
        (force / defonce) .. porte .. (peur / police / chez moi)
        (appelez / appeler / envoyez / besoin de / vite) .. (la police / les flics / police / gendarmes)
        (au secours / a le secours / ausecours / aidez moi vite / sos danger)
        (au secour / o secours / o secour / au scours)
        (suis / sommes / vie est / est / etre / me sens) en danger
        danger de mort
        (il / on) va (me / nous) tuer
        (je vais / envie de / vais) (le / la / les) (tuer / buter / planter / egorger / fumer / crever / massacrer)
        (vais / veux) tuer (quelquun / quelqu / mon / ma / le / la)
        menace* de mort
        (rape / raped / attacked / following me / gun / knife)
        call the police
        (traite / proxenet* / forcee a me prostituer / esclav*)
        prise en otage
        (suis / ete / etes) sequestr*
    """),
    (Danger.MEDICAL, """
        (respire / respirer / respires) (plus / pas / mal / tres mal / difficilement / presque plus / a peine / bizarrement / fort et) !par_le_nez
        (arrive / peux / peine) (plus / pas / a) (a / /) respirer
        (peine / mal / difficulte / difficultes / du mal) a respirer
        etouff* !de_chaleur|rire
        (est / devient / tout / toute / levres) (bleu / bleue / bleues / violet) !yeux
        (perdu / perte / perd / a perdu) (de / / la) connaissance
        (inconscient / inconsciente)
        evanoui*
        (fait / a fait) un malaise
        malaise (cardiaque / grave)
        (tombe* / tomber) dans les pommes
        (accouchement imminent / suis en train de accoucher)
        (bouge / reagit / reveille / repond / reponds / parle) plus .. (tombe / bebe / mere / pere / enfant / il / elle / $)
        (bebe / mere / pere / enfant / fils / fille / il / elle / grand) .. (bouge / reagit / se reveille / reveille / reagis) (plus / pas)
        (saigne / saignes / saigner / perds du sang / perd du sang / saignement* / hemorrag*) .. (beaucoup / trop / enormement / enceinte / abondant* / partout / arrete pas / tete / nez depuis / arrete plus / fort / bcp)
        hemorrag*
        (enceinte / grossesse) .. (saigne / saignement* / sang / perds les eaux / tres mal au ventre / contractions / je perds / bouge plus / bouge pas)
        (perdu / perds / perte) (les / des) eaux
        (sens / senti / bouge) (plus / pas) .. (bebe bouger / bebe / bouger)
        bebe bouge (plus / pas)
        convuls*
        overdose
        contractions (tres / fortes / rapprochees / toutes / regulieres / depuis)
        crise (cardiaque / de epilepsie / d epilepsie / epilepsie / de asthme)
        (infarctus / arret cardiaque / accident vasculaire)
        (mal / douleur / serre) .. (poitrine) .. (bras / respir* / depuis / fort / tres / $)
        (avale / avalee / bu / mange / ingere / avaler / boit / avales) ... (javel / pile / piles / produit / lessive / bouton / aimant / poison / medicament / medicaments / detergent / piece / bille / deboucheur / white spirit / essence / cachet / alcool a)
        (brule / brulee / bruler / brulure / ebouillante*) .. (eau / bouillante / bouillant / feu / four / visage / huile / grave / plaque / main / bebe / lui / # / cafe)
        (tombe / tombee / chute / tomber) .. (bouge / escalier / fenetre / etage / balcon / inconscient* / tete saigne / reveille / vomit / reagit / sang / respire / parle plus / table a langer)
        (urgence / urgences) (medicale / vitale / absolue / vital)
        (appelez / appeler / besoin de / envoyez / envoyer / vite) .. (samu / ambulance / pompiers / secours / urgences / le 15)
        (fievre / temperature) .. (39 / 40 / 41 / 39.5 / 40.5) .. (convuls* / bebe / depuis / monte / baisse pas / mois / semaines / jours)
        (# / 40 / 41 / 39) (de / / degres de) fievre
        (fait / fais / en train de / suis en train de) (une / un) (overdose / crise / arret / hemorragie / fausse couche / avec $)
        (je vais / va) (accoucher / accouche) (maintenant / la / tout de suite / dans la / $)
        (accouche / accoucher) (maintenant / tout de suite / la maintenant / dans la voiture)
        (noye / noyee / noyer) .. (piscine / bain / bebe / petit / enfant)
        electrocut*
        (chest pain / cant breathe / not breathing / bleeding / unconscious / ambulance / heart attack)
        medical emergency
        (intoxique* / intoxication)
        (allergie / allergique) .. (respire / gonfle / gonflee / gorge / grave)
        incendie
        (feu / brule) (dans / chez) (la / le / moi / l appartement / ma)
    """),
    (Danger.SHELTER, """
        (dors / dort / dormons / dormir / dormira / vis / vit / vivons / dorment / passe la nuit / dormi) .. (dehors / dans ma voiture / dans la voiture / dans une voiture / rue / gare / dans un parc / hall / sous un pont / dans le metro / parking / sous une tente / une tente / squat / camion / voiture / au camping) !de|du|numero
        (a / dans) la rue (avec / ce soir / depuis / demain / cette nuit / $ / aidez / et / svp / sans / sommes / je sais / mes)
        (suis / est / sommes / etre / etes / mis / mise / jete* / retrouve / retrouver / finir / serai / me retrouve / on va etre) (a / /) (la rue / dehors / sdf / sans abri / sans domicile / sans logement ce soir / sans toit / mis dehors / mise dehors) !devant|en_face|du|de
        (sdf / sans abri / sans domicile fixe / sans toit)
        (nul / nulle) part (ou / pour / dormir / aller / $)
        (pas / plus / aucun / aucune / sais pas / savons pas) (de / d / / un / nul / endroit) (endroit / endroits / lieu / logement / place / toit / ou / part / abri / hebergement / maison) (pour dormir / ou dormir / ou aller / pour la nuit / ce soir / cette nuit / pour ce soir / dormir / aller / passer la nuit / pour mes enfants dormir / ou loger / ou aller dormir) !chercher|pour_le_rdv
        (ou / endroit pour) dormir (ce soir / cette nuit / dehors / avec / $ / demain)
        (sais / sait / savons) (pas / plus) ou (aller / dormir / loger) !pour|demain_pour
        (mis / mise / mettre / foutu / jete* / jetee / met / fout / vire* / virer / viree / foutue) (dehors / a la porte / a la rue) !la_poubelle
        (expulse / expulsee / expulses / expulsion) .. (ce matin / hier / aujourdhui / ce soir / a la rue / ou aller / dehors / maintenant / demain matin / on est / dormir)
        sans (logement / hebergement / domicile / toit) .. (ce soir / cette nuit / bebe / enfant / enfants / depuis)
        hebergement (de / d /) (urgence / ce soir / cette nuit)
        (heberger / loger / hebergement / place / abri / toit / chambre / hotel) .. (ce soir / cette nuit / urgence / urgent dehors / dehors)
        (plus / pas) de (toit / maison / logement / chez moi) .. (ce soir / enfant / enfants / dehors / bebe / depuis)
        (sleeping / sleep / living) .. (outside / street / car / streets / rough)
        (nowhere / no place) to (sleep / go / stay)
        homeless
        (115 / le 115)
        froid .. (dehors / dormir / rue)
        (quitter / sortir / partir) .. (hotel / foyer / centre) .. (ce soir / demain) .. (ou aller / rien / dehors)
    """),
)  # fmt: skip
