"""The agenda: who can be met, where, when, and who is coming. One word per thing:

Territoire      a département: its time zone, its holidays, its organisations
Organisation    a house of the territoire (an MDS); its phone, its hours, the numbers it answers by message
Lieu            an address where an organisation receives
Agent           somebody who receives, of one service, in one or several organisations
Motif           what an RDV is for: its duration, its delays, what the usager must read
Plage           when an agent receives, where, for which motifs (plage d'ouverture)
Absence         when an agent does not
Creneau         a free start for a motif at a lieu, computed, never stored
Hold            a créneau kept for ten minutes while its usager confirms
Rdv             an appointment; a séance when its motif is collective
Participation   one person in one RDV, with a status of its own
Usager          a person served; a proche is an usager whose responsables answer for them
Attente         a place in a waiting list
Occupation      a stretch of an agent's time taken by a living RDV or by a hold: the table nobody can double-book
Avis            something somebody must be told: a fact, a person, a due time
Trace           one line of an object's history: who, when, which field, before, after
Desk            what one usager may ask of the agenda, as verbs
"""
