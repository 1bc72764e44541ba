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
from booking.vues import MotifVu, OrganisationVue, Personne
from conversations import commune, family, lists
from conversations.creneaux import ChooseLieu, offer
from conversations.draft import Draft
from conversations.engine import Step, Turn, end, go, miss
from conversations.messages import Say, Value, say
from conversations.person import appelez
from conversations.understanding import Context, Heard
from conversations.understanding.identity import Identity
from conversations.understanding.spelling import plain
from conversations.wishes import completed, headed, is_no_name, is_only_when, noted, numero_in, street_in, whole_adresse

AILLEURS = "un autre centre ailleurs autre ville organisation"
"""Words for the line that leads to other organisations."""
SUIVI = "suivi sans référent"
"""Why an agent should look: somebody we do not know asks for who follows them."""


def open_book(heard: Heard, desk: Desk) -> Turn:
    """Start, with whatever the first message already says: the motif, for whom, when."""
    motifs = _opened(desk)
    if not motifs:
        return end(say("greet.nothing_online", organisation=desk.organisation, personne=appelez(desk)))
    if (named := _named(heard, motifs) or _named(heard, desk.elsewhere())) is not None:
        return _introduced(next_question(completed(_of(named, Draft(), desk), heard, desk), desk), desk)
    ordered = _likeliest_first(motifs, heard)
    step = _choose(completed(Draft(), heard, desk), ordered, desk)
    is_clear = heard.wants_rdv or heard.word is not None or ordered != motifs
    return Turn((step.greet(desk.organisation, is_clear=is_clear),), step)


def _introduced(turn: Turn, desk: Desk) -> Turn:
    """Who is speaking: the same whoever is known here, so that nobody learns from it who is."""
    return turn if not turn.says else headed(turn, "greet.bonjour", organisation=desk.organisation)


def reopen(desk: Desk) -> Turn:
    """The question came too late: say so, and start again."""
    motifs = _opened(desk)
    if not motifs:
        return end(say("greet.nothing_online", organisation=desk.organisation, personne=appelez(desk)))
    step = _choose(Draft(), motifs, desk)
    return Turn((step.list("greet.late", organisation=desk.organisation),), step)


Motifs = tuple[tuple[str, str], ...]
"""Names and refs."""


def _opened(desk: Desk) -> Motifs:
    """The motifs of who was written to, those that an agent proposed here first: who said no may change their mind."""
    opened = tuple((motif.libelle, motif.ref) for motif in desk.motifs())
    known = {ref for _, ref in opened}
    proposed = (one.motif for one in desk.proposed() if one.motif not in known)
    # Who sees the screen is not to learn of it.
    shown = (desk.motif(ref) for ref in proposed if not desk.is_discreet_for(ref))
    return (*((motif.libelle, motif.ref) for motif in shown), *opened)


def _of(ref: str, draft: Draft, desk: Desk) -> Draft:
    """The draft for a motif: one that only an agent opens is for whom they proposed it."""
    draft = replace(draft, motif=ref)
    if draft.pour is not None or any(motif.ref == ref for motif in desk.motifs()):
        return draft
    return replace(draft, pour=next((one.pour for one in desk.proposed() if one.motif == ref), None))


def _likeliest_first(motifs: Motifs, heard: Heard) -> Motifs:
    """Those that share what a message says of them before the others: "mdph", where two are about it."""
    likely = heard.several([libelle for libelle, _ in motifs])
    return (*(motifs[place] for place in likely), *(one for place, one in enumerate(motifs) if place not in likely))


def _named(heard: Heard, motifs: Motifs) -> str | None:
    """The ref of the one of these motifs that a message names."""
    named = heard.names([libelle for libelle, _ in motifs])
    return None if named is None else motifs[named][1]


def _choose(draft: Draft, motifs: Motifs, desk: Desk) -> "ChooseMotif":
    refs, libelles = tuple(ref for _, ref in motifs), tuple(libelle for libelle, _ in motifs)
    return ChooseMotif(draft, refs, libelles, ailleurs=bool(desk.organisations()))


