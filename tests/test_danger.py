"""Danger on words never met: messages written before they were ever run, and harmless ones built to sound like them."""

import pytest

from conversations.understanding.alarm import danger_in
from conversations.understanding.kinds import Kind
from conversations.understanding.said import Said

FIRST = {
    Kind.DOMESTIC_VIOLENCE: """
        mon mari ma encore cogné hier soir jai le visage gonflé
        il ma serré le cou devant les enfants jai cru mourir
        jpeu pa parler il est a coter il surveille mon tel
        mn copin me tape qan il a bu
        jose plus rentrer chez moi il m'attend
        il ma dit si tu pars je te retrouve et je te tue
        il prend tout mon argent et jai pas le droit de sortir
        il menferme a clef quand il part au travail
        mon ex mattend devant lecole il dit quil va me crever
        ça recommence il a levé la main sur moi
        jai des bleus partout a cause de mon conjoint
        ma soeur se fait taper dessus par son mari que faire
        ma voisine hurle toute les nuits son mari la bat
        il ma poussée dans les escaliers et je suis enceinte
        il a tout cassé dans lappart jai peur pour moi et les petits
        mon compagnon me force au lit quand je veux pas
        jai kité mon mari violent je sai pas ou me cacher
        il ma tiré par les cheveux et donner des coups de pied
        je vis avec un homme qui me fait du mal
        chui enfermer dans la salle de bain il tape a la porte aidez moi
        il me parle comme a un chien il me crache dessus et il me tape
        jai peur de lui quand il boit il devient fou
        mon mari a dit quil allait bruler la maison avec nous dedans
        ma mere se fait frapper par mon beau pere
        c'est pas la premiere fois qu'il me met une droite
        il ma cassé le bras mais jai dit que jetais tombée
        il controle tout mes messages et il menace de me prendre les enfants si je pars
    """,
    Kind.SUICIDE: """
        jen peu plu je veu en finir
        a quoi bon continuer
        je voudrais mendormir et ne plus jamais me reveiller
        jai plus envie de rien je veux que ca sarrete pour toujours
        tout le monde serait mieux si jetais pas la
        jai avaler toute la boite de somnifere
        je vai me jeter sous le train
        jai ecrit une lettre pour mes enfants pardon pour tout
        mon fils dit quil veut mourir
        ma fille de 15 ans sest ouvert les veines
        ma mere parle de se foutre en lair je sais pas quoi faire
        je suis sur le pont
        cest mon dernier message pardon
        jme fai du mal avec une lame
        la vie na plus de sens pour moi
        je pense souvent a la mort ces temps ci
        jai tout preparé ce soir je pars pour de bon
        je veux rejoindre mon mari au ciel
        j'ai pris tous mes cachets d'un coup
        jai envi de crevé
        jaimerais ne jamais etre née
        je sers a rien autant que je disparaisse
        mon frere a essayé de se pendre cette nuit
        occupez vous de mes enfants quand je serai plus la
        jai acheté une corde
        jveu plu vivre
        jai avalé 30 doliprane je regrette
        personne me regrettera
        j'ai fait une tentative la semaine derniere et ca revient
        je vais faire une betise
    """,
    Kind.CHILD_DANGER: """
        jai secoué ma petite elle a 2 mois il arretait pas de pleurer
        mon mari tape les enfants avec la ceinture
        le petit de ma voisine est tout le temps seul et il a faim
        mon beau frere a touché ma fille
        ma fille ma dit que papi lui touche la zezette
        les voisins frappe leur bebe on lentend hurler
        la nounou a giflé mon fils
        mon fils revient de chez son pere avec des marques de coups
        jai peur de faire mal a mon bebe
        jai failli jeter mon bébé par la fenetre je craque
        un enfant de 4 ans traine seul dehors la nuit dans ma residence
        son pere le tape et le prive de manger
        la petite du 3eme elle a des bleus et elle a tjr peur
        ils laissent leur bébé tout seul pour aller en boite
        mon grand frere me viole
        mon pere me frappe jai 14 ans
        un monsieur a montré son sexe a ma fille
        mon ex veut enlever les enfants et partir au pays
        ils veulent marier ma soeur de 15 ans de force
        ma belle mere veut faire exciser ma fille
        jai perdu patience je l'ai frappé trop fort mon petit de 2 ans
        mon neveu est enfermé dans sa chambre sans manger par ses parents
        on abuse de mon fils a lecole
        ma fille de 12 ans envoie des photos nue a un adulte qui la menace
        elle donne pas a manger a ses enfants ils sont tout maigre
        mon compagnon secoue le bb pour quil se taise
    """,
    Kind.MEDICAL: """
        mon bb respire plus
        bebe tout bleu vite
        ma fille fait des convultions
        mon bebe de 1 mois a 39 de fievre
        il a de la fievre et la nuque raide il vomit
        mon fils est tombé de la table a langer il est tout mou
        je suis enceinte et je perds du sang
        jai perdu les eaux et jai des contractions toutes les 5 min
        jai super mal dans la poitrine et le bras gauche engourdi
        mon petit a bu du produit vaisselle
        la petite a avalé une pile bouton
        mon pere se reveille pas il ronfle bizarre
        ma mere parle bizarre sa bouche est tordue
        mon mari sest effondré il repond plus
        il a fait une overdose
        mon fils sest etouffé avec un raisin il respire mal
        elle fait une crise elle tremble de partout les yeux retournés
        il sest ebouillanté avec le the
        je sens plus bouger mon bebe depuis hier
        le petit est tombé dans la piscine
        mon bebe est tout mou il tete plus et il reagit pas
        il c couper profond sa pisse le sang
        jarrive pas a respirer jai la gorge qui gonfle
        grosse hemoragie apres laccouchement je trempe une serviette par heure
        ma grand mere a chuté elle peut plus bouger la jambe
        jai pris le courant electrique jai mal au coeur
        jai des taches violettes sur le bebe et fievre
        la tete du bebe sort
        bebe de 3 semaines chaud 38.5 il boit plus
        mon mari est par terre inconsient
    """,
    Kind.VIOLENCE: """
        on ma agressé dans le bus
        un mec me suit depuis la gare jai peur
        jme suis fait violé samedi
        mon voisin ma menacé avec un couteau
        ya quelquun qui force ma porte
        ils mont tabassé pour mon tel
        il ma mis la main dans la culotte au travail
        mon patron me touche et me menace
        on ma drogué en soirée et je me souviens de rien
        jai recu des menaces de mort
        des gars m'ont planté
        un homme dort devant ma porte et veut entrer de force
        apelé la police svp
        je suis obligée de me prostituer ils ont mon passeport
        on ma cambriolé ils sont encore dans la maison
        ils vont me tuer je dois de largent
    """,
    Kind.SHELTER: """
        on dort dans la voiture avec les 2 petits
        jai nulle part ou aller ce soir
        le proprio nous a mis dehor avec les enfants
        chui a la rue depuis hier
        ma belle mere ma viré jai plus de toit
        on passe la nuit a la gare avec le bebe
        lhotel nous garde plus a partir de ce soir on va ou
        jai plus dendroit pour dormir
        les huissiers nous ont expulsé ce matin on est sur le trottoir
        le 115 repond pas on est dehors avec le froid
        mes parents mont foutu dehors jai 18 ans
        cette nuit jai dormi dans un parking
        on a pas de toit pour cette nuit
        je dors chez lun chez lautre ce soir plus personne peut me prendre
    """,
}
"""What is meant, and the messages that say it, one a line; 66 of 143 were heard when first run."""

