"""Danger: what people write when somebody is in danger, and what only sounds like it. Wide on purpose: a false alarm
costs a message, a missed one may cost a life."""

from conversations.understanding.kinds import Danger

# Families: who does it, what is done, to whom; a place in a pattern takes a whole family.

AGGRESSOR = "il / elle / ils / mari / conjoint / compagnon / copain / copin / ex / mec / homme / concubin / fiance / pere / mere / oncle / papy / papi / frere / patron / chef / collegue / voisin / proprio / proprietaire / type / gars / monsieur / quelquun / inconnu / jeunes / gens"
PARTNER = "mari / conjoint / compagnon / copain / copin / ex / mec / homme / concubin / fiance / epoux"
AT_HOME = "il / mari / conjoint / compagnon / copain / copin / ex / mec / homme / concubin / fiance / pere / mere / oncle / papy / papi / frere / fils"
ON_ME = "me / m / ma / m a / me a / me ont / mont / me as / nous / nous a / nous ont / te / vient de me / arrete pas de me / continue a me / recommence a me / essaye de me / failli me / voulu me"
BLOW = "frapp* / cogn* / tabass* / gifl* / etrangl* / defonc* / baff* / demoli* / fracass* / massacr* / brutalis* / maltrait* / poignard* / egorg* / claqu* / tortur* / fouett* / tue / tuer / buter / mis par terre / mets par terre / foutu par terre / mis ko / frappe / frappes / frapper / frappee / frappait / cogne / cognee / cogner / tape / tapee / taper / tapait / tabasse / tabassee / tabasser / gifle / giflee / gifler / etrangle / etranglee / etrangler / bat / bats / battu / battue / battait / rouee de coups / poignarde / poignardee / plante / plantes / fracasse / defonce la gueule / demonte / brutalise / maltraite / maltraitee / massacre / serre le cou / serre la gorge / tire les cheveux / tire par les cheveux / attrape par le cou / attrape par la gorge / attrape par les cheveux / traine par / crache / brule avec / tient par la gorge / tient par le cou / tord le bras / mord / griffe / griffee / bouscule / bousculee / arrache les / secoue / etouffe / ecrase / traine / trainee / jette / jete / jetee / lance / pousse / poussee / coince / coincee / attache / attachee / asperge / casse le bras / casse le nez / casse la main / casse une dent / casse les dents / casse une cote / casse la machoire / pousse dans / pousse par / poussee dans / poussee par / jette contre / jete contre / jette par / viole / violee / violer / saute dessus / lance des objets / fais du mal / fait mal / fais mal / fais des bleus"
A_BLOW = "droite / beigne / baffe / baffes / gifle / gifles / claque / claques / raclee / rouste / patate / torgnole / fessee / branlee / derouillee / correction / trempe"
CHILD = "enfant / enfants / bebe / bebes / nourrisson / fils / fille / filles / gosse / gosses / gamin / gamine / gamins / petit / petite / petits / petites / puce / neveu / niece / mineur / mineure / eleve / jumeaux"
RELATIVE = "fils / fille / mere / pere / maman / papa / soeur / frere / mari / femme / conjoint / compagnon / copain / copine / ami / amie / ado / voisin / voisine / cousin / cousine / tante / oncle / elle / il / quelquun / usager / collegue"
PILL = "cachet / cachets / medicament / medicaments / medocs / comprime / comprimes / somnifere / somniferes / doliprane / dolipranes / paracetamol / xanax / lexomil / valium / antidepresseurs / anxiolytiques / seresta / tramadol / pilules / gelules"
PRIVATE = "sexe / zizi / zezette / kiki / foufoune / fesses / parties / parties intimes / culotte / poitrine / seins / entre les jambes / slip"
TONIGHT = "ce soir / cette nuit / la nuit / demain / avec les enfants / avec mes enfants / avec mon bebe / avec le bebe / avec les petits / avec mes petits / avec un bebe / avec bebe / aujourdhui / depuis"
ISSUE = "violence / violences / suicide / viol / viols / maltraitance / maltraitances / secours / danger / dangers / harcelement / inceste / agressions / suicidaire / overdose / etouffement"

HARMLESS = f"""
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
    casse* .. (voiture / telephone / lunettes / machine / portable)
    (me suis / se est / c est / se) casse* .. (jambe / bras / cheville / pied / dent)
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
    (suis / se / est) fais violence
    (atelier / ateliers / conference / reunion / formation / colloque / groupe / journee / stage / seance / debat / semaine / prevention / campagne / expo / spectacle / film / cours / initiation / brochure / flyer / gestes) (/ de / du / sur le / sur la / sur les / sur / contre les / contre la / contre le / des / premiers / aux premiers / de prevention / prevention / de prevention du / prevention du / prevention des / de prevention des / sur la prevention du / pour prevenir les / d ) ({ISSUE}) (/ conjugale / conjugales / sexuelles / faites aux femmes / enfant / educative / educatives / ordinaires)
    (atelier / conference / colloque / film / livre / expo) enfant* (battu / battus / maltraite / maltraites / en danger / secoue / secoues)
    (fausse couche / malaise / infarctus / crise cardiaque / convulsions / depression / tentative / avc / hemorragie / overdose / agression / operation) (/ il) y a # (ans / mois)
    (fausse couche / malaise / infarctus / crise cardiaque / convulsions / avc / hemorragie) (le an dernier / le annee derniere / en # / quand je etais / a la naissance)
    (fils / fille / petit / petite / bebe / il / elle) (mord / tape / mord et tape / pousse / pousse et tape) (les copains / ses copains / les autres / les enfants de la creche / sa soeur / son frere / ses soeurs / la maitresse / tout le monde / tout / a la creche / a le ecole / des pieds / du pied / dans ses mains / des mains / / ) (normal / c est normal / $)
    (fils / fille / petit / petite / bebe) (mord / tape / mord et tape / frappe) (les copains / ses copains / les autres / sa soeur / son frere / ses soeurs / la maitresse / tout le monde / dans ses mains / des mains)
    nez (bouche / pris / qui coule / encombre) .. (respire / respirer) (/ mal)
    pris (mes / les / ses / son / des / mon) (medicament / medicaments / cachet / cachets) (ce matin / hier / a jeun / comme / bien / pour / contre / avant / ce midi / a # / avec / normalement / prescrits / quand)
    couteau dans le (contrat / dos / coeur)
    adieu (les / la / le / a le / a la) !enfants|famille|monde|vie|amis|filles|gars
    me (surveille / garde / garder / surveiller) (les / mes / le / la / nos) (enfants / petits / petit / petite / bebe / grand / grands)
    oblige* pas
    (me / a / nous) touche (beaucoup / profondement / vraiment) !le|la|les
    (touche / touches / toucher) (le rsa / rsa / le aah / la aah / aah / apl / les apl / la caf / le chomage / la prime / une prime / # / rien / pas a / ses allocs / mes allocs / les allocs / les allocations / son salaire / a son / a tout / pas le rsa / une aide / ses aides / une pension)
    vole (ma / mon / mes / le / la / les / notre) (carte / papiers / portefeuille / sac / telephone / velo / voiture / identite / poussette / passeport / scooter) !et|avec|sous|en_me
    (bebe / petit / petite) secoue (/ tout le temps / toujours) (son / sa / ses / la tete / un / les)
    (me / se) (tape / taper) (la queue / le trajet / tout le / # / la route / une heure)
    je me (tape / suis tape / frappe)
    (peux / veux / vais / ose / dois) pas (/ les / le / la) laisser (/ les / mes / mon / ma / le / la) (enfants / enfant / fils / fille / bebe / petits / petite / petit) (/ tout / toute / tous) seul*
    (fils / fille / petit / petite / bebe / enfant / enfants) qui (tape / mord / crie / frappe / hurle / pleure) !sa_femme|ses_enfants|son_bebe|depuis_des_heures
    dormir (/ tout / toute) seul*
    (suis / est / sommes) dehors ... (ouvrez / ouvre / ouvert / code / sonne / sonnette)
    (pousse / poussee) (a venir / a prendre / a appeler / a vous / a consulter / a faire / a demander)
    lance un (regard / appel / defi)
    (mort / deces / meurt / mourir / morte) .. (an dernier / annee derniere / acte de deces / certificat / y a # ans)
    (livre / roman / film / serie / emission / conte) .. (mort / tue* / meurtre / suicide / agression / viol)
"""
"""Everyday words: taken out of the message before danger is looked for."""

