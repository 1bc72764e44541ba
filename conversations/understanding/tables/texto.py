"""Texto: how people text French, as tables from what is typed to the word that is meant. Plain letters throughout."""

MEANT = {
    # who, what, where
    "pouce": "oui",
    "koi kwa koa qoi qoa": "quoi",
    "ki kii": "qui",
    "ke qe q k": "que",
    "kel kelle kels quelle quels quelles quell": "quel",
    "kan kand qd qand qan kant": "quand",
    "komen comen coment commen cmt cment kommen komment": "comment",
    "pk pkoi pq prk pourkoi prq pkw pourquoi": "pourquoi",
    "pcq psk psq pck parsk parske parceque": "parce que",
    "keske kesk kes qesque keskeu kesseke qeske": "que est ce que",
    "eske esk esque eskeu estceque esce": "est ce que",
    "qqn qq1 qlq1 kelkun quelquun qqun qlqun kelk1 qlqn qqin": "quelquun",
    "qqch qqc qlqch qlqchose kelkechose": "quelquechose",
    # small words
    "pr pou prr": "pour",
    "ds dan dns": "dans",
    "ac avc avk ak": "avec",
    "ss": "sans",
    "vs vou vouz vouss ws": "vous",
    "ns nou": "nous",
    "tt tou": "tout",
    "tte": "toute",
    "ts": "tous",
    "pa ps": "pas",
    "plu pluss": "plus",
    "tro": "trop",
    "jms jamai": "jamais",
    "tjs tjr tjrs toujour tjour": "toujours",
    "bcp bocou boku bcoup beaucou bocoup bp": "beaucoup",
    "mm": "meme",
    "oci ossi aussi": "aussi",
    "deja dja": "deja",
    "encor enkor encore": "encore",
    "mnt maint mtn maintenan mnan": "maintenant",
    "auj ajd aujourdui ojd ojourdui aujourdhui aujourd8 ajdui": "aujourdhui",
    "tlj": "tous les jours",
    "ptetr ptet peutetre peutetr pitetre": "peutetre",
    "jusqua juska jusko": "jusque a",
    "jusk jusqu jusqe": "jusque",
    "apre apres aprs ap": "apres",
    "avan": "avant",
    "biento": "bientot",
    "ver": "vers",
    # I am, I have, it is
    "g gai": "je ai",
    "gt": "je etais",
    "c cest sest": "c est",
    "cetait ctait cete": "c etait",
    "chui chuis chui chu jss": "je suis",
    "sui": "suis",
    "peut peus peuvent": "peux",
    "veu veut veus ve": "veux",
    "arete areter aretez arette aretter arretter arrette": "arrete",
    "fis fisse": "fils",
    "ariv arive arriv ariver": "arrive",
    "pueri puer puericultrise puericultris": "puericultrice",
    "voudrai voudrais voudrait voudre vodrai voudrions voudrez": "voudrais",
    "aimerai aimerais aimerait aimrais aimerions": "aimerais",
    "pourra pourras pourrai pourrais pourrait pourai pourais pourait pourrons pourrions poure": "pourrais",
    "serais sere seres seront serons sera serait": "serai",
    "viendrai viendrais viendrait viendra viendrons viendre": "viendrai",
    "vien viens vient vienne venons viendrez": "viens",
    "doit doi doient devons": "dois",
    "fai fait": "fais",
    "prend pren": "prends",
    "choisi choisie choisit": "choisis",
    "compren comprend compri": "comprends",
    "conais connai connait conai": "connais",
    "attend atend atten": "attends",
    "fo fau": "faut",
    "orai aurais aurai aurait orais": "aurais",
    "etait etai": "etais",
    "etes ete": "etes",
    "parl parles parlent": "parle",
    # yes, no, politeness
    "ui wi uii ouai ouais oue ouep oui ouii yep yup yess ouiiii owi": "oui",
    "nn nan non nop nope naan nnn nnon naaan": "non",
    "oki okk okey okay okai oky okok okei oke": "ok",
    "dac dacc dak dako daccord daccor dakor dakord dacord": "daccord",
    "bjr bonjr bojour bonjou bjour bonjours bonjoure bonojur bonjor": "bonjour",
    "bsr bonsoire": "bonsoir",
    "slt salu salut": "salut",
    "cc kikou koukou coucou": "coucou",
    "mersi merc mrc mci merki merciii mercii": "merci",
    "stp svp plz pls": "svp",
    "dsl desoler desolee dsle deso dezole": "desole",
    "nikel nickel niquel nikelle": "nickel",
    "inchallah inshallah inchalla inchaallah nchallah inshaallah": "inchallah",
    # the trade's words
    "rdvs rv rdvv rendezvous randevous rendevous randezvous rdvous randevou rendevou rendezvou rdvou": "rdv",
    "creno crenau crenaux creneaux creneau crenos crenneau": "creneau",
    "vacin vacins vaccins vaxin vaxins vaccin vaccun vaksin vaksain vacc1 vac1 vacin vaccain": "vaccin",
    "vaccination vacination vaccinations vacinassion": "vaccin",
    "vaccine vaccinee vaccinees vaccines": "vacciner",
    "bb bebes bebe bbe beber": "bebe",
    "enf": "enfant",
    "mss mess mesage messages msg texto textos sms mesages message": "sms",
    "tel telefone telefon phone telephones": "telephone",
    "num numeros numro nro": "numero",
    "tps tem": "temps",
    "pb pbm pblm probleme problemes soucis souci pbs": "souci",
    "possib posible possibl": "possible",
    "disp dispos disponible disponibles disponibilite disponibilites": "dispo",
    "adress adresses adres": "adresse",
    "horaires horaire orair oraire oraires": "horaire",
    "heur heures heure eure lheure": "heure",
    "papier papiers": "papiers",
    "asistante assistant asistant assistantes assitante assistente": "assistante",
    "social sociales sosial sociaux sosiale": "sociale",
    "sage sag saje": "sage",
    "femme fam fame femmes": "femme",
    "atelier ateliers": "atelier",
    "fair": "faire",
    "ramene ramener amene amener apporter aporter apporte ramenner emener": "apporter",
    "anuler anule anulez anulle annulle annuller anulation annulee annul anulee": "annuler",
    "oubli oublie oublier": "oublie",
    "aprem aprm apreme apremidi aprmidi apresmidi": "aprem",
    "matine matinee mat": "matin",
    "dem1 2main dmain demin dm1 2m1 demai deman": "demain",
    "merkredi mercredis mercrdi": "mercredi",
    "lindi lundis": "lundi",
    "mardis": "mardi",
    "jeudis judi": "jeudi",
    "vendredis vandredi vendre10": "vendredi",
    "samedis same10": "samedi",
    "sem semaines": "semaine",
}  # fmt: skip
"""What is typed, several spellings to a line, and the words meant."""