ABROAD = {
    Kind.DOMESTIC_VIOLENCE: """
        my husband beat me up last night
        i am scared to go home he will hurt me
        rajli kaydrabni 3afak
        kocam beni dövüyor
        mi marido me pega siempre
        meu marido me bate
        sotul meu ma bate
        moy muzh menya byot
        mio marito mi picchia
    """,
    Kind.SUICIDE: """
        i dont want to wake up anymore
        bghit nmout
        quiero morirme
        nu mai vreau sa traiesc
        ya ne hochu zhit
        kendimi öldürmek istiyorum
    """,
    Kind.MEDICAL: """
        my baby is not breathing help
        mi bebe no respira
        il mio bambino non respira
    """,
    Kind.SHELTER: """
        we have nowhere to sleep tonight
        nao tenho onde dormir hoje
    """,
}

HARMLESS = """
    je suis morte de fatigue on peut decaler a lapres midi
    mdr je suis mort
    ca me tue ces papiers
    jme tue a vous dire que cest jeudi
    cest mortel votre appli bravo
    on meurt de chaud dans la salle dattente
    je creve de faim ya une boulangerie pres du rdv
    je vais tuer le temps en attendant
    jai un coup de barre je peux venir plus tard
    passez moi un coup de fil
    je frappe a la porte ou je sonne
    jai tapé le mauvais numero
    je me suis tapé 2h de bus pour rien
    je me suis fait violence pour venir la derniere fois
    j'ai du me battre pour avoir ce rdv
    on se bat pour avoir une place en creche
    cest urgent pour mon dossier
    urgent rdv assistante sociale pour une facture
    c une urgence jai besoin du papier demain
    mon fils a de la fievre depuis hier je voudrais un rdv
    rdv pour le vaccin de ma fille
    la prise de sang c'est a jeun
    le bebe a un peu de fievre apres le vaccin c'est normal ?
    je veux tomber enceinte je veux un rdv planification
    il est tombé malade je dois annuler
    mon fils est tombé malade cette nuit on peut decaler
    j'habite rue de la Mort aux Loups
    je m'appelle M. Tapé
    Mme Battu Sophie
    je suis Mme Lamort
    c'est au 12 rue du Pendu
    nom Tuer prenom Marie
    place des Martyrs c'est la bonne adresse ?
    jhabite impasse du Couteau
    je viens pour la conference enfant battu hier enfant reparé aujourd'hui
    l'atelier violences educatives c'est quand
    je minscris a l'atelier prevention du suicide
    formation premiers secours enfant ya encore de la place
    la reunion sur les violences c'est a quelle heure
    je suis travailleur social je cherche la date de l'atelier violence conjugale
    mon mari est mort il y a deux ans je suis veuve
    ma mere est decedee en mars je dois apporter l'acte de deces
    avant on etait a la rue maintenant on a un logement
    jai fait une fausse couche il y a 3 ans faut le dire ?
    jai ete operee du coeur en 2015
    jai fait un malaise l'an dernier mais tout va bien
    je dors mal en ce moment
    bebe dort mal la nuit il fait ses dents
    mon bebe pleure beaucoup la nuit je voudrais un conseil
    mon fils tape les copains a la creche
    ma fille mord et tape c'est normal a 2 ans ?
    mon fils ne veut plus manger de legumes
    la petite est tombée a velo rien de grave mais on sera en retard
    mon fils s'est cassé le bras au foot il a un platre
    jai mal au ventre a cause des regles
    jai un peu mal au dos
    jai le nez bouché je respire mal la nuit
    il tousse un peu
    perdre les eaux grasses c'est pas le sujet lol
    evacuation des eaux usées bouchée le proprio veut rien faire
    je sors de la douche je vous rappelle
    les enfants jouent dehors jentends pas le telephone
    je suis dehors devant la porte cest fermé
    je suis dans la rue en face je trouve pas l'entrée
    c'est quelle rue deja
    je dors chez ma soeur ce weekend donc pas dispo
    je vis chez mes parents avec mes enfants
    je suis en voiture je suis la dans 10 min
    ma voiture est morte je peux pas venir
    mon telephone est mort desole
    batterie morte je rappelle
    je suis a bout de batterie
    je vous tue si vous annulez encore haha
    jai failli oublier
    jai peur d'etre en retard
    jai peur des piqures
    ma fille a peur du medecin
    jai peur de pas avoir mes droits
    je crains de pas pouvoir venir
    desole jai pris le mauvais bus
    jai pris mes medicaments ce matin c'est bon pour la prise de sang ?
    faut il prendre le doliprane avant le vaccin
    elle a pris son antibiotique on peut vacciner
    je prends la pilule depuis 2 ans
    jai oublié ma pilule rdv planification
    il faut couper la poire en deux
    un coup de couteau dans le contrat non merci
    les horaires ca me saute aux yeux
    je saute de joie merci
    je saute le rdv de demain
    jai sauté une ligne
    on finit a quelle heure
    jaimerais en finir avec ce dossier caf
    c'est la fin du mois j'ai plus rien sur le compte
    jai plus envie de venir a ce rdv
    ca sert a quoi ce rdv
    a quoi sert le carnet de sante
    je pars pour de bon a Lyon fermez mon dossier
    je disparais une semaine en vacances
    je serai plus la en decembre je demenage
    je serai pas la mardi
    pas la peine de mattendre
    au revoir et merci pour tout
    adieu les galeres merci beaucoup
    mon ex a la garde cette semaine
    mon mari m'a dit de vous ecrire
    mon mari me surveille les enfants pendant le rdv
    il m'a fait rire le docteur
    mon conjoint m'oblige pas a venir mais il veut bien
    ma fille me touche beaucoup avec son dessin
    je touche le rsa
    mon fils touche l'aah
    jai touché mes allocs
    on m'a volé ma carte vitale il y a un mois faut apporter quoi
    on m'a coupé l'electricité je veux voir l'assistante sociale
    jai reçu un courrier d'huissier je voudrais un rdv
    menace de coupure edf rdv assistante sociale svp
    je cherche un logement plus grand
    demande hlm en danger de refus
    le feu est vert ou pas pour samedi
    il ya le feu au dossier vite un rdv
    secours catholique c'est bien a coté ?
    je suis piquée de votre retard
    ca craint grave
    grave d'accord pour mardi
    bebe secoue son hochet trop mignon
    le bebe a les yeux bleus comme papa
    la salle bleue c'est ou
    vous me sauvez la vie merci
    c'est ma vie privée ca vous regarde pas
"""
"""Sounds like danger and is none. A fever, with no sign that it is grave, is what consultations are for: an alarm there
would teach people to ignore it."""


