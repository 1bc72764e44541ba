"""Motifs: the words for what the services do; a territory maps its own motifs on these."""

MOTIFS = (
    ("pmi_vaccin", """
        vaccin
        vacciner
        (piqure / piqures / injection)
        rappel (des / de / du / #) (# / vaccin / mois / ans / dtp)
        (rappel / rappels) de vaccin
        (bcg / rougeole / ror / dtp / hexavalent / meningite / meningocoque / prevenar / infanrix)
        vaccine
        (vaccination / vaccinations)
    """),
    ("pmi_pesee", """
        (pesee / pesees / peser / pese / poids / balance)
        puericultrice
        puericult*
        (prend / prends / perd) pas de (poids / poid)
        poid
        (allaite / allaiter / allaitement / tetee / tetees / biberon / sein / biberons)
        (conseils / conseil) (bebe / alimentation / sommeil / puericultrice)
        (fais / fait / faire) (pas / plus) (ses / de / les) nuits
        (sommeil / nuits / coliques / diversification) .. (bebe / enfant / fils / fille / petit)
        (bebe / fils / fille / petit / petite) .. (dort pas / dort mal / dort plus / coliques / mange pas / mange rien / pleure la nuit / regurgit*)
        infirmiere puericultrice
        weigh*
    """),
    ("sage_femme", """
        sage femme
        enceinte
        (grossesse / maternite / accouchement / prenatal / prenatale / postnatal / postnatale / echographie / echo)
        (preparation / prepa) .. naissance
        (suivi / declaration) (de / / la) grossesse
        (reeducation / perinee)
        entretien (prenatal / du 4eme mois / 4eme mois)
        attends (un enfant / un bebe / mon)
        (apres / suite de) accouchement
        midwife
        pregnant
    """),
    ("planification", """
        (contraception / contraceptif / contraceptifs / pilule / sterilet / implant / preservatif / preservatifs / diu / patch)
        (ivg / avortement / avorter / interruption)
        retard de (regles / regle)
        (regles / regle) en retard
        planning familial
        planification
        (depistage / ist / mst / vih / sida / chlamydia / frottis / gyneco / gynecologue / gynecologique)
        test (de / / du) grossesse
        (lendemain / lendemin)
        (peur / pense) .. etre enceinte
        (suis / etre) peutetre enceinte
        (veux / voudrais) pas (garder / de cette) .. grossesse
        rapport (non protege / sans protection / a risque)
        abortion
    """),
    ("assistante_sociale", """
        assistante sociale
        assistante
        ^ as $
        (une / rdv / mon / mes / voir / avec / le) as !le|la|un|une
        (travailleur / travailleuse / service / services / aide / suivi / accompagnement) (social / sociale)
        conseillere sociale
        (social worker / trabajadora social)
        (educateur / educatrice)
    """),
    ("rsa", """
        rsa
        (contrat / contrats) (d / de /) (engagement / insertion / engagements)
        (cer / pppe)
        (revenu de solidarite / orientation rsa / insertion / referent rsa / referent unique)
        prime de activite
    """),
    ("logement", """
        (logement / loyer / loyers / expulsion / expulse / expulsee / bailleur / hlm / fsl / apl / proprietaire / bail / appartement / appart / dalo / hebergement / demenagement / demenager / locataire / locatif / habitat / insalubre / moisissure / punaises / huissier / caution / relogement / impayes / impaye)
        avis (de / d) expulsion
        dettes de loyer
        housing
    """),
    ("aide_financiere", """
        (aide / aides / secours / soutien) (financiere / financieres / financier / urgence / exceptionnelle / alimentaire / alimentaires / pour payer / pour manger / argent)
        (facture / factures / edf / gdf / engie / electricite / gaz / dettes / dette / surendettement / banque de france / budget / argent / endettement / decouvert / finances)
        (colis / bon / bons / panier / banque / epicerie) (alimentaire / alimentaires / sociale / solidaire / de nourriture)
        (plus / rien) .. (argent / manger / euros / sou / sous)
        (manger / nourriture / courses / frigo) .. (enfants / plus / vide / mois)
        (frigo / compte) vide
        (restos / resto) (du / de) coeur
        (need / help) .. (food / money)
        (couches / lait) .. (payer / plus / acheter)
        (fin de mois / fins de mois / fin du mois) difficile*
        (payer / regler) .. (facture / cantine / loyer / electricite / edf / gaz / couches / creche)
    """),
    ("mdph", """
        (mdph / mda / aah / aeeh / handicap / handicape / handicapee / rqth / pch / cmi / avs / aesh / ulis)
        (carte / dossier / reconnaissance) (invalidite / handicap* / mobilite / stationnement handicape)
        (autiste / autisme / tdah / dys / trisom*)
        invalidite
        macaron
        allocation adulte
    """),
    ("apa", """
        (apa / autonomie / dependance / gir / ehpad / aide menagere / portage de repas / personnes agees / personne agee / perte de autonomie / maintien a domicile / aidant / aidants / auxiliaire de vie)
        (aide / auxiliaire) (a / de) (domicile / vie)
        (mere / pere / mamie / papi / grand mere / grand pere / parents) .. (age / agee / ages / tombe souvent / oublie / alzheimer / seule a la maison / autonome / plus se laver / plus seule)
        alzheimer
        teleassistance
    """),
    ("numerique", """
        (numerique / internet / ordinateur / ordi / informatique / scanner / imprimer / imprimante / smartphone / ameli / franceconnect / identifiant / mot de passe / en ligne / aidant numerique / tablette / mail)
        (remplir / faire / completer / comprendre) .. (dossier / formulaire / formulaires / papiers / demarche / demarches / declaration / papier / document / documents / demande en ligne) !enceinte
        (demarche / demarches) (en ligne / administrative / administratives / internet)
        (aide / coup de main) .. (dossier / papiers / demarches / formulaire / formulaires / administratif / declaration)
        (creer / ouvrir / acceder) .. (compte / espace) .. (caf / ameli / en ligne / personnel / france)
        site .. (caf / marche pas / impots)
        conseiller numerique
        france services
    """),
    ("pmi_suivi", """
        pmi
        (pediatre / docteur / medecin / toubib / doctor / pediatrician) !traitant
        (consultation / suivi / visite / bilan / controle / examen) (pmi / pediatrique / de controle / bebe / enfant / medicale / nourrisson / des / du / pour / mois / de sante / medecin / obligatoire)
        (visite / bilan / suivi / examen / controle) (des / du / de / de ses / obligatoire) (# / un an / deux ans / trois ans / quatre / neuf / mois / developpement)
        (il / elle / fils / fille / bebe / enfant / petit / petite) .. (parle / marche / voit / entend / tient) (pas / toujours pas / encore pas / mal) (bien / encore /) $
        (fievre / boutons / eczema / rhume / tousse / toux / vomit / diarrhee / gastro / plaques / bronchiolite / otite / fesses rouges)
        consultation
        (baby / child / kid / daughter / son) .. (doctor / check)
    """),
)  # fmt: skip