ALARMS = (
    (Danger.PILLS, f"""
        (pris / prise / avale / avalee / avaler / gobe / prendre / bu / avales / prit) (des / trop de / plein de / tous / tout / toute / beaucoup de / une boite / la boite / les / mes / de la / du / tous les / tous mes / une plaquette / #) .. (cachet / cachets / medoc / medocs / medicament / medicaments / comprime / comprimes / somniferes / boite / plaquette / pilules / xanax / anxiolytiques)
        (cachets / medicaments / medocs / comprimes / somniferes / boite de doliprane) .. (pris / avale* / tout pris)
        (vais / veux / envie de / pense a) .. (avaler / prendre) .. (cachets / medicaments / boite / comprimes)
        (took / swallowed) .. pills
        (je / ai) .. (bu / avale / pris) .. javel
        (ouvert / tailladee / taillade / coupe / coupee / entaille) (les veines / mes veines)
        (pris / avale / avalee / gobe / bu / prendre / avaler / prit / absorbe) (10 / 12 / 15 / 20 / 25 / 30 / 40 / 50 / 60 / 100 / plein / plein de / tout / tous / tous mes / tous ses / trop / trop de / beaucoup de / une boite de / la boite de / toute la boite de / toute une boite de / une plaquette de / tout le / toute ma / tous les) ({PILL} / boite / plaquette / tablette / armoire a pharmacie / pharmacie)
        avale* .. ({PILL}) .. (regrette / regret / mourir / finir / expres / alcool)
        ({PILL}) (et / avec) (de le / du / beaucoup de le / trop de) (alcool / vodka / whisky)
        (melange / melanger) .. ({PILL}) .. alcool
    """),
    (Danger.SUICIDE, f"""
        suicid* !assiste
        (en finir / en fini)
        finir (avec la vie / avec tout / mes jours / ma vie / mes souffrances)
        mettre fin a (mes jours / ma vie / ses jours / sa vie / tout)
        (foutre / fouttre) en (le air / air)
        me (pendre / flinguer / defenestrer / ouvrir les veines / jeter sous / jeter dans / jeter du / jeter par / suicider / immoler)
        (je veux / ^ veux / et veux / plus veux / vais / voudrais / envie de / pense a / idee de / prefere / besoin de / capable de / peur de / pret a / prete a) (me / de me) (tuer / supprimer / noyer / buter / faire du mal)
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
        (serai / serais / etais / suis / sera / jetais) (deja plus / plus / pas) (la / de ce monde) .. (mieux / tranquille / soulage* / debarras*)
        (mieux / tranquille / debarras*) .. (sans moi / si je etais plus la / si je etais pas la / si je suis plus la / je sois plus la / si jetais plus la / si je etais mort* / sous terre / plus de ce monde)
        (de toute facon / bientot / demain) .. (je / serai) .. (plus la / plus de ce monde / plus etre la)
        (serai / suis) .. (mort / morte) (bientot / demain / ce soir / avant)
        adieu
        personne .. (regrettera / pleurera / manquera)
        (je / de / a / pour / veux / vais / voudrais / peux) me (fais / faire) (du mal / mal expres)
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
        a quoi (bon / ca sert de / sert de / ca sert / sert / ca me sert de) (vivre / continuer / exister / rester en vie / se lever / me lever / lutter / se battre / tenir / $ / tout ca)
        (dormir / endormir / fermer les yeux / mendormir) .. (pour toujours / a jamais / jamais me / plus me / plus jamais / plus se / jamais se)
        (plus jamais / jamais / plus) (me / se) (reveiller / reveille / lever)
        (veux / voudrais / aimerais / faut / envie) que (ca / tout / la douleur / cette souffrance) (se /) (arrete / finisse / termine) (/ enfin / une bonne fois) (pour toujours / $ / maintenant / enfin)
        (ecrit / ecris / laisse / prepare) .. lettre .. (pardon / adieu / famille / expliquer pourquoi / quand je serai)
        (dernier / derniere) (sms / mot / fois que je ecris / lettre) .. (pardon / adieu / aime / $)
        pardonn* moi .. (plus la / partir / enfants / tout / pars / $)
        (se / me / te / nous) (foutre / fout / flanque* / fous) en le air
        je (suis / monte) (sur le / au bord du / au bord de / a le bord de / devant le / sur un / en haut de le / en haut du) (pont / toit / rebord / vide / falaise / balcon / immeuble) (/ je / et) (vais / saute / $)
        (vie / existence) (na / a / n a / n / nest / vaut) (plus / pas / aucun) (/ aucun / de / la peine)
        (pense / penser / pensees / songe / obsede* par / parle / parler) .. (a la mort / a mourir / de mourir / de la mort tout le temps / a en finir / de en finir / au suicide / au pire / de disparaitre)
        (je / vais) (pars / partir / quitte) (pour de bon / pour toujours / ce monde / definitivement de ce) (/ ce soir) (pardon / adieu / $)
        (tout prepare / tout est prepare / tout est pret / tout range) .. (pars / partir / mourir / adieu / pour de bon)
        (rejoindre / retrouver) .. (ciel / paradis / la haut / au dela / mort / morte / decede / decedee / dans la tombe)
        (jamais / pas / plus) (/ du / jamais) (etre / etes / ete) (ne / nee / nes / la pour voir)
        (autant / mieux / faut / vaut mieux / veux) que je (disparaisse / meure / creve / men aille / parte pour toujours)
        je (sers / vaux / suis) (/ vraiment / plus) (a rien / bon a rien / bonne a rien / un poids / un boulet / un fardeau)
        (un poids / un fardeau / un boulet) pour (tout le monde / ma famille / mes enfants / mes proches / eux / vous / tous / les autres)
        ({RELATIVE}) .. (veux / va / veulent / vouloir / essaye / tente / voulu / parle de / menace de / pense a / dis / dit / failli / envie de / dire) .. (se / de se / a se / que elle va se / que il va se) (pendre / tuer / suicider / foutre / jeter / noyer / tailler / ouvrir les / faire du mal / flinguer / supprimer / mutiler / scarifier / defenestrer)
        ({RELATIVE}) .. (veux / voudrais / envie de / parle de / pense a / menace de / prefere / dit vouloir / dis vouloir) (/ plus) (mourir / crever / en finir / disparaitre / vivre / etre mort / etre morte / sauter) !chez|avec|ici|ensemble|a|en|dans|de|la
        (se est / c est / se / sest / me suis / a voulu se) (pendu / pendue / ouvert les veines / taillade / tailladee / defenestre / defenestree / scarifie / scarifiee / jete du / jetee du / jete par / jete sous / jetee sous)
        (ouvert / ouvrir / coupe / couper / taillade / tailler / entaille) (les / mes / ses) (veines / poignets)
        (se / je me) (scarifie / mutile / lacere / taillade / entaille / automutile / coupe les bras / coupe les cuisses / coupe la peau)
        (fais / faire) du mal .. (lame / rasoir / cutter / couteau / cigarette / briquet)
        (achete / trouve / noue / prepare / prends / accroche / attache) (/ une / la / ma) corde !a|de
        (quand / lorsque / si) (/ un jour) (je / jsuis / serai) (serai / suis / etais /) (plus la / plus de ce monde / mort / morte / parti pour toujours / partie pour toujours) !pour|en|a|demain|lundi|mardi|mercredi|jeudi|vendredi
        (occupe* / prenez soin / veillez / veille / prends soin) .. (enfants / fils / fille / petits / bebe / chat / chien) .. (plus la / apres moi / mort / morte / partie / parti)
        fais (une / deux / plusieurs / ma / sa / trois) (/ premiere / deuxieme / nouvelle) tentative* !de|pour|sur
        (vais / va / peur de / envie de / capable de / risque de / pret a / prete a) (/ me) faire (une / la / des) (/ grosse / grosses) (betise / betises / connerie / conneries / folie) !a_la|au_parc
        (veux / peux / supporte / envie) (plus / pas) (/ de) (de la vie / cette vie / cette existence / souffrir / exister / voir demain / etre la)
        (tout / monde / famille / enfants / eux / vous) .. (irait / seraient / serai / serez / serai mieux / iraient) .. sans moi
        (je / ai) (/ suis) au bout (du / de ma) (rouleau / vie)
        (dont / don t / not) (/ want to / wanna) (wake up / live / be alive / exist) (/ anymore / again)
        (want / wish) (to / i) (sleep forever / disappear / was dead / was never born / were dead)
        (better off without me / no reason to live / took an overdose / swallowed all)
        (quiero / quisiera / voy a) (morirme / matarme / suicidarme / desaparecer / dejar de vivir)
        no quiero (vivir / seguir viviendo)
        (quero / vou) (morrer / desaparecer / matar me / me matar / sumir)
        nao quero (mais viver / viver)
        nu (mai /) vreau sa (traiesc / mai traiesc)
        vreau sa (mor / ma sinucid / ma omor)
        (hochu / hotchu / xochu) (umeret / umirat / sdohnut / pokonchit)
        (ne / a / ya) (/ ne) (hochu / xochu / hotchu) (/ bolshe) (zhit / jit / zit)
        kendimi (oldurmek / oldurecegim / asmak / asacagim)
        (olmek / yasamak) (istiyorum / istemiyorum)
        (voglio / vorrei) (morire / uccidermi / farla finita / ammazzarmi)
        non voglio (piu vivere / vivere)
        (bghit / baghi / brit / nheb / rani bagha) (nmout / nemout / nmut / nmoute / nktel rassi / nektel rohi)
        que (ca / tout / tout ca / tout cela) (se / s) (arrete / termine / finisse)
        (mieux / prefere / merite / hate / envie / plutot) .. (mort / morte / mourir / meure / crever)
        (veux / vais / voudrais / envie / besoin / dois / temps / decide) .. (mourir / crever) !de
        (solution / issue / choix / sortie) (que / a part / sauf) .. (mort / mourir / suicide / en finir / partir)
        (pense / penser / envie / idee / imagine / vois / veux / vais / failli / veux) .. (sauter / jeter / lancer) .. (balcon / fenetre / pont / toit / train / metro / vide / rails / voie / camion / rer)
        (/ plus) rien (me / nous / /) (retient / retiens / raccroche / fais tenir / fais envie)
        (dites / direz / dire / dis / dira / diras) .. que je (les / le / la / vous) aime*
        embrass* .. ({CHILD}) .. (pour moi / fort pour)
        (serai / suis) deja (plus la / morte / mort)
        ({PILL} / corde / lame / couteau) .. (devant moi / dans la main / dans ma main / sur la table et / prets pour)
        (bonne nuit / au revoir / dormir / dors / adieu) .. pour toujours
        (gout / envie) (a / de) rien
        (si je / le jour ou je / quand je) (meurs / creve / disparais / mourais / disparaissais / saute / me tue) !de
        (idees / pensees / idee / pensee) (noires / noire / noir / suicidaires / sombres / de mort / morbides)
        (pulsion / pulsions) (/ de) (mort / suicidaire / suicidaires)
        (enterrement / obseques / testament) .. (mon / ma / mes) .. (prepare / pret / bientot / pardon)
        personne (/ me) (verra / saura / remarquera / va remarquer) .. (disparais / absence / mort / morte / plus la)
        (laisse / laisser / trouve / ecrit) .. (lettre de adieu / mot de adieu / lettre adieu)
        (plus / pas) (envie / force / raison) .. (vivre / continuer / exister / rester en vie / lutter)
    """),
    (Danger.CHILD_HURT, f"""
        (secoue / secouer / secouee / secoues / secouait / secouent) !son|sa|les_mains|la_tete .. (bebe / petit / petite / enfant / fils / fille / nourrisson)
        (bebe / nourrisson / fils / fille / enfant) .. (secoue / secouee / secoues / secoue trop fort) !son|sa|la_tete|les|un|ses
        (secoue / secouer / secouee / secouent) (le / la / mon / ma / notre / son / sa / un / ce) ({CHILD})
        (jete / lance / lache / balance) .. ({CHILD}) .. (par la fenetre / contre / par terre / sur le lit / de toutes mes forces)
        (frappe / tape / cogne) (/ trop / tellement / tres) fort .. ({CHILD})
        ({CHILD}) .. (pisse le sang / saigne) .. (frappe / coups / tape / pere / mere)
        (secoue / secouer) .. (arrete de pleurer / se taise / pleurait)
    """),
    (Danger.CHILD, f"""
        (il / elle / on / ils / mari / conjoint / compagnon / pere / mere / papa / maman / ex / beau / copain / nounou / maitre / maitresse / nourrice / voisin / voisine / voisins / qui / oncle / frere / tante / je / ai / ca) .. <frappe> .. (enfant / enfants / bebe / fils / fille / filles / petit / petite / gosse / gosses / gamin / gamine / soeur / frere / soeurs / freres / petits) !violent
        (il / elle / mari / conjoint / compagnon / pere / mere / ex / nounou / qui / ils / nourrice) (les / l / le / la / lui) (a / / tape / bat / met / donne / fait) (frapp* / battu / battue / bat / tape / tapee / tapes / gifl* / cogn* / touch* / secou* / viol* / brul* / des coups / du mal)
        (il / pere / mari / conjoint / ex / compagnon) (bat / tape / frappe* / cogne) (la / le / les / ma / mon / mes / nos) (petite / petit / petits / enfant / enfants / fils / fille / filles / bebe / gosses)
        (fils / fille / filles / enfant / enfants / bebe / petite / petit / soeur / frere / niece / neveu) .. (battu / battue / battus / frappe* / maltrait* / touche par / touchee par / touche / touchee / viole / violee / abuse / abusee / attouch* / tape / tapee / brutalis* / agresse / agressee / en danger / des bleus / des coups / harcel*) !a_la_porte|votre|fait
        (touch* / attouch* / caress*) .. (fils / fille / petite / petit / enfant / sexe / parties)
        attouchement*
        pedophil*
        (enfant / enfants / bebe / mineur / mineure / fils / fille / petit / petite / voisins) (est / sont / seul / seule / seuls / enferme* / maltrait* / en) .. (en danger / maltrait* / enferme* / abandonn* / seul* toute la nuit / seuls la nuit / danger)
        (enfant / bebe / voisins / petit / petite) .. (crie / hurle / pleure / crient / hurlent / pleurent) .. (coups / nuits on entend / battu / frappe / des coups)
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
        ({AGGRESSOR} / papi / papa / maman / prof / moniteur / animateur / entraineur / educateur / nounou / assistante maternelle / nourrice) .. (lui / le / la / les / me) (touche / caresse / montre / regarde / tripote / demande de toucher) (/ le / la / les / son / sa) ({PRIVATE})
        (montre / montrer / exhibe / touche / touchait / toucher / tripote / tripoter / caresse) (/ a) (son / sa / le / la / les / ses) ({PRIVATE})
        (touche / tripote / caresse / embrasse / deshabille) (/ a) (ma / mon / mes / sa / son / la / le / une) ({CHILD} / eleve)
        (marques / traces / bleus / hematomes / brulures) (/ de) (coups / ceinture / doigts / cigarette / morsure) .. (fils / fille / enfant / bebe / petit / petite / dos / pere / mere / $)
        ({CHILD} / classe / cm1 / cm2 / eleve) .. (revient / rentre / arrive / a / couvert de / pleine de / plein de / couverte de) .. (des bleus / des marques / marques de coups / des traces de coups / traces de coups / un coquard / hematomes)
        (peur / crains / envie / failli) (/ de) (/ lui) (faire / lui faire / jeter / secouer / frapper / taper / etouffer / noyer / etrangler / balancer / lacher / tuer) (/ du / de) (/ mal) (/ a) (/ mon / ma / mes / le / la / les / nos) ({CHILD})
        ({CHILD}) (/ de # ans / de # mois) (traine / erre / reste / dort / est / sont / marche / joue) (/ tout le temps / toujours / souvent / tout / toute / encore / tous) (seul / seule / seuls / livre a lui meme) .. (nuit / dehors / faim / manger / rue / soir / parents / journee / maison)
        seul* (/ dehors) (la nuit / toute la nuit / toute la journee / sans manger / sans surveillance / sans adulte)
        ({CHILD}) ... (tout le temps / toujours / souvent / toute la journee / toute la nuit / des heures) (/ tout / toute) (seul / seule / seuls)
        (laisse / laissent / laisser / laissait / laissee) (/ tout le temps / toujours / souvent) (leur / leurs / mes / mon / ma / son / sa / ses / un / une / le / la / les / des) ({CHILD}) (/ tout / toute / tous) (seul / seule / seuls / enferme / enfermee / sans manger / dans la voiture / sur le balcon)
        (donne / donnent / nourrit / nourrissent / prive / privent / prives) .. (pas / plus / de) (/ a) (manger / nourriture) .. (ses / leurs / enfant / enfants / aux / au / petit / petits / $ / bebe)
        ({CHILD}) (/ est / sont / reste / elle / il) .. (pas nourri / pas nourris / pas nourrie / prive de manger / prive de nourriture / sans manger / affame / affames / affamee / meurt de faim / attache / attachee / enferme / enfermee / squelettique / maltraite / maltraitee)
        (enferme / enferment / attache / attachent / enfermer) (/ dans) (/ le / la / leur / son / sa / ses / mon / ma / les) ({CHILD})
        (marier / mariage / mariee / exciser / excisee / excision) .. (de force / force / forcee / ma fille / ma soeur / petite soeur / pays / mineure)
        ({CHILD}) ... (photos / photo / videos / video) (/ de elle / intimes) (nue / nues / nu / intimes / sexuelles / deshabillee)
        (adulte / homme / inconnu / type) .. (demande / reclame / menace / envoie) .. (photos / nudes) .. ({CHILD} / nue / $)
        (mere / pere / papa / maman / parents / ils / tonton / tuteur) (me / nous) (/ a) (frappe / frappent / frapper / tape / tapent / bat / battent / cognent / enferme / enferment / insultent tout le temps / brule / laissent dehors)
        ({AGGRESSOR} / papa / maman / nounou / maitresse / parents / voisins) .. (frappe / frappent / tape / tapent / bat / battent / cogne / cognent / gifle / fouette / maltraite / maltraitent / hurle sur) (leur / leurs / son / sa / ses / mes / mon / ma / le / la / les / nos / notre / un) ({CHILD})
        ({CHILD}) .. (se fais / se est fais / se font / c est fais) (/ toucher / encore) (racketter / frapper / taper / cogner / violer / tabasser / harceler / attoucher / toucher / maltraiter / tripoter / battre)
        (entends / entend / entendons) .. ({CHILD}) .. (hurle* / crie* / frapp* / coups / supplie*)
        (refuse / veux pas / veux plus / peur / terrifi*) (/ de) (retourner / aller / rentrer) chez (son / sa) (pere / mere / papa / oncle / tonton / grand pere) .. (frappe / tape / touche / mal / coups / bleus / peur)
        (abandonne / abandonner / jete a la poubelle) .. (bebe / nouveau ne / nourrisson)
        (hits / beats / hurts / touches / shakes / slaps) (/ my / the / his / her / our) (kids / child / children / son / daughter / baby)
        (pega / maltrata / toca / abusa) .. (nino / nina / ninos / hija / hijo / hijos)
        (bate / maltrata) .. (crianca / criancas / filhos / copiii / copilul)
        lui fais (/ du) mal (au / aux / a la / dans) ({PRIVATE} / ventre / bras)
        (enfant / enfants / petits / petit / bebe / gamins / gosses) (/ tout / tous / toute) seul* (dans / depuis / a la maison / chez eux / enferme*)
        (bleus / marques / traces / hematomes / cicatrices / brulures) (/ partout / suspectes / bizarres) (sur / dans le dos de / sur le dos de / sur le corps de) (/ mon / ma / le / la / son / sa / les / un / une) ({CHILD} / soeur / frere / eleve)
        (entre / vient / viens / rentre / rejoint) .. (dans / a) (ma / mon / sa / son / notre) (chambre / lit) .. (nuit / touche / peur / dort / caresse)
        (pere / oncle / tonton / frere / cousin / papi / papy / prof / entraineur / moniteur / educateur / animateur / pretre / imam / cure) ... (me / la / le / lui / nous) (touche / tripote / caresse / embrasse sur la bouche / deshabille) !beaucoup|profondement
        (gifle / frappe / tape / cogne / secoue / bouscule / fesse) (/ trop / tres) (/ fort) (mon / ma / le / la / mes) (enfant / enfants / bebe / fils / fille / petit / petite / nourrisson)
        (envie / failli / peur / craque / capable) (/ de / que je) (le / la / les) (jeter / secouer / frapper / etouffer / lacher / taper / noyer / balancer / tuer / etrangler / abandonner / jette / secoue / frappe)
        ({CHILD}) .. (pleure / crie / hurle) .. (envie / failli / peur) .. (jeter / secouer / frapper / etouffer / taper / taire)
        (met / mets / mis / glisse / passe) (/ ses / son / sa / les / des / un) (doigt / doigts / sexe / main / mains / langue) .. ({CHILD} / elle / culotte / moi)
        (oncle / tonton / papi / papy / grand pere / beau pere / pere / cousin / frere / voisin / prof / entraineur / moniteur) ... (lit / nue / nu / tout nu / deshabille / caresse / tripote / bisous sur la bouche / porno / notre secret / un secret)
        ({CHILD}) ... (tonton / papi / papy / oncle / grand pere / beau pere / voisin / prof / cousin) (vient / viens / dort / couche / rentre) .. lit
        (enfant / enfants / bebe / gamin / gamine / gosse / nourrisson) .. (hurle / hurlent / crie / crient / pleure / pleurent) .. (depuis des heures / voisin / voisine / voisins / personne / sans arret depuis / coups)
        (voisin / voisine / voisins / dessus / dessous / a cote / palier) ... ({CHILD}) .. (hurle / crie / supplie / pleure / seul / seule / seuls / coups / battu / faim)
        (parents / mere / pere / nounou / voisins / voisine / elle / il) .. (defonce / defonces / bourre / bourree / bourres / ivre / ivres / saoul / drogue / droguee / drogues / alcoolique / se pique / deal) .. ({CHILD})
        (attache / attaches / enferme / enfermes / ligote / punis / puni / punit) ... ({CHILD}) ... (radiateur / lit / cave / placard / chambre / chaise / noir / balcon / manger / dehors / coups / ceinture)
        (cable / ceinture / martinet / baton / fil electrique / balai / tuyau / chaussure) .. ({CHILD} / grand / grande / frappe / tape / coups)
        (frappe / tape / coups / bat / corrige / fouette / donne) .. (avec un cable / cable / ceinture / martinet / baton / fil electrique / manche a balai / tuyau)
    """),
    (Danger.DOMESTIC, f"""
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
        (il / mari / conjoint / compagnon / copain / ex / homme) .. (menace* / menacer) (de mort / de me / avec un / de nous / avec une)
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
        ({AT_HOME}) ({ON_ME}) (/ encore / deja / toujours / souvent / beaucoup / tout le temps / tellement / tres fort) ({BLOW}) !de_chez|dehors|a_la_rue|a_la_porte|la_maison
        ({AT_HOME}) ... ({ON_ME}) (/ encore / deja / toujours / souvent) ({BLOW}) !de_chez|dehors|a_la_rue|a_la_porte|la_maison
        ({AT_HOME}) ... ({ON_ME}) (/ encore / deja) (mis / met / mets / colle / donne / envoye / file / foutu / fous / decoche) (/ une / des / un / deux / trois / la / plusieurs) ({A_BLOW} / coups / coup de poing / coup de pied / coup de boule / coups de poing / coups de pied / coups de ceinture)
        (il / mari / conjoint / compagnon / copain / ex / mec) .. (donne / donner / mis / met / colle / envoye) (des / un / une / deux / plein de) (coups / coup de poing / coup de pied / {A_BLOW})
        (battu* / frapp* / cogn* / tabass* / tapee / etrangl* / viol* / taper / battre / sequestr* / enferm* / menac* / terroris* / harcel* / insult* / humili* / poursuivi* / surveille*) (/ dessus) par (son / mon / ton / le / sa / ma / un) (mari / conjoint / compagnon / copain / ex / mec / homme / pere / beau pere / frere / fils / femme)
        (mere / soeur / amie / fille / voisine / copine / cousine / tante / belle soeur / collegue) .. (se fais / se est fais / se fait / subit / subis / c est fais) (frapper / taper / cogner / tabasser / battre / violer / etrangler / maltraiter / insulter par / des violences / des coups / coups)
        (son / le / leur) (mari / conjoint / compagnon / copain / mec / ex) (la / le) (/ a) (/ encore) ({BLOW} / tue / menace / enferme / sequestre / terrorise)
        (beau pere / pere / papa / mari / frere / oncle) .. ({BLOW}) .. (maman / ma mere / ma soeur / sa femme / ma belle soeur)
        (mari / conjoint / compagnon / copain / ex / mec / homme / pere) (/ est / tres / trop / hyper / devient / super / redevient / etait) (violent / brutal / agressif / dangereux) !rhume
        (homme / mari / conjoint / compagnon / copain / ex / mec) qui (me / nous) (fais du mal / frappe / tape / bat / cogne / insulte / humilie / terrorise / menace / surveille / enferme / viole / force)
        (il / mari / conjoint / compagnon / copain / ex / mec) .. (surveille / controle / fouille / espionne / lit / regarde / geolocalise) (tout / mon / mes / tous mes / toutes mes / ma) (telephone / portable / sms / appels / tout / depenses / vie / compte / comptes / deplacements / mails / sorties)
        (il / mari / conjoint / compagnon / copain / ex) .. (prends / pris / garde / confisque / cache / bloque / vole / dechire) (tout mon / mon / mes / tous mes / toutes mes / ma) (argent / salaire / telephone / papiers / passeport / carte / cartes / cles / allocs / paye / titre de sejour)
        (pas / plus) (/ le) (droit / autorisee) (/ de) (/ a) (sortir / parler / voir ma famille / travailler / appeler / telephoner / voir mes amis / voir personne) !du_territoire|en_france|avec_le_titre
        (ose / envie / peux / veux) (plus / pas) (rentrer / retourner) (/ chez moi / a la maison / chez nous) .. (il / mari / conjoint / ex / me attends / peur / frappe)
        ose (plus / pas) (rentrer / retourner / sortir de / dormir)
        (il / mari / ex / conjoint / copain / compagnon) .. (dis / dit / jure / menace / promis / crie / ecris) .. (te / me / nous / vous) (/ les / retrouve et je / retrouverai et) (tue / tuer / tuerai / bute / creve / crever / plante / egorge / brule / defigure / retrouve / retrouverai / retrouver / fracasse)
        (si tu / si je) (pars / me quittes / te quitte / le quitte / pars pas / parles / porte plainte / portes plainte) .. (te / me / nous / vous / les) (/ retrouve / buter) (/ et) (/ je / il) (/ te / me) (tue / tuer / tuerai / bute / retrouve / prends les enfants / plus les enfants / creve / suicide)
        je (vais te / te) (tue / tuer / buter / bute / crever / retrouve et)
        (menace / menaces / parle / dis que il / dit que il / va / allait / veux) .. (bruler / incendier / mettre le feu / faire sauter / exploser) .. (maison / appart / appartement / nous / dedans / moi / tout)
        (menace / menaces) (/ de / tout le temps de) (/ me / nous) (prendre / enlever / retirer / voler / plus voir / tuer / frapper) .. (enfants / fils / fille / bebe / petits / si je)
        (me / nous / me a / nous a) (/ a) (enferme / enfermee / enferment / sequestre / sequestree) !dehors_sans
        (enfermer / enfermee / enferme / cachee / cache / planque / planquee / refugiee / barricadee) (dans / aux / chez / sous) .. (salle de bain / sdb / toilettes / wc / chambre / placard / cave / voisine / voisins / lit / cuisine)
        (il / mari / conjoint / copain / compagnon / ex) (/ a) (/ tout) (casse / casser / explose / pete / detruit) (/ encore) tout !pied
        tout casse (/ dans / a / chez) .. (peur / appart / appartement / maison / colere)
        peur (de / pour) (lui / mon mari / ma vie / moi et / nous / mes enfants et moi / moi et mes) !rdv
        (kitte / quitte / quitter / fui / fuir / parti / partie / echappe) .. (violent / violente / frappe / tape / bat / coups / cacher / peur)
        (ou / endroit) (/ pour) (me / nous / se) cacher
        (peux / puis) pas parler (/ fort) .. (il est / il ecoute / il surveille / il me / mari / a cote / a coter)
        (il / mari / conjoint / compagnon / copain) .. (force / forces / oblige / obliges) (/ a / au / de) (lit / coucher / rapport / rapports / faire le amour / des trucs / sexuel / avorter / le faire)
        (me / nous) (force / oblige) (au lit / a coucher / a faire le amour / a des rapports / sexuellement)
        (il / mari / conjoint / compagnon / copain) .. (boit / bu / alcool / drogue / jaloux) .. (peur / violent / frappe / tape / fou / dingue / coups / mechant / insulte)
        (peur / terreur / tremble) .. (il / mari / conjoint / compagnon) (boit / a bu / rentre / crie / se enerve)
        (mes / les) bleus .. (cache / cacher / maquillage / mari / conjoint / il)
        (insulte / humilie / rabaisse / denigre / crache) .. (tous les jours / devant les enfants / dessus / comme un chien / comme a un chien)
        (parle / traite) comme (/ a) (un chien / une chienne / une merde / de la merde / une esclave / son esclave)
        (leve / levee / lever) la main sur (moi / elle / les / ma / mon / mes)
        (jette / jete / jetee) .. (escalier / escaliers / contre le mur)
        (my / her) (husband / boyfriend / partner / ex / man) (beat / beats / hit / hits / hurt / hurts / choked / threatens / locked / wants to kill / slapped / punched)
        (scared / afraid / terrified) .. (go home / husband / boyfriend / him / hurt me)
        (he / husband) (will / is going to / wants to / gonna) (hurt / kill / beat / find) (me / us / my)
        (rajli / rajly / jouzi / zawji / houwa / rajel) .. (kaydrabni / kidrabni / ydrabni / yedrabni / drabni / darbni / kaydreb / ydrebni / i9tlni / yqtelni / yaktelni)
        (kaydrabni / kidrabni / ydrabni / yedrabni / drabni / kaydarbni)
        (muzh / moj / moy / on) .. (menya / menia) (/ byot / bet) (byot / biot / bet / izbivaet / izbil / udaril / ubyot)
        (beni / bana) (doviyo / dovuyo / dovdu / vurdu / vuruyor / oldurecek / tehdit / siddet)
        (marito / compagno / fidanzato) mi (ha /) (picchia / picchiata / picchiato / minaccia / violenta / mena)
        (marido / esposo / novio / companheiro / namorado) (/ me) (/ vai / va a) (bate / bateu / pega / pego / golpea / matar / ameaca / amenaza / agride)
        (sotul / sotu / iubitul) (/ meu) (/ ma / m a) (bate / batut / loveste / ameninta / omoara)
        ({PARTNER}) ... (la / le / lui / me) (tient / tiens / prends / attrape / serre / saisit) (/ par) (/ la / le) (gorge / cou / cheveux)
        (oeil au beurre noir / yeux au beurre noir / coquard / cocard / cocar)
        (oeil / visage / levre / nez / machoire / tympan / dents / cotes / bras / cou) .. (tumefie / en sang / gonfle / fendue / ouverte / cassees / perce / casse / cassee / bleu / marque / violet) ... ({PARTNER})
        ({PARTNER}) ... (gifle* / etrangl* / frapp* / cogn* / tabass* / poing / poings / ceinture / coups / baffe* / claque / claques / gorge / couteau / marteau / fusil / gun)
        (gifle* / etrangl* / frapp* / tabass* / coups / bleus / violence / violences) ... ({PARTNER})
        ({PARTNER}) .. (tourne / rode / guette / attends / espionne / debarque / planque / defonce / tambourine / frappe / sonne) .. (en bas / chez moi / porte / fenetre / immeuble / maison / nuit / travail / ecole / partout / toutes les nuits)
        (la prochaine fois / ce soir) (c est toi / c est ton tour / je te / tu / il me)
        (tu vas / va / vas / vais) (me le / le / te) (payer / regretter / faire payer)
        fais* semblant .. (ecrire / parler / appeler / sms / rdv / pmi / dormir)
        (il est / mari est) .. (dans la piece / a cote / pas loin / la / derriere la porte / dans le salon) .. (aidez / aide / peux pas parler / vite / parler)
        (il / mari / conjoint / compagnon / copain / ex) .. (laisse / laisses / interdit / empeche / defend / autorise / veux pas que je) (/ plus / pas / de / me / le droit de / rien) (/ de) (sortir / sorte / voir / parte / partir / travailler / travaille / parler / parle / appeler / quitte / aille / respirer / tranquille / seule / manger) !carnet|rdv
        (marre / assez / fatigue* / peux plus / supporte plus) (de / des / de ses / de les / de ces) (/ tous ces) (coups / gifles / violences / insultes / menaces / humiliations / claques)
        (appli / application / gps / camera / cameras / traceur / airtag / logiciel espion / mouchard) .. (savoir ou je suis / ou je suis / surveille / me suivre / espionne / suit / controle)
        (enfermee / enferme / bloquee / sequestree / cloitree) .. (chez moi / a la maison / appart / appartement / chez lui / par lui / mari / conjoint)
        (viol / viole / violee / violer) (/ conjugal / par) (/ mon) ({PARTNER})
        sous emprise
        (porte / portee / porter / deposer / depose) plainte .. ({PARTNER})
        (sort / sorti / sortie) de prison .. (peur / ex / mari / demain)
    """),
    (Danger.VIOLENCE, f"""
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
        (menac* / frapp* / tape / agress* / attaqu* / suivi*) .. avec (un / une / son / sa) (couteau / barre / batte / arme / fusil / pistolet / hache / marteau / baton / bouteille / tesson / ciseaux / tournevis / machette / flingue)
        (mec / mecs / homme / hommes / type / types / gars / gens / individus / inconnu / inconnus / ils / voleurs) .. (rentre / rentres / rentrer / entre / entres / entrer / introduit / introduits) .. (chez moi / chez nous / appart / appartement / maison / chambre) !rdv
        (force / forcee / oblige / obligee) (/ a) (coucher / me deshabiller / faire des choses / le sucer / avoir un rapport / des rapports)
        (on / ils / ont / homme / mec / mecs / gars / type / types / bande / voisin / voisins / patron / chef / collegue / inconnu / inconnus / jeunes / quelquun) .. ({ON_ME}) (/ encore / tous) (agress* / frapp* / tabass* / tape / tapee / plante / plantee / poignard* / cogn* / braqu* / menac* / viole / violee / violer / violes / drogu* / cambriol* / suit / suis / poursuis / poursuit / touche / tripote / harcele / attaque / attaquee / sequestre / coince / attends en bas / rackette / pousse / bouscule / depouille / gaze / gazee / lynche / saute dessus / suivi / suivie / suivies / poursuivi / poursuivie / suivaient / coincee / coinces / bloque / bloquee / encercle / filme nue / filmee)
        (des / les / ces) (gars / mecs / types / jeunes / hommes) (me / nous / mont) (/ ont / a) (plante / tape / tabasse / frappe / attaque / agresse / suivi / suivie / vole / menace / encercle)
        (mec / homme / type / gars / voiture / quelquun / inconnu / ex / bande) .. (me / nous) (suis / suit / suivent / poursuis / poursuit / file / guette / observe / attend devant / colle)
        (mis / met / passe / glisse / mettait) (/ la / sa / une / ses) (main / mains) (/ dans / sur / sous / entre) (/ la / le / ma / mon / mes) ({PRIVATE} / jupe / cuisse / cuisses / pantalon)
        (patron / chef / collegue / prof / medecin / voisin / proprio / entraineur) .. (me touche / touche les / touche mes / tripote / harcele / coucher avec / avances / caresse)
        (ghb / drogue / droguee / dans mon verre / soumission chimique) .. (soiree / souviens / verre / bar / rien / reveillee / boite)
        (souviens / rappelle) (/ de / plus de / plus) rien .. (soiree / drogue / verre / reveillee / nue / mal)
        (quelquun / homme / mec / ils / il / on / type / gars / individu) .. (force / forcer / defonce / defoncer / fracture / casse / essaye de ouvrir / tente de ouvrir / tambourine a / entrer de force dans) (/ ma / la / notre / mon) (porte / fenetre / serrure / appart / appartement)
        (entrer / rentrer) de force
        (cambriole / cambriolee / cambriolage / cambrioleur / cambrioleurs / intrus) .. (encore / maison / dedans / la / peur / maintenant / chez / entends) !declaration|assurance|mois|dernier
        (apele / appele / appelez / appeler / appelle / apelle / envoyez / envoie / envoyer / prevenez / faut / vite) (/ moi / vite / nous) (la / les / le) (police / flics / gendarmes / gendarmerie / 17)
        (obligee / oblige / forcee / force / obliger) (/ de / a) (/ me) (prostituer / prostitution / coucher / faire la pute / faire des passes / faire le trottoir / travailler sans salaire / voler)
        (prostituer / prostitution) .. (passeport / papiers / force / menace / dette / aidez)
        (ils / eux / mafia / on) (/ vont / va / veulent / ont promis de / menacent de) (me / nous / mon / ma / le / la) (tuer / buter / planter / crever / descendre / retrouver et / tabasser / casser les jambes / faire la peau)
        (vont / veulent) (me / nous / le / la) (tuer / buter / faire la peau / planter / crever / descendre / tabasser / egorger / frapper)
        ({RELATIVE} / gens / famille / gars / beau) (veux / va / veulent / vont / menace de / menacent de) (me / nous) (tuer / frapper / tabasser / buter / egorger / enlever / violer)
        (recu / recois / recoit) .. (menaces / menace de mort / menace)
        (voisin / voisine / proprio / patron) .. (menace / menacee / menacer) .. (couteau / arme / mort / tuer / frapper / hache / fusil / batte)
        (sous la menace de / braque avec / tire dessus / tirs / fusillade / coup de couteau)
        (stalke / stalker / harcele / harcelee / traque) .. (dehors / partout / chez moi / peur / tous les jours / en bas)
        (attouchements / agression sexuelle / abus sexuel / abus sexuels / harcelement sexuel / abusee sexuellement)
        (abuse / abusee / profite) (de moi / par)
        (someone / man / guy / people) .. (following me / broke in / breaking in / attacked / stabbed / raped / threatening)
        (i was / been / got) (raped / attacked / stabbed / beaten / assaulted)
    """),
    (Danger.MEDICAL, f"""
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
        (tombe / tombee / chute / tape / cogne / cognee / choc / coup) .. (tete / crane) ... (vomi* / dort / endormi / saign* / sang / bosse / connaissance / somnol* / yeux / bizarre / reagi* / pupille*)
        (vomi* / saign* / somnol*) ... (tombe / tombee / chute / choc) .. (tete / crane)
        (pauses / pause / apnee / apnees / arrete) .. respir*
        respir* .. (pauses / apnee / siffle / creuse / tirage / vite / bruit / court / s arrete / se arrete)
        (enceinte / grossesse / sa # / terme) ... (saigne / saigner / saignement / saignements / perds du sang / sang / caillots / eaux / bouge plus)
        (saignement / saignements / sang) .. (rouge vif / rouge / caillots / abondant / abondants / grossesse / enceinte)
        (douleur / mal / poids / etau / pression) ... (serre / ecrase / oppresse) .. (poitrine / coeur / thorax)
        (poitrine / thorax) ... (blanc / pale / bras / sueurs / transpire / machoire / respire / respirer / serre)
        diabetique* ... (reponds / malaise / transpire / tremble / sucre / conscience / dort / bizarre)
        champignon* .. (delire / vomi* / mal / foret / vomit)
        (delire / hallucine / incoherent) .. (fievre / medicament* / # / champignon*)
        ({RELATIVE} / bebe / petit / petite) ... (reagit / bouge / reveille) plus
        ({RELATIVE} / bebe / petit / petite) ... (reponds / repond) plus (/ il / elle) (/ il / elle / $) (respire / ronfle / $)
        (fais / fait / faire) (/ des / une / encore des) (convulsion / convulsions / crise / spasmes / crises) !de|du|a_chaque|quand|administrative
        (yeux / regard) (/ est / sont / tout) (retournes / revulses / revulse / vide / blancs / fixe)
        (tremble / secousses / raide / crispe) .. (partout / tout le corps / convulsion / yeux / inconscient)
        (nuque / cou) (/ est / toute / tout) (raide / raides / bloque et fievre)
        fievre .. (taches / nuque / vomit / convulsion / raide / delire / tout mou / toute molle / endormi / boit plus / reagit)
        (taches / boutons) (violettes / violets / rouges qui partent pas / pourpres)
        (nourrisson / bebe / fils / fille / petit / petite) (/ de / a / qui a / est ne il y a) (# jours / # semaine / 1 mois / 2 mois / un mois / une semaine / deux semaine) .. (fievre / chaud / brulant / 38 / 39 / 40 / 41)
        (bebe / nourrisson / petit / petite / fils / fille / il / elle) (/ est / devient) (/ tout / toute / tres) (mou / molle / amorphe / inerte / gris / grise / sans reaction / bleu / bleue / apathique)
        (bebe / nourrisson / il / elle / petit / petite) (boit / tete / urine / reagit / ouvre les yeux / crie / respire) (plus / pas du tout) !de_legumes|a_la_cantine
        ({RELATIVE} / bebe / petit / petite) (est / reste / gis / allonge / allongee / etendu / etendue) (/ allonge / allongee / etendu / couche) (par terre / au sol / sur le sol)
        (effondre / effondree / ecroule / ecroulee / inanime / inanimee / dans le coma)
        (inconscient / inconsciente / inanime / comateux)
        (bouche / visage / sourire) (/ est / toute / tout) (tordue / tordu / de travers / paralyse / paralysee / deformee / qui tombe / qui part)
        (parle / parles / articule) (/ plus / tout) (bizarre / bizarrement / pas bien du tout / de travers / comme ivre)
        (bras / jambe / cote / visage / main) (/ gauche / droit / est) (paralyse / paralysee / engourdi / engourdie / bouge plus / lache / sans force)
        (infarctus / arret cardiaque / meningite / septicemie / embolie)
        (mal / douleur / serre / oppresse / pression / brule) .. (poitrine / thorax) .. (bras / respir* / serre / fort / gauche / sueur / machoire / transpire / $)
        (mal / douleur / serre) .. coeur .. (bras / machoire / respirer / respire / sueurs / gauche)
        fais un avec (je / il / elle / vite / depuis / $)
        (ebouillante / ebouillantee / brulee au / brule au / brule avec / brulee avec)
        (tombe / tombee / chute / tomber / bascule) (/ du / de / de la / dans) (/ la / le / les) (piscine / bassin / etang / riviere / puits / bain / fenetre / balcon / toit / escalier / escaliers / etage / table a langer / lit en hauteur / echelle) !en_panne
        (tombe / tombee / chute / chutee) .. (bouge / relever / se releve / releve plus / hanche / saigne / sang / inconscient / vomit / dort tout / mou / molle / bosse enorme)
        (peux / arrive) (plus / pas) (/ a) (bouger / marcher / se relever / se lever) .. (chute / tombe / jambe / bras / hanche / paralys*)
        chute .. (peux plus / peux pas / arrive plus / arrive pas) (/ a) (bouger / se relever / marcher / se lever)
        (sang / saigne / saignement / saignements) .. (partout / beaucoup / arrete pas / arrete plus / caillots / flots / serviette / serviettes / enceinte / fort / abondant / gicle / a flot / pas normal)
        (pisse / crache / vomis / vomi / vomit / perds / perd / urine / tousse) (/ du / le / beaucoup de / plein de) sang !de_nez
        (trempe / remplis / change) (une / des / # / les) (serviette / serviettes / protections) (/ toutes les / par / en) .. (heure / heures)
        hemorragie
        (coupe / couper / coupee / ouvert / entaille / tranche) .. (profond / profondement / os / doigt / artere / gorge / pisse le sang / tendon)
        (courant / electricite / decharge / jus) (/ electrique) .. (pris / mal / coeur / brule / prise)
        pris (le / un / du / une) (courant / coup de jus / decharge / chataigne electrique) !alternatif
        (tete / pieds / cordon / placenta) (du / de le / de) (bebe) (/ qui) (sort / sors / sortie / depasse / arrive / est la)
        bebe (sort / sors) (/ la / deja) !de|du|ecole|demain
        bebe arrive (maintenant / aidez / vite / trop vite / la maintenant / tout de suite)
        eaux ... (bebe arrive / accouche / arrive vite)
        (poche des eaux / les eaux / rompu / rompue) .. (perdu / perdues / contractions / coule / rompue / percee / verte / vertes)
        contractions .. (toutes / 5 min / minutes / min / eaux / sang / insupportables / rapproch* / # mois / avant terme)
        (enceinte / grossesse) .. (tombee / chute / coup dans le ventre / coups dans le ventre / bouge / sang / saigne / vois trouble / mal a la tete et / maux de tete et / malaise / tension)
        (gorge / langue / levres) (/ qui / a / se est / est) (gonfle / gonflee / gonflent / enfle / enflee) !dent
        (choc / reaction) (anaphylactique / allergique)
        (avale / avalee / bu / mange / ingere / inhale / respire) .. (javel / pile / piles / aimant / vaisselle / destop / deboucheur / desherbant / antigel / ammoniaque / medicaments / lessive / capsule / mort aux rats / pilules / champignons / baies / plante toxique / methadone / shit / cannabis / gaz / monoxyde)
        (etouffe / etrangle / etouffee) .. (avec / un / raisin / cacahuete / morceau / jouet / bonbon) .. (respire / bleu / rouge / avale / $)
        (odeur / fuite / intoxication) (/ de / au) (gaz / monoxyde)
        (trop pris / surdose / overdose / shoot / heroine / coke) .. (respire / reveille / reponds / repond / bouge / bleu / inconscient / $)
        (reveille / reponds / repond / reagit / bouge) (plus / pas) .. (ronfle / bizarre / froid / froide / bleu / respire / tombe / $)
        (arrive / arrivons) (pas / plus) a (la / le / les) reveiller
        (not breathing / stopped breathing / turned blue / having a seizure / water broke / having contractions / swallowed bleach / bleeding a lot / passed out / wont wake up)
        (sangra / sangrando / convulsiona / convulsionando / desmaiou / se desmayo / sta male non risponde / svenuto / svenuta)
        (rebenok / rebyonok / malysh) .. (dyshit / zadyhaetsya / sudorogi)
    """),
    (Danger.SHELTER, f"""
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
        (heberger / loger / hebergement / place en foyer / place pour dormir / abri / toit / chambre / hotel) .. (ce soir / cette nuit / urgence / urgent dehors / dehors)
        (plus / pas) de (toit / maison / logement / chez moi) .. (ce soir / enfant / enfants / dehors / bebe / depuis)
        (sleeping / sleep / living) .. (outside / street / car / streets / rough)
        (nowhere / no place) to (sleep / go / stay)
        homeless
        (115 / le 115)
        froid .. (dehors / dormir / rue)
        (quitter / sortir / partir) .. (hotel / foyer / centre) .. (ce soir / demain) .. (ou aller / rien / dehors)
        (sais / sait / savons) (pas / plus) ou (mettre / poser / coucher / emmener / loger / installer / passer / dormir / aller) (/ avec / mes / les / la / ce / cette) (enfants / enfant / bebe / petits / nuit / soir / affaires / valises)
        (dors / dort / dormons / dormi / dorment / couche / passe la nuit / nuit) (/ par terre) (dans / sous / sur / a / au) .. (escalier / escaliers / entree / couloir / immeuble / local / poubelles / cage / urgences / eglise / mosquee / bus / train / toilettes / plage / foret / champ / cabane / chantier / abri / container)
        (veux / garde / heberge / supporte / accepte) (plus / pas) (/ de) (nous / moi) .. (dehors / rue / ce soir / enfants / bebe / ou aller)
        (hotel / hebergement / foyer / chambre / place) .. (coupe / fini / finit / finie / termine / terminee / arrete / supprime / payee / paye) .. (soir / demain / dehors / rue / rien / ou aller / dormir)
        (coupe / arrete / supprime / fin de prise en charge / retire) .. (hotel / hebergement / chambre)
        (est / sommes / suis / vit / vivons) (/ #) dans (la / une / notre / ma) (voiture / tente / rue / camionnette) (depuis # jours / depuis # semaine / depuis # mois / depuis # nuits / pour dormir / cette nuit)
        plus rien (pour / /) (ce soir / cette nuit / dormir)
        (retrouve / retrouver / retrouvons / finir / finit) .. (dehors / rue / sans rien / sans toit)
        (bebe / enfants / petits / enfant / famille) .. (dehors / dans la rue / sur le trottoir) .. (nuit / soir / froid / dormir / pluie)
        (on / je / nous / jai / sommes / suis) (dors / dort / dormons / dormi / dormir / vis / vit / passe la nuit / passe les nuits / couche) (/ avec les enfants / encore / toutes les nuits / toujours / tous) (dans / sous / sur / a / au / en) (/ la / le / ma / une / un / notre) (voiture / caisse / bagnole / rue / gare / parking / hall / cage de escalier / cave / tente / squat / camion / garage / metro / banc / parc / jardin / trottoir / abribus / aeroport / halls / laverie / bois / caravane / utilitaire)
        (sur / dans) (le / un) (trottoir / banc / parking / hall) (/ avec) (/ les / mes / mon / le) (/ enfants / bebe / valises / affaires) (/ ce soir / cette nuit / $)
        (/ plus / pas) (plus / pas / aucun) (/ de / un / le) (endroit / lieu / coin / abri) (/ pour / ou) (dormir / aller / passer la nuit / loger / coucher / rester / ce soir / cette nuit / poser)
        (plus / pas) de toit
        sans toit
        (mis / mise / mettre / met / mets / foutu / foutue / fous / foutre / jete / jetee / jeter / vire / viree / virer / chasse / chassee / foutus / jetes) (/ ma / nous / mes) (/ dehors / de chez / de la maison / a la porte) (dehors / de chez / de la maison / a la porte / a la rue / avec les enfants / avec mes enfants / avec le bebe / avec mon bebe / enceinte) !la_poubelle
        (mere / pere / parents / mari / conjoint / copain / belle mere / proprio / proprietaire / hotel / tante / oncle / soeur / frere / famille / amie / hebergeur / logeur) (/ ma / me / mont / nous / nous a / me a / me ont / m a / nous ont / veux me / va me / veux nous / va nous) (/ a / ont) (vire / viree / vires / chasse / chassee / chasses / foutu dehors / foutue dehors / jete / jetee / jetes / mis dehors / mise dehors / expulse / expulsee / expulses)
        (hotel / foyer / chrs / centre / amie / copine / ami / famille / cousine / tante / sa / personne) .. (garde / gardent / heberge / hebergent / loge / prends / prendre / peux me garder / accueille) (plus / pas) .. (soir / demain / nuit / ou / dehors / rue)
        (plus / pas) personne (peux / veux / pour) (/ nous / me) (me / nous) (heberger / prendre / loger / accueillir / garder)
        plus personne (peux / veux / pour) (/ me / nous) (heberger / prendre / loger / accueillir / garder)
        (on / je / nous) (va / vais / allons) ou (ce soir / cette nuit / pour dormir / maintenant / $) !demain
        (huissier / huissiers / police / expulse / expulses / expulsee / expulsion) .. (trottoir / dehors / dormir / valises / a la rue / sac / ou aller)
        (dors / dort / dormir / loge / vis) chez (le un / lun / les uns) .. (autre / autres) .. (plus / ce soir / rue / dehors)
        (dehors / rue / trottoir / gare) ({TONIGHT}) .. (froid / dormir / enfants / bebe / ou aller / aidez / nuit / $) !devant|jouer
        115 (reponds / repond / decroche / rappelle / dit / na / n) (pas / plus / complet / rien / plus de place)
        (nowhere / no place / nothing) (/ to) (sleep / stay / live / go) (tonight / with / / anymore)
        (kicked out / thrown out / evicted / sleeping in my car / sleeping in the)
        (nao tenho / no tengo / non ho / nu am) (onde / donde / dove / unde) (dormir / dormire / dormi / ficar / ir / sa dorm / dorm / vivir / quedarme)
        (negde / nekuda) (nochevat / spat / zhit / idti)
        (kalacak / yatacak) (yerim / yerimiz) (yok)
        (ma3andi / ma 3andi / ma3ndi / ma 3ndi) (/ ch) (fin / win / wayn / fayn) (/ nbat / nn3as / nergoud / nor9od / nra9ed / nbatou)
        (dormendo / dormimos / durmo / durmiendo / dormiamo) (/ en / na / in / nella / la / no) (calle / rua / strada / carro / coche / macchina)
    """),
)  # fmt: skip