SECOND = {
    Kind.DOMESTIC_VIOLENCE: """
        il arrete pas de me taper dessus jen peux plus
        mon mari ma jeté une assiette a la figure et il a dit la prochaine fois cest toi
        il a mis une appli pour savoir ou je suis et il me laisse voir personne
        mon ex tourne en bas de chez moi toutes les nuits
        j'ai porté plainte contre mon conjoint pour les coups et il sort de prison demain
        ma copine a peur de son mec il la tient par la gorge quand il senerve
        je fais semblant decrire a la pmi il est dans la piece aidez moi
        jai un oeil au beurre noir a cause de mon homme
        il veut pas que je parte il a caché mes cles et mes papier
    """,
    Kind.SUICIDE: """
        jai plus la force de me battre je veux juste que tout s'arrete
        mon ado dit quelle serait mieux morte
        jai pris une boite entiere de xanax avec du vin
        embrassez mes enfants pour moi
        je voi pa dautre solution que la mort
        jpense a sauter du balcon tous les soirs
        mon mari a laissé une lettre dadieu et il repond plus
        plus rien me retient ici
        jai des idees noir depuis laccouchement
    """,
    Kind.CHILD_DANGER: """
        le fils de mon compagnon met ses doigts a ma petite
        mon ex donne des coups de ceinture au grand
        la voisine attache son gamin au radiateur
        mon bb pleure tro jai envi de le jeter
        ma niece de 9 ans dit que son tonton vient dans son lit
        les parents du dessus sont defoncé et le bebe hurle depuis des heures
        jai 13 ans ma mere me tape avec un cable
    """,
    Kind.MEDICAL: """
        ma fille convulse
        mon fils est tombé sur la tete il vomit et il dort
        le bebe fait des pauses quand il respire
        enceinte de 7 mois jai des saignement rouge vif
        mon mari a une douleur qui serre la poitrine il est tout blanc
        il a mangé des champignons de la foret il delire
        les eaux sont parties et le bebe arrive
        mon pere diabetique repond plus il transpire
    """,
    Kind.VIOLENCE: """
        un type ma coincée dans lascenseur et ma touchée
        mon ancien proprio ma menacé avec une barre de fer
        des mecs sont rentré chez moi cette nuit
        on ma forcé a coucher hier
    """,
    Kind.SHELTER: """
        ce soir on sait pas ou poser les enfants
        je dors dans les escaliers de limmeuble
        ma cousine veut plus de nous on se retrouve dehors avec 3 enfants
    """,
}
SECOND_HARMLESS = """
    mon fils est tombé amoureux de la puericultrice lol
    je suis tombée sur votre numero par hasard
    jai frappé fort a la porte personne
    la creche m'a appelé ma fille a vomi je dois reporter
    jai mal aux seins avec l'allaitement je voudrais voir la sage femme
    il me reste une boite de vitamine D c'est bon ?
    mon mari rentre tard il peut pas garder les petits
    ma fille ne veut pas dormir seule la nuit
    je suis seule avec les enfants ya til un ascenseur
    le petit pleure toutes les nuits c'est les coliques ?
    combien de doliprane je peux donner apres le vaccin
    mon proprio veut me mettre une augmentation de loyer
    je voudrais quitter mon logement trop petit
    on est dehors il fait froid vous ouvrez quand
    jattends devant l'hotel de ville c'est bien la ?
    jai perdu mes papiers et mon passeport
    tu me casses les pieds stop
    j'ai plus de batterie je rentre chez moi et je vous rappelle
    bebe a des boutons rouges sur le ventre rdv svp
    mon pere est a l'hopital je peux pas venir
"""
"""Written once the tables had learnt from the first, before these were run: 17 of 40 heard, 3 of 20 mistaken."""


