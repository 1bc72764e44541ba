"""Take an RDV.

U  bonjour je voudrais un rdv pour mon bébé
B  MDS Arras, bonjour. Pour quel RDV ?
   1 Consultation PMI
   2 Puéricultrice à domicile
   3 Assistante sociale
   4 Conseil budget
   Répondez 1, 2, 3 ou 4, ou SUITE. AIDE pour une personne.
U  1
B  Consultation PMI, 30 min, sur place. A lire avant : Apportez le carnet de santé. Répondez OUI si c'est bon pour vous.
U  oui
B  Pour quel enfant ? Envoyez son prénom, son nom et sa date de naissance. Ex : Léa Martin 14/03/2025
U  lea martin née le 14 mars 2025
B  Et vous, votre prénom et votre nom ?
U  Marie Martin
B  Prochains RDV à MDS Arras Sud :
   1 lun 23 nov 9h
   2 lun 23 nov 9h30
   3 jeu 26 nov 9h
   Répondez 1, 2 ou 3, SUITE, ou un jour (ex : jeudi matin).
U  plutot jeudi
B  Jeu 26 nov, MDS Arras Sud :
   1 9h
   2 10h
   3 10h30
   Répondez 1, 2 ou 3, SUITE, ou un autre jour.
U  10h
B  Je garde jeu 26 nov 10h pour Lea, MDS Arras Sud, 12 rue des Rosati, Arras, pendant 10 min. OUI pour réserver, RETOUR pour changer.
U  ok
B  C'est réservé : Lea, jeu 26 nov 10h, MDS Arras Sud, 12 rue des Rosati, Arras. Sonnez à l'interphone PMI. Empeché ? Répondez ANNULER.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from booking.desk import Desk
from booking.models import TypeMotif
from booking.vues import MotifVu, Personne
from conversations import lists
from conversations.creneaux import ChooseLieu, offer
from conversations.draft import Draft
from conversations.engine import Step, Turn, end, go, miss
from conversations.messages import Say, Value, say
from conversations.person import appelez
from conversations.understanding import Context, Heard

MINIMAL_ADRESSE = 3
"""Words: "chez moi" is not somewhere an agent can go."""


def open_book(heard: Heard, desk: Desk) -> Turn:
    """Start, with whatever the first message already says: the motif, for whom, when."""
    motifs = desk.motifs()
    if not motifs:
        return end(say("greet.nothing_online", organisation=desk.organisation, personne=appelez(desk)))
    draft = Draft(souhait=heard.souhait, pour=_named(heard, desk.proches()))
    named = heard.names([motif.libelle for motif in motifs])
    if named is not None:
        return next_question(replace(draft, motif=motifs[named].ref), desk)
    step = ChooseMotif(draft, tuple(motif.ref for motif in motifs), tuple(motif.libelle for motif in motifs))
    return Turn((step.greet(desk.organisation, is_clear=heard.wants_rdv or heard.word is not None),), step)


def reopen(desk: Desk) -> Turn:
    """The question came too late: say so, and start again."""
    motifs = desk.motifs()
    if not motifs:
        return end(say("greet.nothing_online", organisation=desk.organisation, personne=appelez(desk)))
    step = ChooseMotif(Draft(), tuple(m.ref for m in motifs), tuple(m.libelle for m in motifs))
    return Turn((step.list("greet.late", organisation=desk.organisation),), step)


def next_question(draft: Draft, desk: Desk) -> Turn:
    """The first thing still missing, in the order people expect it."""
    motif = desk.motif(draft.motif_ref)
    if motif.instructions and not draft.lu:
        return go(_instructions(draft, motif, desk))
    if (question := _who(draft, motif, desk)) is not None:
        return question
    draft = _settled(draft, motif, desk)
    if motif.type is TypeMotif.DOMICILE and draft.adresse is None:
        known = desk.known_adresse(draft.sender)
        if known is None:
            return go(AskAdresse(draft))
        draft = replace(draft, adresse=known)
    return _where(draft, motif, desk)


@dataclass(frozen=True)
class ChooseMotif(Step, key="book.motif", scene="choix_motif", context=Context.CHOOSING_MOTIF):
    draft: Draft
    motifs: tuple[str, ...]
    libelles: tuple[str, ...]
    first: int = 0

    @property
    def shown(self) -> tuple[str, ...]:
        return lists.page(self.libelles, self.first)

    def list(self, key: str, **values: Value) -> Say:
        suffix = "_suite" if lists.has_more(self.libelles, self.first) else ""
        return Say(f"{key}{suffix}", values, self.shown)

    def greet(self, organisation: str, *, is_clear: bool) -> Say:
        return self.list("greet.motif" if is_clear else "greet.unclear", organisation=organisation)

    def ask(self) -> Say:
        return self.list("book.motif")

    def ask_again(self) -> Say:
        return say("book.motif_again", options=self.shown)

    def more(self, desk: Desk) -> Turn:
        if not lists.has_more(self.libelles, self.first):
            return go(replace(self, first=0))
        return go(replace(self, first=self.first + lists.LINES))

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        chosen = heard.pick(self.shown)
        place = None if chosen is None else self.first + chosen
        if place is None:
            place = heard.names(self.libelles)
        if place is None:
            return miss(self)
        draft = replace(
            self.draft,
            motif=self.motifs[place],
            souhait=heard.souhait or self.draft.souhait,
            pour=self.draft.pour or _named(heard, desk.proches()),
        )
        return next_question(draft, desk)


def _instructions(draft: Draft, motif: MotifVu, desk: Desk) -> "Instructions":
    return Instructions(
        draft,
        motif=motif.libelle,
        duree=motif.duree_min,
        type=motif.type,
        instructions=_ended(motif.instructions),
        prenom=draft.pour.prenom if draft.pour else None,
        discret=desk.is_discreet_for(motif.ref),
    )


def _ended(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text.rstrip()}."


@dataclass(frozen=True)
class Instructions(Step, key="book.instructions", scene="instructions", context=Context.ACCEPTING_INSTRUCTIONS):
    draft: Draft
    motif: str
    duree: int
    type: TypeMotif
    instructions: str
    prenom: str | None = None
    discret: bool = False

    def ask(self) -> Say:
        if self.discret:
            return say("book.instructions_discret", instructions=self.instructions)
        facts: dict[str, Value] = {
            "motif": self.motif,
            "duree": self.duree,
            "ou": say(f"book.{self.type}"),
            "instructions": self.instructions,
        }
        if self.prenom:
            return Say("book.instructions_pour", {"prenom": self.prenom, **facts})
        return Say("book.instructions", facts)

    def ask_again(self) -> Say:
        return say("book.instructions_again")

    def reread(self) -> Say:
        return self.ask()

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        match heard.yes_or_no:
            case True:
                return next_question(replace(self.draft, lu=True, souhait=heard.souhait or self.draft.souhait), desk)
            case False:
                return end(say("book.refused"))
            case None:
                return miss(self)


# For whom


def _who(draft: Draft, motif: MotifVu, desk: Desk) -> Turn | None:
    """Ask for whom the RDV is, and who is writing, unless it is known."""
    if draft.pour is not None and (draft.moi is not None or desk.people()):
        return None
    if motif.pour_un_proche:
        return _who_child(draft, desk)
    people = desk.people()
    if draft.pour is None and len(people) > 1:
        return go(_for_whom(draft, people, "book.autre_personne"))
    return None if people else go(AskMe(draft, seul=True))


def _who_child(draft: Draft, desk: Desk) -> Turn:
    if draft.pour is not None:
        return go(AskMe(draft))
    proches = desk.proches()
    return go(_for_whom(draft, proches, "book.autre_enfant") if proches else AskChild(draft))


def _for_whom(draft: Draft, people: tuple[Personne, ...], other: str) -> "ForWhom":
    return ForWhom(draft, people[: lists.LINES - 1], other)


def _settled(draft: Draft, motif: MotifVu, desk: Desk) -> Draft:
    """Who is writing and for whom, once nothing more is to be asked."""
    moi = draft.moi or next(iter(desk.people()), None)
    return replace(draft, moi=moi, pour=draft.pour or moi)


def _named(heard: Heard, people: tuple[Personne, ...]) -> Personne | None:
    """The one of these people whose first name is said."""
    named = heard.names([person.prenom for person in people])
    return None if named is None else people[named]


@dataclass(frozen=True)
class ForWhom(Step, key="book.pour_qui", scene="choix_personne", context=Context.CHOOSING_CHILD):
    draft: Draft
    people: tuple[Personne, ...]
    other: str

    @property
    def shown(self) -> tuple[Value, ...]:
        return (*(person.prenom for person in self.people), say(self.other))

    def ask(self) -> Say:
        return say("book.pour_qui", options=self.shown)

    def ask_again(self) -> Say:
        return say("book.pour_qui_again", options=self.shown)

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        names = [person.prenom for person in self.people]
        chosen = heard.pick([*names, "un autre une autre"])
        is_child = self.other == "book.autre_enfant"
        if chosen is None and heard.identity.has_names:
            return (AskChild(self.draft) if is_child else AskMe(self.draft, seul=True)).hear(heard, desk)
        if chosen is None:
            return miss(self)
        if chosen == len(self.people):
            return go(AskChild(self.draft) if is_child else AskMe(self.draft, seul=True))
        return next_question(self._chosen(self.people[chosen], is_child=is_child), desk)

    def _chosen(self, person: Personne, *, is_child: bool) -> Draft:
        return replace(self.draft, pour=person, moi=self.draft.moi if is_child else person)


@dataclass(frozen=True)
class AskChild(Step, key="book.enfant", scene="identite_enfant", context=Context.ENTERING_NAME):
    draft: Draft
    prenom: str | None = None
    nom: str | None = None
    naissance: str | None = None
    """ISO date, kept while the names are still missing."""

    def ask(self) -> Say:
        if self.prenom and self.nom:
            return say("book.enfant_naissance")
        if self.prenom:
            return say("book.enfant_famille")
        return say("book.enfant_nom" if self.naissance else "book.enfant")

    def ask_again(self) -> Say:
        return say("book.enfant_again") if not (self.prenom or self.naissance) else self.ask()

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        given = heard.identity
        if given.impossible:
            return Turn((say("book.naissance_impossible"),), self._with(given.prenom, given.nom, None), missed=True)
        born = given.naissance.isoformat() if given.naissance else self.naissance
        known = self._with(given.prenom, given.nom, born)
        if known == self:
            return miss(self)
        if not (known.prenom and known.nom and known.naissance):
            return go(known)
        child = Personne(known.prenom, known.nom, datetime.fromisoformat(known.naissance).date())
        return next_question(replace(self.draft, pour=child), desk)

    def _with(self, prenom: str | None, nom: str | None, naissance: str | None) -> "AskChild":
        """What is known once these are added; a first name alone waits for its last name."""
        if prenom and nom:
            return replace(self, prenom=prenom, nom=nom, naissance=naissance)
        if self.prenom and self.nom is None and prenom:
            return replace(self, nom=prenom, naissance=naissance)
        return replace(self, prenom=self.prenom or prenom, naissance=naissance)


@dataclass(frozen=True)
class AskMe(Step, key="book.moi", scene="identite_usager", context=Context.ENTERING_NAME):
    draft: Draft
    seul: bool = False
    """The RDV is for the person writing."""

    def ask(self) -> Say:
        return say("book.moi_seul" if self.seul else "book.moi")

    def ask_again(self) -> Say:
        return say("book.moi_again")

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        given = heard.identity
        if given.prenom is None or given.nom is None:
            return miss(self)
        me = Personne(given.prenom, given.nom, given.naissance)
        return next_question(replace(self.draft, moi=me, pour=me if self.seul else self.draft.pour), desk)


@dataclass(frozen=True)
class AskAdresse(Step, key="book.adresse", scene="adresse", context=Context.ENTERING_NAME):
    draft: Draft

    def ask(self) -> Say:
        return say("book.adresse")

    def ask_again(self) -> Say:
        return say("book.adresse_again")

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        given = " ".join(heard.text.split())
        if len(given.split()) < MINIMAL_ADRESSE:
            return miss(self)
        return next_question(replace(self.draft, adresse=given[:200]), desk)


# Where and when


def _where(draft: Draft, motif: MotifVu, desk: Desk) -> Turn:
    """Ask where, when there is a choice; a discreet RDV names no place, so it is not asked."""
    if draft.lieu is None and motif.type is TypeMotif.SUR_PLACE and not desk.is_discreet_for(motif.ref):
        lieux = desk.lieux(motif.ref, draft.pour)
        if len(lieux) > 1:
            return go(ChooseLieu(draft, lieux))
        draft = replace(draft, lieu=lieux[0].ref if lieux else None)
    return offer(draft, desk)