def next_question(draft: Draft, desk: Desk) -> Turn:
    """The first thing still missing, in the order people expect it."""
    if draft.combien > family.MOST:
        fewer = next_question(replace(draft, combien=family.MOST), desk)
        return headed(fewer, "book.fratrie_au_plus", combien=family.MOST)
    if not draft.chez and (turn := _with_whom(replace(draft, chez=True), desk)) is not None:
        return turn
    draft, motif = replace(draft, chez=True), desk.motif(draft.motif_ref)
    if motif.suivi and not desk.people():
        return end(say("book.suivi_sans_referent", personne=appelez(desk)), flag=SUIVI)
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
    if motif.type is TypeMotif.TELEPHONE and draft.numero is None:
        numero = desk.known_numero(draft.sender)
        if numero is None:
            return go(AskNumero(draft))
        draft = replace(draft, numero=numero)
    return _where(draft, motif, desk)


@dataclass(frozen=True)
class ChooseMotif(Step, key="book.motif", scene="choix_motif", context=Context.CHOOSING_MOTIF):
    draft: Draft
    motifs: tuple[str, ...]
    libelles: tuple[str, ...]
    first: int = 0
    ailleurs: bool = False
    """Other organisations open motifs too: the last line leads to them."""

    @property
    def lines(self) -> tuple[Value, ...]:
        return (*self.libelles, say("book.ailleurs")) if self.ailleurs else self.libelles

    @property
    def shown(self) -> tuple[Value, ...]:
        return lists.page(self.lines, self.first)

    def list(self, key: str, **values: Value) -> Say:
        suffix = "_suite" if lists.has_more(self.lines, self.first) else ""
        return Say(f"{key}{suffix}", values, self.shown)

    def greet(self, organisation: str, *, is_clear: bool) -> Say:
        return self.list("greet.motif" if is_clear else "greet.unclear", organisation=organisation)

    def ask(self) -> Say:
        return self.list("book.motif")

    def ask_again(self) -> Say:
        return say("book.motif_again", options=self.shown)

    def more(self, desk: Desk) -> Turn:
        if not lists.has_more(self.lines, self.first):
            return go(replace(self, first=0))
        return go(replace(self, first=self.first + lists.LINES))

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        words = (*self.libelles, AILLEURS) if self.ailleurs else self.libelles
        chosen = heard.pick(lists.page(words, self.first))
        place = None if chosen is None else self.first + chosen
        if place is None:
            place = 0 if len(self.lines) == 1 and heard.yes_or_no else heard.names(words)
        if place == len(self.libelles):
            return go(ChooseOrganisation(self.draft, desk.organisations()))
        if place is None and (named := _named(heard, desk.elsewhere())) is not None:
            return next_question(completed(replace(self.draft, motif=named), heard, desk), desk)
        if place is None:
            return self._unnamed(heard, desk)
        return next_question(completed(_of(self.motifs[place], self.draft, desk), heard, desk), desk)

    def _unnamed(self, heard: Heard, desk: Desk) -> Turn:
        """An organisation in place of a motif, or words that several motifs share: what they lead to comes first."""
        others = desk.organisations() if self.ailleurs else ()
        said = heard.names([one.nom for one in others])
        if said is not None:
            return _chosen_at(others[said].ref, completed(self.draft, heard, desk), desk)
        motifs = tuple(zip(self.libelles, self.motifs, strict=True))
        likely = _likeliest_first(motifs, heard)
        if heard.several(self.libelles) and (likely != motifs or self.first):
            return go(_choose(completed(self.draft, heard, desk), likely, desk))
        return noted(replace(self, draft=completed(self.draft, heard, desk)), self)


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
            pour = family.together(self.draft.participants) if self.draft.avec else self.prenom
            return Say("book.instructions_pour", {"prenom": pour, **facts})
        return Say("book.instructions", facts)

    def ask_again(self) -> Say:
        return say("book.instructions_again")

    def reread(self) -> Say:
        return self.ask()

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        told = completed(self.draft, heard, desk)
        match heard.yes_or_no:
            case True:
                return next_question(replace(told, lu=True), desk)
            case False:
                return end(say("book.refused"))
            case None:
                told = _with_named(told, heard, desk)
                return noted(replace(self, draft=told, prenom=told.pour.prenom if told.pour else None), self)