THIRD = {
    Kind.DOMESTIC_VIOLENCE: """
        mon mari me traite de tout et hier il ma mis par terre
        jai mi les enfants chez ma mere parce quil allait encore me frapper
        il garde ma carte bleu je peux meme pas acheter des couches
        si je rentre il va me defoncer
        mon frere me bat parce que je veux pas me marier
        il ma baffé devant tout le monde
        ma soeur est sequestree par son copain
        jen ai marre des coups
    """,
    Kind.SUICIDE: """
        jarrive plus a vivre comme ca je vais sauter
        ma cousine a avalé des medocs elle repond plus au tel
        je suis fatigué de la vie
        je veux plus souffrir je veux mourrir
        vous direz a mes enfants que je les aime
        mon mari a pris le fusil il dit quil va se tuer
    """,
    Kind.CHILD_DANGER: """
        la maitresse a trouvé des bleus sur mon petit frere
        mon beau pere entre dans ma chambre la nuit et me touche
        un voisin frappe son gosse tous les soirs
        jai giflé ma fille de 8 mois je regrette
        ma belle soeur laisse son nourrisson seul pour sortir
    """,
    Kind.MEDICAL: """
        mon bebe est bleu
        ma femme enceinte a fait un malaise elle repond plus
        jai du mal a respirer et des douleurs dans la poitrine
        ma fille a avalé des comprimés de sa grand mere
        mon fils a la main brulée avec l'huile
        mon grand pere a la moitié du visage qui tombe
    """,
    Kind.VIOLENCE: """
        2 mecs mont suivi jusqua chez moi
        je me suis fait agresser dans le metro
        mon cousin veut me tuer pour l'honneur
    """,
    Kind.SHELTER: """
        jai dormi dehors cette nuit avec mon fils de 3 ans
        mon copain ma jeté de chez lui jsuis a la gare
        on nous a coupé lhotel on a plus rien pour ce soir
    """,
}
THIRD_HARMLESS = """
    bonjour je voudrais prendre rdv avec la sage femme pour ma grossesse
    c'est pour le suivi de mon bebe de 2 mois
    mon mari travaille ce jour la est ce que je peux venir seule
    je peux pas laisser mes enfants seuls vous avez une salle de jeux ?
    on peut venir a deux avec mon conjoint ?
    mon ex doit signer le papier aussi ?
    jai plus de carte vitale
    je suis en plein demenagement je change d'adresse
    mon fils a vomi ce matin je prefere reporter
    la petite a le rhume elle tousse
    je suis a la porte du centre personne ouvre
    il y a quelqu'un ?
    jai recu un sms je comprend pas
    le pere doit etre present ?
    je voudrais parler a quelqu'un de mon couple
    vous etes ou exactement
    mon bebe ne dort pas seul dans son lit
    comment arreter la tetine
    jai des contractions de temps en temps c'est normal a 8 mois ?
    je voudrais poser un sterilet
    jai perdu mon emploi je voudrais faire une demande de rsa
    expulsion prevue au printemps je veux voir une assistante sociale
    le medecin a dit que tout va bien
    mon bebe bouge beaucoup dans mon ventre
    le petit a un bleu au genou il tombe tout le temps en marchant
    mon fils a sauté de joie
    on habite pres de la gare
    je sais pas ou aller pour le rdv
    je sais pas ou mettre la poussette
    ma mere garde les enfants mardi
    mon pere a 80 ans il a du mal a marcher c'est pour l'apa
    jai mal au bras depuis le vaccin
    il veut pas manger de puree
    le parking est ou
    on dort tres mal avec le bebe
    je sors du travail a 17h
    mon voisin m'a donné votre numero
    il a pris la voiture je peux pas venir
    ma fille crie beaucoup quand elle est en colere
    je voudrais un conseil pour mon fils qui tape
"""
"""The same again, after the second: 22 of 31 heard, 2 of 40 mistaken."""