WORKSHOPS = (
    ("francais", "francais french fle alphabetisation"),
    ("allaitement", "allaitement allaiter sein"),
    ("cuisine", "cuisine cuisiner cuisiniere recettes"),
    ("budget", "budget"),
    ("portage", "portage echarpe"),
    ("massage", "massage massages"),
    ("parentalite", "parentalite parents"),
    ("numerique", "numerique informatique ordinateur internet"),
    ("naissance", "naissance accouchement prenatal"),
    ("sport", "sport gym yoga marche"),
    ("couture", "couture"),
    ("jardin", "jardin jardinage"),
    ("cv", "cv emploi"),
    ("alimentation", "alimentation nutrition diversification"),
    ("eveil", "eveil motricite comptines"),
    ("anglais", "anglais"),
    ("sommeil", "sommeil"),
    ("lecture", "lecture contes"),
    ("secours", "secours secourisme"),
    ("jeux", "jeux jeu ludotheque"),
    ("peinture", "peinture dessin"),
    ("velo", "velo"),
    ("logement", "logement"),
    ("couple", "couple"),
    ("chant", "chant musique chorale"),
    ("relaxation", "relaxation sophrologie"),
)

LANGUAGES = {
    "anglais english anglaise": "en", "arabe arabic arab darija": "ar", "espagnol spanish castillan espanol": "es",
    "portugais portuguese bresilien": "pt", "italien italian italiano": "it", "roumain romanian": "ro",
    "turc turkish turque": "tr", "russe russian": "ru", "ukrainien ukrainian ukrainienne": "uk",
    "allemand german deutsch": "de", "dari afghan": "prs", "pachto pashto pachtou pachtoune": "ps",
    "farsi persan persian": "fa", "albanais albanian": "sq", "georgien": "ka", "armenien": "hy",
    "tamoul tamil": "ta", "bengali bangla": "bn", "chinois mandarin chinese": "zh", "somali somalien": "so",
    "soninke": "snk", "bambara": "bm", "peul pular fula": "ff", "wolof": "wo", "lingala": "ln",
    "tigrinya": "ti", "amharique": "am", "kurde": "ku", "serbe": "sr", "polonais": "pl", "vietnamien": "vi",
    "hindi": "hi", "ourdou urdu": "ur", "malgache": "mg", "kabyle berbere": "kab", "swahili": "sw",
    "bulgare": "bg", "hongrois": "hu", "mongol": "mn", "thai": "th", "comorien": "zdj", "mahorais shimaore": "swb",
    "japonais": "ja", "punjabi pendjabi": "pa", "croate": "hr", "bosnien bosniaque": "bs", "macedonien": "mk",
}  # fmt: skip
"""Names of languages, as people write them, and their ISO 639 code."""

WHOM = (
    ("no child", """
        pas pour (un / une / mon / ma / mes / le / la / les / /) <enfant>
    """),
    ("self", """
        (pour / c est pour / rdv pour / est pour) (moi / moi meme / mon compte) !fille|fils
        (moi / moi meme) $
        (suis / je suis) enceinte
    """),
    ("child", """
        (mon / ma / mes / notre / nos / son / le / la / les / ses / leur / # / deux / trois / une / un / l / autre / de) <enfant> !mere|pere|fille_de|soeur|frere|parents|dej*|euh
        (bebe / bebes / nourrisson / jumeaux / jumelles / enfants / enfant)
        (my / the) (baby / son / daughter / child / kids / children)
        (kids / child / baby / daughter / children)
        (pour / avec) (fils / fille)
    """),
    ("other", """
        (mon / ma / mes / notre) (mere / pere / maman / papa / soeur / frere / mari / femme / conjoint / conjointe / amie / ami / tante / oncle / voisine / voisin / belle / beau / cousine / cousin / epoux / epouse / compagnon / compagne / mamie / papi / copine / copain / grand) !me|m|ma|va|travaille|est_la|violent|et_moi
        (pour / de) (quelquun de autre / une amie / un ami / une personne)
    """),
)  # fmt: skip
