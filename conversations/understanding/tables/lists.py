"""Lists: the words that belong together: people, days, parts of the body of a message that say nothing."""


def each_of(words: str) -> frozenset[str]:
    """Words written in one line, as a set."""
    return frozenset(words.split())


LISTS = {
    "enfant": "enfant enfants bebe fils fille filles garcon garcons gosse gosses gamin gamine gamins petit petite petits "
    "petites puce bout loulou ado jumeaux jumelles nourrisson nouveau nne poupon fiston fifille",
    "conjoint": "mari conjoint compagnon copain ex concubin homme partenaire epoux compagne femme copine conjointe mec",
    "proche": "mere pere maman papa soeur frere grand mari femme conjoint conjointe amie ami tante oncle voisine voisin "
    "belle beau cousine cousin epoux epouse compagnon compagne mamie papi mamy papy",
    "jour": "lundi mardi mercredi jeudi vendredi samedi dimanche demain aujourdhui apres matin aprem midi soir weekend "
    "semaine cette ce cet le # janvier fevrier avril juin juillet aout septembre octobre novembre decembre",
    "semaine": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "frappe": "frapp* frap frape frapait tape taper tapee tapes tabass* cogn* viol* etrangl* gifl* agress* battu battue "
    "battait brutalis* violent* bat batte battre bats sequestr* menac*",
    "langue": "anglais arabe espagnol portugais italien roumain turc russe ukrainien allemand dari pachto farsi persan "
    "albanais georgien armenien tamoul bengali chinois mandarin somali soninke bambara peul wolof lingala tigrinya kurde "
    "serbe polonais vietnamien hindi ourdou malgache kabyle english arabic",
    "quelquun": "quelquun conseiller conseillere personne agent humain secretaire secretariat responsable assistante "
    "standard accueil operateur vrai madame monsieur mme",
}

EMOJIS = {
    "👍": "oui", "✅": "oui", "👌": "oui", "🆗": "oui", "✔": "oui", "☑": "oui", "💯": "oui", "🤝": "oui", "🙋": "oui",
    "👎": "non", "❌": "non", "🚫": "non", "🙅": "non", "✖": "non", "❎": "non",
    "🙏": "merci", "❤": "coeur", "🥰": "coeur", "😘": "coeur", "💕": "coeur", "💗": "coeur", "💖": "coeur",
    "♥": "coeur", "🌹": "coeur", "💐": "coeur", "🤗": "coeur", "🫶": "coeur", "👋": "coucou", "🛑": "stop",
    "🆘": "sos", "🖕": "insulte", "🔟": "10",
}  # fmt: skip

POLITE = each_of(
    "bonjour bonsoir salut coucou svp merci beaucoup cordialement please hello hi madame monsieur messieurs mesdames "
    "euh ben bah heu alors donc voila bon bonne journee soiree ah oh hey allo pardon excusez excuse desole mdr lol ptdr "
    "salam salem alikoum alaykoum aleykoum thank thanks thx bien cordial sincerement respectueusement avance "
    "hein la"
) - {"bon", "bonne", "bien", "la", "pardon"}
"""What is said around a message without changing it."""

CORRECTED = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche demain janvier fevrier avril juillet septembre octobre "
    "novembre decembre semaine prochain prochaine bonjour bonsoir merci beaucoup rendez consultation vaccin "
    "pediatre medecin docteur puericultrice pesee conseils sage assistante sociale logement dossier contraception "
    "grossesse enceinte allaitement vacances horaire adresse documents justificatif carnet telephone numero "
    "interprete traducteur francais anglais arabe possible impossible disponible urgent maintenant aujourdhui "
    "prochaines creneau avancer deplacer decaler reporter changer retard atelier inscription inscrire attente liste "
    "confirme confirmer confirmation comprends compris parler quelquun personne secretariat recommencer accueil "
    "planification gynecologue echographie expulsion facture electricite alimentaire financiere handicap "
    "renouvellement autonomie numerique ordinateur internet ouverture ouvert fermeture parking etage batiment "
    "suicide suicider violence violent frappe danger urgence premier premiere deuxieme troisieme quatrieme cinquieme "
    "dernier derniere aucun aucune autre nimporte aucun"
)
COMMON = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche martin marin marine martine marion manon marie maria mario mardie "
    "autres entre encore toujours arrive arriver arrivee parle parles parles passer passe laisse laisser cherche chercher "
    "manger change charge chaque chance chaise chose aimer aime aimes premier premiers deuxieme voir venir tenir "
    "patient patience garde garder gardez regarde retard retour demande demander demandez demande rester reste "
    "personnes libre livre livres lire lieu route rouge mairie maire prive prix pris prise prises present presente "
    "parlez parler parer porter porte reporte report poste payer payant compte comptes compter conte content contente "
    "conseil conseille consulat agent argent urgent urgence avance avancee avion avions savoir avoir avait avais avez "
    "actes carte cartes carnets vacance accord accorde adulte ancien annees anniversaire matins marche marcher marchez "
    "avenir avertir averti sociaux societe violette violettes violon violet village villa ville danse dangereux "
    "frappes franck france franc francois francoise francaise lucie louise laurent laure laurie laure louis autant "
    "suivant suivante suite vivre vivant violents ouvre ouvrez ouvrir ouvertes fermes ferme fermer fermee premature "
    "etages etape parque parquet batir habitant habitation depart departs maman papa confie confier attend entente "
    "attentes allaite allaiter mecanicien docteurs pesees peser pese conso sociable assister assiste assistance "
    "echange demeure demi demis dernieres fermetures facile facilement dossiers annonce annoncer retards parent "
    "parents parente soucis tarder tarde change changes rentree rentrer rentre soiree soirees sortie sortir autrement "
    "aucunement chercher couche couches coucher course cours court courte courrier courriel jeune jeunes jeune jeudi "
    "aider aidez aides adulte abordable inscrit inscrite inscrits possibles impossibles parlez personnel personnelle "
    "interne internat liste listes piste poste juste justes matinal dimanches lundis recommence recommande recommander "
    "comprendre comprend comprenez disponibilite avance avancement avril avis avocat ouverts suicidaire "
    "merveille merci merde mercier numeros prochaines prochainement pourtant pouvoir pouvez porter pertes perdu perdue "
    "conseiller conseillere conseillers logements loge loger logee logement traducteurs traduction traductrice traduire"
)