FOURTH = {
    Kind.DOMESTIC_VIOLENCE: """
        mon homme me fait vivre un enfer il me bat
        jsuis partie avec rien il allait me tuer
        mon conjoint a etranglé le chat et ma dit que cetait mon tour
        ma belle fille vient chez moi en pleurs avec la levre ouverte cest mon fils qui la frappe
        je dois rentrer avant lui sinon il me frappe
        il boit et il casse tout les enfants se cache sous le lit
        jai retiré ma plainte mais il recommence a me cogner
        mon mari m'oblige a faire des choses la nuit
    """,
    Kind.SUICIDE: """
        je suis fatiguée jai envie que tout s'arrete
        si j'avais pas mes gosses je serais deja plus la
        jai les cachets devant moi
        ma meilleure amie menace de se jeter sous un train
        je me taillade les bras depuis des semaines
        bonne nuit pour toujours
    """,
    Kind.CHILD_DANGER: """
        mon fils de 6 ans dit que le moniteur lui fait mal aux fesses
        ma voisine frappe sa fille avec un balai
        le bebe de ma soeur a des brulures de cigarette
        mon mari a jeté le petit contre le canapé
        2 enfants tout seuls dans l'appart d'en face depuis hier
    """,
    Kind.MEDICAL: """
        bb a avalé de la lessive
        elle respire plus elle est toute bleu
        ma mere fait un avc je crois
        je saigne beaucoup depuis l'ivg
        mon fils fait une crise d'asthme et la ventoline marche pas
        il est tombé du 1er etage
    """,
    Kind.VIOLENCE: """
        mon ex beau frere m'a violée
        un mec me suit depuis le metro jai tres peur
    """,
    Kind.SHELTER: """
        jsuis sdf avec un bebe
        on est 4 dans une voiture depuis 3 jours
        ma mere ma mise a la porte je suis enceinte
    """,
}
FOURTH_HARMLESS = """
    je prefere le matin si possible
    ca me fait mal au coeur d'annuler
    mon fils a peur du noir
    ma fille est tombée de sa chaise elle a rien mais je serai en retard
    mon mari est jaloux de votre patience lol
    je suis a bout de souffle avec vos escaliers
    c'est la derniere fois que je viens sans papier promis
    il me faut une lettre pour la caf
    mes enfants sont partis en vacances avec leur pere
    mon conjoint sort de l'hopital demain je veux changer le rdv
    on peut laisser le petit a la halte garderie pendant le rdv ?
    jai plus de place dans mon telephone
    vous avez une place ce soir ?
    je cherche une place en creche pour ma fille
    je vous laisse un message pour mes enfants
    bebe a pas pris de poids cette semaine
    il mange plus trop depuis la creche
    mon bebe a 1 mois je veux un rdv pesee
    ma mere est tombée l'an dernier elle a besoin de l'apa
    mon pere est handicapé il peut plus marcher dossier mdph
    il ne parle pas encore a 2 ans
    mon fils ne repond plus quand on l'appelle par son prenom il joue trop aux jeux
    on est en voiture on arrive
    jhabite en caravane c'est pour la domiciliation
    le medecin m'a pris la tension
    jai besoin d'aide pour remplir un dossier aidez moi svp
    qui peut m'heberger un site internet lol
    je dois quitter le rdv avant 11h
    c'est mon mari qui garde la carte vitale
    vous pouvez me passer le chef de service
    ma soeur veut venir avec moi
    il y a trop de bruit chez les voisins je veux changer de logement
    j'ai coupé mon telephone hier
    mon fils s'appelle Jean Battiste
    je suis Mme Frappier
    nom: Cogne prenom: Lea
    Violette Morin
    M. Assassin Bruno
    le bus est pas passé je suis a la gare j'arrive
    j'ai accouché hier tout va bien je voudrais une visite de la sage femme
"""
"""After the third: 23 of 30 heard, 4 of 40 mistaken."""