def _with_named(draft: Draft, heard: Heard, desk: Desk) -> Draft:
    """The child whose names and birth date come before they are asked for."""
    given = heard.identity
    is_missing = draft.pour is None and desk.motif(draft.motif_ref).pour_un_proche
    if not is_missing or not (given.prenom and given.nom and given.naissance):
        return draft
    return replace(draft, pour=Personne(given.prenom, given.nom, given.naissance))


# With which organisation


def _with_whom(draft: Draft, desk: Desk) -> Turn | None:
    """Where several organisations offer it: the one that serves where they live, which is asked once. None where it is
    with the organisation that it was chosen at."""
    twins = desk.twins(draft.motif_ref)
    if len(twins) < 2:
        return _told_where(draft, desk)
    if desk.commune is None:
        return go(AskCommune(replace(draft, chez=False)))
    other = twins.get(desk.serving() or "")
    return None if other in (None, draft.motif) else _told_where(replace(draft, motif=other), desk)


def _told_where(draft: Draft, desk: Desk) -> Turn | None:
    """Name an organisation that is not the one they wrote to."""
    organisation = desk.organisation_of(draft.motif_ref)
    if organisation.nom == desk.organisation:
        return None
    turn = next_question(draft, desk)
    return headed(turn, "book.chez", organisation=organisation.nom) if turn.says else turn


@dataclass(frozen=True)
class AskCommune(Step, key="book.commune", scene="commune", context=Context.ENTERING_NAME):
    draft: Draft

    def ask(self) -> Say:
        return say("book.commune")

    def ask_again(self) -> Say:
        return say("book.commune_again")

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        if not commune.settle(heard, desk, is_answer=True):
            return noted(replace(self, draft=completed(self.draft, heard, desk)), self)
        if desk.serving() is None:
            step = ChooseOrganisation(self.draft, desk.organisations())
            return headed(go(step), "book.commune_inconnue")
        return next_question(self.draft, desk)


@dataclass(frozen=True)
class ChooseOrganisation(Step, key="book.organisation", scene="choix_organisation", context=Context.CHOOSING_LIEU):
    draft: Draft
    organisations: tuple[OrganisationVue, ...]
    first: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(one.nom for one in self.organisations)

    @property
    def shown(self) -> tuple[str, ...]:
        return lists.page(self.names, self.first)

    def ask(self) -> Say:
        suffix = "_suite" if lists.has_more(self.names, self.first) else ""
        return say(f"book.organisation{suffix}", options=self.shown)

    def ask_again(self) -> Say:
        return say("book.organisation_again", options=self.shown)

    def more(self, desk: Desk) -> Turn:
        if not lists.has_more(self.names, self.first):
            return go(replace(self, first=0))
        return go(replace(self, first=self.first + lists.LINES))

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        chosen = heard.pick(self.shown)
        place = heard.names(self.names) if chosen is None else self.first + chosen
        draft = completed(self.draft, heard, desk)
        if place is None:
            return noted(replace(self, draft=draft), self)
        return _chosen_at(self.organisations[place].ref, draft, desk)


def _chosen_at(organisation_ref: str, draft: Draft, desk: Desk) -> Turn:
    """The same RDV at the organisation that was chosen, or one of those it opens."""
    same = desk.twins(draft.motif).get(organisation_ref) if draft.motif else None
    if same is not None:
        return next_question(replace(draft, motif=same, chez=True), desk)
    return go(_choose(replace(draft, motif=None, chez=True), desk.motifs_of(organisation_ref), desk))


# For whom


def _who(draft: Draft, motif: MotifVu, desk: Desk) -> Turn | None:
    """Ask for whom the RDV is, and who is writing, unless it is known."""
    if motif.pour_un_proche and len(draft.participants) < draft.combien:
        return _which_child(draft, desk)
    if draft.pour is not None and (draft.moi is not None or desk.people()):
        return None
    if motif.pour_un_proche:
        return go(AskMe(draft))
    people = desk.people()
    if draft.pour is None and (len(people) > 1 or (people and draft.autrui)):
        return go(_for_whom(draft, people, "book.autre_personne", desk))
    return None if people else go(AskMe(draft, seul=True, autrui=draft.autrui))


def _which_child(draft: Draft, desk: Desk) -> Turn:
    """The next of the children it is for: one of those who are known, or one to be named."""
    left = tuple(proche for proche in desk.proches() if proche not in draft.participants)
    return go(_for_whom(draft, left, "book.autre_enfant", desk) if left else AskChild(draft))