PAIRS = {
    "rendez vous": "rdv", "rende vous": "rdv", "rende vou": "rdv", "rendez vs": "rdv", "rendre vous": "rdv",
    "rande vous": "rdv", "ran de vou": "rdv", "rand vous": "rdv",
    "ce est": "c est", "ce quoi": "c est quoi", "ce quand": "c est quand", "ce ou": "c est ou",
    "c est est": "c est", "c est etait": "c etait", "ca est": "c est",
    "mai pas": "mais pas", "mai pa": "mais pas",
    "se il vous plait": "svp", "se il te plait": "svp", "se vous plait": "svp", "si vous plait": "svp",
    "si te plait": "svp", "sil vous plait": "svp", "silvouplait": "svp", "se il vous plais": "svp",
    "de accord": "daccord", "d accord": "daccord", "aujourd hui": "aujourdhui", "aujour d hui": "aujourdhui",
    "aujourd huit": "aujourdhui",
    "quelqu un": "quelquun", "quelque un": "quelquun", "quelque chose": "quelquechose", "quel que chose": "quelquechose",
    "importe quel": "nimporte quel", "ne importe": "nimporte",
    "apres midi": "aprem", "apre midi": "aprem", "week end": "weekend", "peux etre": "peutetre",
    "sa marche": "ca marche", "sa me": "ca me", "sa va": "ca va", "sa fais": "ca fais", "sa roule": "ca roule",
    "sa depend": "ca depend", "sa convient": "ca convient", "sa suffit": "ca suffit", "sa sera": "ca sera",
    "est sa": "est ca", "quoi sa": "quoi ca", "avec sa": "avec ca", "comme sa": "comme ca",
    "demande sa": "demande ca", "demandez sa": "demandez ca", "sa se": "ca se",
    "je peu": "je peux", "je peus": "je peux", "je pe": "je peux", "je ve": "je veux", "pas peu": "pas peux",
    "on peu": "on peux", "ya": "y a", "ia": "y a", "yatil": "y a", "ya til": "y a", "y a til": "y a",
    "vous ave": "vous avez", "vous avai": "vous avez",
    "ses pour": "c est pour", "ces pour": "c est pour", "ses quoi": "c est quoi",
    "ses ou": "c est ou", "ses quand": "c est quand", "ces quand": "c est quand", "ces ou": "c est ou",
    "ces quoi": "c est quoi", "s est quoi": "c est quoi", "s est ou": "c est ou", "s est quand": "c est quand",
    "il ne": "il", "on ne": "on", "vous ne": "vous", "elle ne": "elle",
    "ca ne": "ca", "ce etait": "c etait",
    "assistante soc": "assistante sociale",
    "a tu": "as tu", "je sui": "je suis", "je est": "je ai", "tout suite": "tout de suite", "en faite": "en fait",
    "tous le monde": "tout le monde", "tou les": "tous les", "tout les": "tous les", "je etais": "je etais",
}  # fmt: skip
"""Words that mean something together."""

AFTER_JE = (
    "ai aurais aimerais annule arrive arrives attends avais accepte apporte appelle cherche choisis comprends confirme "
    "connais decale demande dois dors doute etais fais habite ira irai irais laisse me mappelle men ne pars pense peux "
    "peu pe pourrais prefere prends prefererais rappelle recois reviens sais sens serai suis te travaille trouve vais "
    "valide veux viens viendrai viendrais vis vois voudrais vous y en le la les souhaite souhaiterais crois arriv ariv "
    "arivé tue garde reste signe supprime deplace reporte change refuse mange parle perds quitte saigne cherchais "
    "doi voulais voudrez savais avai vai tiens ressens attendais"
)
"""What the j of "jveux", "jpeux", "jarrive" is glued to."""

ELIDED = (
    "heure heures adresse autre autres attente ecole hopital aprem apres appart appartement assistante enfant enfants "
    "est arrive aider aide appeler appelle avancer annuler annule avance etage entree etais ecris envoyer embete "
    "il on elle une un aller avoir etre ici abord argent allaitement atelier anglais arabe urgence expulsion aah apl "
    "agent abri accueil habite inscrire inscription occupe ai alerte arret avait a"
)
"""What the l, d, m, n, s or qu of "lheure", "dautre", "maider" is glued to."""
NOT_ELIDED = (
    "mai mon mes ma la sa ta na da nest lest test dest mest dun sun lun nun tune lune dune dont mont tout nous sous "
    "nous lon son ton mon non sil lai dai nai tai sai mai del mil nil til selle telle nelle melle dailleurs quelle "
    "naitre maitre savoir paitre site dit lit mit sagent"
)
"""Words that only look so."""