DANGERS = [
    (kind, text.strip())
    for told in (FIRST, ABROAD, SECOND, THIRD, FOURTH)
    for kind, texts in told.items()
    for text in texts.strip().splitlines()
]
EVERYDAY = [
    text.strip()
    for texts in (HARMLESS, SECOND_HARMLESS, THIRD_HARMLESS, FOURTH_HARMLESS)
    for text in texts.strip().splitlines()
]
TOLD_AS_ANOTHER = {
    "ma voisine hurle toute les nuits son mari la bat",
    "on ma forcé a coucher hier",
    "ma fille a avalé des comprimés de sa grand mere",
    "mon copain ma jeté de chez lui jsuis a la gare",
    "ma belle fille vient chez moi en pleurs avec la levre ouverte cest mon fils qui la frappe",
    "mon ex beau frere m'a violée",
}
"""Heard, but as a danger close to it: the words fit both, and the graver comes first."""


def test_danger_is_heard_however_it_is_told() -> None:
    assert [text for _, text in DANGERS if danger_in(Said(text)) is None] == []


@pytest.mark.parametrize(
    "said",
    [
        "el me va a matar", "mi marido quiere matarme", "va a matarnos", "ele vai me matar",
        "mio marito vuole uccidermi", "mi ammazza", "vrea să mă omoare", "beni öldürecek",
        "mein Mann will mich töten", "er bringt mich um",
        "він мене вб'є", "он хочет меня убить", "سيقتلني", "ghadi yqtelni",
    ],
)  # fmt: skip
def test_who_fears_to_be_killed_is_heard_in_their_language(said: str) -> None:
    assert danger_in(Said(said)) is not None