def is_same(one: Personne, other: Personne) -> bool:
    """Whether two children are one, of what was written of them."""
    return one.naissance == other.naissance and plain(one.prenom) == plain(other.prenom)


def _with_child(draft: Draft, child: Personne) -> Draft:
    return replace(draft, pour=child) if draft.pour is None else replace(draft, avec=(*draft.avec, child))


def _for_whom(draft: Draft, people: tuple[Personne, ...], other: str, desk: Desk) -> "ForWhom":
    return ForWhom(draft, people[: lists.LINES - 1], other, discret=desk.is_discreet)


def _settled(draft: Draft, motif: MotifVu, desk: Desk) -> Draft:
    """Who is writing and for whom, once nothing more is to be asked."""
    moi = draft.moi or next(iter(desk.people()), None)
    return replace(draft, moi=moi, pour=draft.pour or moi)


@dataclass(frozen=True)
class ForWhom(Step, key="book.pour_qui", scene="choix_personne", context=Context.CHOOSING_CHILD):
    draft: Draft
    people: tuple[Personne, ...]
    other: str
    discret: bool = False
    """No name is shown: they write the one they mean."""

    @property
    def shown(self) -> tuple[Value, ...]:
        return (*(person.prenom for person in self.people), say(self.other))

    @property
    def is_child(self) -> bool:
        return self.other == "book.autre_enfant"

    def ask(self) -> Say:
        if self.discret:
            return say("book.pour_qui_discret")
        if self.draft.pour is not None:
            return say("book.pour_qui_encore", options=self.shown)
        several = self.is_child and len(self.people) > 1
        return say("book.pour_qui_plusieurs" if several else "book.pour_qui", options=self.shown)

    def ask_again(self) -> Say:
        if self.discret:
            return say("book.pour_qui_discret_again")
        return say("book.pour_qui_again", options=self.shown)

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        told = completed(self.draft, heard, desk)
        if (several := self._several(heard)) or told.avec != self.draft.avec:
            return next_question(replace(told, pour=several[0], avec=several[1:]) if several else told, desk)
        names = [person.prenom for person in self.people]
        known = [*names, "un autre une autre"]
        chosen = heard.names(known) if self.discret else heard.pick(known)
        if chosen is None and self.discret and self.is_child and heard.identity.prenom and not heard.is_only_an_answer:
            return self._named(told).hear(heard, desk)
        if chosen is None and heard.identity.has_names and told == self.draft and not is_no_name(heard):
            return self._named(told).hear(heard, desk)
        if chosen is None:
            return noted(replace(self, draft=told), self)
        if chosen == len(self.people):
            return go(self._named(replace(self.draft, souhait=told.souhait)))
        return next_question(self._chosen(self.people[chosen], told), desk)

    def _several(self, heard: Heard) -> tuple[Personne, ...]:
        """Those of the lines pointed at together: "1 et 2"."""
        if not self.is_child or self.discret or self.draft.pour is not None:
            return ()
        lines = family.lines(heard)
        return tuple(self.people[line - 1] for line in lines) if all(1 <= n <= len(self.people) for n in lines) else ()

    def _named(self, draft: Draft) -> "AskChild | AskMe":
        return AskChild(draft) if self.is_child else AskMe(draft, seul=True, autrui=True)

    def _chosen(self, person: Personne, told: Draft) -> Draft:
        draft = replace(self.draft, souhait=told.souhait, lieu=told.lieu, combien=told.combien)
        return _with_child(draft, person) if self.is_child else replace(draft, pour=person, moi=person, autrui=False)


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
        if self.naissance:
            return say("book.enfant_nom")
        return say("book.enfant" if self.draft.pour is None else "book.enfant_encore")

    def ask_again(self) -> Say:
        return say("book.enfant_again") if not (self.prenom or self.naissance) else self.ask()

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        several = heard.identities
        given = several[0]
        if is_no_name(heard):
            return noted(replace(self, draft=completed(self.draft, heard, desk)), self)
        if len(several) > 1:
            return self._take_several(several, desk)
        if given.impossible:
            return Turn((say("book.naissance_impossible"),), self._with(given.prenom, given.nom, None), missed=True)
        born = given.naissance.isoformat() if given.naissance else self.naissance
        known = self._with(given.prenom, given.nom, born)
        if known == self:
            return miss(self)
        if not (known.prenom and known.nom and known.naissance):
            return go(known)
        child = Personne(known.prenom, known.nom, datetime.fromisoformat(known.naissance).date())
        return self._take(child, desk)

    def _take(self, child: Personne, desk: Desk) -> Turn:
        """A child who is named twice is not two."""
        if not any(is_same(child, one) for one in self.draft.participants):
            return next_question(_with_child(self.draft, child), desk)
        asked = miss(AskChild(self.draft))
        return replace(headed(asked, "book.enfant_deja", prenom=child.prenom), missed=True)

    def _take_several(self, several: tuple[Identity, ...], desk: Desk) -> Turn:
        """Children named together, in one answer; what is missing of the first of them is asked, then the others."""
        named = len(self.draft.participants) + len(several)
        draft = replace(self.draft, combien=max(self.draft.combien, named))
        for one in several:
            if not (one.prenom and one.nom and one.naissance):
                born = one.naissance.isoformat() if one.naissance else None
                return go(AskChild(draft)._with(one.prenom, one.nom, born))
            child = Personne(one.prenom, one.nom, one.naissance)
            if len(draft.participants) < family.MOST and not any(is_same(child, known) for known in draft.participants):
                draft = _with_child(draft, child)
        return next_question(draft, desk)

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
    autrui: bool = False
    """It is for another adult, who is asked for in their place."""

    def ask(self) -> Say:
        if self.autrui:
            return say("book.autrui")
        return say("book.moi_seul" if self.seul else "book.moi")

    def ask_again(self) -> Say:
        return say("book.autrui_again" if self.autrui else "book.moi_again")

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        given = heard.identities[0]
        if is_no_name(heard):
            return noted(replace(self, draft=completed(self.draft, heard, desk)), self)
        if given.prenom is None or given.nom is None:
            return miss(self)
        if given.naissance and any(given.naissance == child.naissance for child in self.draft.participants):
            return miss(self)
        me = Personne(given.prenom, given.nom, given.naissance)
        return next_question(replace(self.draft, moi=me, pour=me if self.seul else self.draft.pour), desk)


