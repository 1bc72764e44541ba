"""English, in the French words that every layer reads: what people answer with, the longest first."""

SAID = {
    # yes and no
    "yeah": "oui", "yea": "oui", "yup": "oui", "yes": "oui", "sure": "d'accord", "of course": "bien sûr",
    "that's fine": "d'accord", "that is fine": "d'accord", "that's ok": "d'accord", "that is ok": "d'accord",
    "it's ok": "d'accord", "it's fine": "d'accord", "fine": "d'accord", "all right": "d'accord", "alright": "d'accord",
    "sounds good": "d'accord", "perfect": "parfait", "i agree": "d'accord", "i accept": "j'accepte",
    "i confirm": "je confirme", "i'm coming": "je viens", "i am coming": "je viens", "i will come": "je viens",
    "i'll come": "je viens", "i will be there": "je serai là", "i'll be there": "je serai là",
    "we are coming": "on vient", "we will come": "on vient", "please": "svp", "thank you": "merci",
    "thank you very much": "merci beaucoup", "many thanks": "merci", "thanks": "merci", "bye": "au revoir",
    "goodbye": "au revoir", "good morning": "bonjour", "good afternoon": "bonjour", "good evening": "bonsoir",
    "hello": "bonjour", "hi": "bonjour",
    "no thanks": "non merci", "no thank you": "non merci", "nope": "non", "no": "non", "not really": "non",
    "i don't want": "je ne veux pas", "i do not want": "je ne veux pas", "not now": "pas maintenant",
    "but": "mais", "not": "pas", "never": "jamais", "instead": "plutot", "rather": "plutot", "except": "sauf",
    "wait": "attendez", "cancel": "annuler",
    "i don't understand": "je ne comprends pas", "i do not understand": "je ne comprends pas",
    "i don't know": "je ne sais pas", "i do not know": "je ne sais pas", "what": "quoi", "who are you": "qui êtes vous",
    # which one
    "the first one": "le premier", "the second one": "le deuxième", "the third one": "le troisième",
    "the first": "le premier", "the second": "le deuxième", "the third": "le troisième", "the fourth": "le quatrième",
    "first": "premier", "second": "deuxième", "third": "troisième", "fourth": "quatrième",
    "one": "un", "two": "deux", "three": "trois", "four": "quatre", "number": "numéro",
    "another": "un autre", "another one": "un autre", "another child": "un autre enfant", "other": "autre",
    "someone else": "une autre personne", "somebody else": "une autre personne", "for me": "pour moi", "myself": "moi",
    # what for
    "appointment": "rdv", "appointments": "rdv", "my appointment": "mon rdv", "my appointments": "mes rdv",
    "i need": "je voudrais", "i want": "je voudrais", "i would like": "je voudrais", "i'd like": "je voudrais",
    "social worker": "assistante sociale", "midwife": "sage-femme", "nurse": "puéricultrice",
    "nursery nurse": "puéricultrice", "child nurse": "puéricultrice", "home visit": "à domicile", "at home": "à domicile",
    "doctor": "médecin", "baby check": "consultation PMI", "baby clinic": "consultation PMI",
    "child check": "consultation PMI", "money": "budget", "debt": "budget", "workshop": "atelier",
    # when
    "today": "aujourd'hui", "tomorrow": "demain", "morning": "matin", "in the morning": "matin",
    "afternoon": "après-midi", "in the afternoon": "après-midi", "evening": "soir", "noon": "midi",
    "next week": "la semaine prochaine", "this week": "cette semaine", "the week after": "la semaine suivante",
    "next month": "le mois prochain", "after": "après", "before": "avant", "any": "n'importe",
    "any day": "n'importe quel jour", "any time": "n'importe quand", "from": "à partir de", "until": "jusqu'à",
    "monday": "lundi", "tuesday": "mardi", "wednesday": "mercredi", "thursday": "jeudi", "friday": "vendredi",
    "saturday": "samedi", "sunday": "dimanche", "mondays": "lundi", "tuesdays": "mardi", "wednesdays": "mercredi",
    "thursdays": "jeudi", "fridays": "vendredi", "saturdays": "samedi", "next monday": "lundi prochain",
    "next tuesday": "mardi prochain", "next wednesday": "mercredi prochain", "next thursday": "jeudi prochain",
    "next friday": "vendredi prochain", "next saturday": "samedi prochain", "on monday": "lundi",
    "on tuesday": "mardi", "on wednesday": "mercredi", "on thursday": "jeudi", "on friday": "vendredi",
    "on saturday": "samedi", "tue": "mardi", "tues": "mardi", "wed": "mercredi", "thu": "jeudi", "thur": "jeudi",
    "thurs": "jeudi", "fri": "vendredi",
    "my son": "mon fils", "my daughter": "ma fille", "my baby": "mon bébé",
}  # fmt: skip
INTRODUCED = {
    "first name": "prénom", "last name": "nom", "family name": "nom", "surname": "nom",
    "my name is": "", "his name is": "", "her name is": "", "the name is": "", "name is": "", "name": "", "i am": "",
    "i'm": "", "it's for": "", "it is for": "", "it's": "", "this is": "", "for": "", "my son": "", "my daughter": "",
    "my baby": "", "my child": "", "hello": "", "hi": "", "please": "", "thanks": "", "thank you": "",
    "date of birth is": "née le", "date of birth": "née le", "born on the": "née le", "born on": "née le",
    "born the": "née le", "born": "née le",
}  # fmt: skip
"""Around a name: nothing else of it is touched."""
MONTHS = {
    "january": "janvier", "jan": "janvier", "february": "février", "feb": "février", "march": "mars", "mar": "mars",
    "april": "avril", "apr": "avril", "may": "mai", "june": "juin", "jun": "juin", "july": "juillet",
    "jul": "juillet", "august": "août", "aug": "août", "september": "septembre", "sept": "septembre",
    "sep": "septembre", "october": "octobre", "oct": "octobre", "november": "novembre", "nov": "novembre",
    "december": "décembre", "dec": "décembre",
}  # fmt: skip
"""Beside a number only: "May" is a name, and "March" a verb."""