@pytest.mark.parametrize(
    "said",
    ["el me va a dar una cita", "me va bien el jueves", "il me va bien", "lui cosa vuole", "ele vai me ligar",
     "können Sie mich um 10 anrufen", "вы можете меня записать"],
)  # fmt: skip
def test_everyday_messages_in_other_languages_raise_no_alarm(said: str) -> None:
    assert danger_in(Said(said)) is None


def test_the_numbers_shown_are_those_of_the_danger_told() -> None:
    heard = {text: danger_in(Said(text)) for _, text in DANGERS}
    told_as_another = {text for kind, text in DANGERS if (danger := heard[text]) and danger.kind is not kind}
    assert told_as_another == TOLD_AS_ANOTHER


def test_everyday_messages_raise_no_alarm() -> None:
    assert [text for text in EVERYDAY if danger_in(Said(text))] == []


@pytest.mark.parametrize(
    "typed", ["apelé la police", "jai une hemoragie", "ma fille fai des convultions", "il menferme"]
)
def test_a_word_of_danger_is_heard_by_its_sound(typed: str) -> None:
    assert danger_in(Said(typed))


def test_a_name_that_sounds_like_danger_is_a_name() -> None:
    assert danger_in(Said("Jose Frappier, Lea Cogne et Violette Morin")) is None