@dataclass(frozen=True)
class AskAdresse(Step, key="book.adresse", scene="adresse", context=Context.ENTERING_NAME):
    draft: Draft
    rue: str | None = None
    """What was given without its commune."""

    def ask(self) -> Say:
        return say("book.adresse" if self.rue is None else "book.adresse_commune")

    def ask_again(self) -> Say:
        return say("book.adresse_again") if self.rue is None else self.ask()

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        given = whole_adresse(heard, desk) or self._in_commune(heard)
        if given is None and (rue := street_in(heard)) is not None:
            return go(replace(self, rue=rue))
        if given is None or is_only_when(heard):
            return noted(replace(self, draft=completed(self.draft, heard, desk)), self)
        return next_question(replace(self.draft, adresse=given), desk)

    def _in_commune(self, heard: Heard) -> str | None:
        if self.rue is None or not commune.is_one(heard):
            return None
        return f"{self.rue}, {' '.join(heard.text.split())}"


@dataclass(frozen=True)
class AskNumero(Step, key="book.numero", scene="numero", context=Context.ENTERING_NAME):
    draft: Draft

    def ask(self) -> Say:
        return say("book.numero")

    def ask_again(self) -> Say:
        return say("book.numero_again")

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        given = numero_in(heard)
        if given is None:
            return noted(replace(self, draft=completed(self.draft, heard, desk)), self)
        return next_question(replace(self.draft, numero=given), desk)


# Where and when


def _where(draft: Draft, motif: MotifVu, desk: Desk) -> Turn:
    """Ask where, when there is a choice; a discreet RDV names no place, so it is not asked."""
    if draft.lieu is None and motif.type is TypeMotif.SUR_PLACE and not desk.is_discreet_for(motif.ref):
        lieux = desk.lieux(motif.ref, draft.pour)
        if len(lieux) > 1:
            return go(ChooseLieu(draft, lieux))
        draft = replace(draft, lieu=lieux[0].ref if lieux else None)
    return offer(draft, desk)
