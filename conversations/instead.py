"""Instead: another motif, somebody else or another place, wished for in the middle of a booking's question.

B  Prochains RDV à MDS Arras Sud : …
U  en fait je voudrais l'assistante sociale
B  Vous voulez plutôt Assistante sociale au lieu de Consultation PMI ? Répondez OUI ou NON.
U  non
B  Prochains RDV à MDS Arras Sud : …
"""

from dataclasses import dataclass, replace

from booking.desk import Desk
from booking.models import TypeMotif
from booking.vues import MotifVu
from conversations import family
from conversations.book import AskAdresse, AskChild, AskCommune, AskMe, AskNumero, ForWhom, Instructions, next_question
from conversations.creneaux import ChooseCreneau, ChooseLieu, Confirm, MeantDay, keep, other_wish
from conversations.draft import Draft
from conversations.engine import Step, StepWithin, Turn, go, miss, stay
from conversations.messages import Say, say
from conversations.understanding import Context, Heard
from conversations.understanding.options import says_only
from conversations.wishes import completed, is_wrong_adresse, street_in

WRITTEN = (AskCommune, AskChild, AskMe, AskAdresse, AskNumero, ChooseLieu)
"""Questions whose answer may hold any word: a wish is looked for in what does not answer them."""
KEPT = (*WRITTEN, ForWhom)
"""Questions whose answer, come too late, is kept: it books nothing by itself."""
_KNOWN_WHO = (ChooseLieu, ChooseCreneau, MeantDay, Confirm)
"""Questions that come once it is known for whom the RDV is."""


def hear(step: Step, heard: Heard, desk: Desk) -> Turn:
    """What an open question hears: another wish for the RDV being taken first, where the message holds one."""
    draft = _draft(step)
    if draft is None or draft.motif is None or draft.deplace is not None or _is_bare(heard):
        return step.hear(heard, desk)
    if heard.gives_up or heard.asks_mine:
        return step.hear(heard, desk)
    if isinstance(step, WRITTEN):
        if _is_only_a_motif(heard, draft, desk) and (wish := _another_motif(step, draft, heard, desk)) is not None:
            return wish
        turn = step.hear(heard, desk)
        return (_wish(step, draft, heard, desk) or turn) if turn.missed else turn
    return _wish(step, draft, heard, desk) or step.hear(heard, desk)


def is_booking(step: Step | None) -> bool:
    """Whether an RDV is being taken, one that is not there yet."""
    draft = step.draft if isinstance(step, ChangeMotif) else _draft(step) if step else None
    return draft is not None and draft.motif is not None and draft.deplace is None


def _is_bare(heard: Heard) -> bool:
    """Whether a message only answers: a line of the list, a yes, a no."""
    return heard.number is not None or (len(heard.text.split()) == 1 and heard.yes_or_no is not None)


def _is_only_a_motif(heard: Heard, draft: Draft, desk: Desk) -> bool:
    """Whether all the words of an answer are those of a motif: "finalement la pmi" is nobody's name."""
    libelles = {*(motif.libelle for motif in desk.motifs()), *dict(desk.elsewhere())}
    others = libelles - {desk.motif(draft.motif_ref).libelle}
    return any(says_only(heard.text, libelle) for libelle in others)


def _draft(step: Step) -> Draft | None:
    match step:
        case MeantDay():
            return step.offered.draft
        case AskCommune() | Instructions() | ForWhom() | AskChild() | AskMe() | AskAdresse() | AskNumero():
            return step.draft
        case ChooseLieu() | ChooseCreneau() | Confirm():
            return step.draft
        case _:
            return None


def _wish(step: Step, draft: Draft, heard: Heard, desk: Desk) -> Turn | None:
    return _another_motif(step, draft, heard, desk) or _somebody_else(step, draft, heard, desk)


def _another_motif(step: Step, draft: Draft, heard: Heard, desk: Desk) -> Turn | None:
    """Ask whether another motif is meant: what is kept meanwhile stays kept until the yes."""
    now = desk.motif(draft.motif_ref)
    own = tuple((motif.libelle, motif.ref) for motif in desk.motifs() if motif.libelle != now.libelle)
    motifs = ((now.libelle, now.ref), *own, *desk.elsewhere())
    said = heard.names([libelle for libelle, _ in motifs])
    if said is None or motifs[said][0] == now.libelle:
        return None
    return go(_change(step, draft, now, desk.motif(motifs[said][1]), heard, desk))


def _change(step: Step, draft: Draft, now: MotifVu, wished: MotifVu, heard: Heard, desk: Desk) -> "ChangeMotif":
    is_hidden = desk.is_discreet_for(wished.ref) or desk.is_discreet_for(now.ref)
    return ChangeMotif(
        completed(_for_another(draft, now, wished, desk), heard, desk),
        motif=None if is_hidden else wished.libelle,
        ancien=None if is_hidden else now.libelle,
        ouverte=step,
    )


def _for_another(draft: Draft, now: MotifVu, wished: MotifVu, desk: Desk) -> Draft:
    """What of a draft is still true for another motif: who is writing, where they live, when they would like to
    come; for whom, as long as both are for a child or neither is; the place that was chosen, if it is received there."""
    is_same = now.pour_un_proche == wished.pour_un_proche
    chosen = {place.ref for place in desk.places(now.ref)}
    places = {place.ref for place in desk.places(wished.ref)} if len(chosen) > 1 else set()
    return Draft(
        motif=wished.ref,
        pour=draft.pour if is_same else None if wished.pour_un_proche else draft.moi,
        avec=draft.avec if is_same else (),
        combien=draft.combien if is_same else 1,
        moi=draft.moi,
        adresse=draft.adresse,
        numero=draft.numero,
        souhait=draft.souhait,
        lieu=draft.lieu if draft.lieu in places else None,
        chez=draft.chez and desk.organisation_of(now.ref) == desk.organisation_of(wished.ref),
    )


def _somebody_else(step: Step, draft: Draft, heard: Heard, desk: Desk) -> Turn | None:
    """Another person, one person more, another place: what is free then is offered at once. Another number to call or
    address to come to changes nothing of what is kept."""
    if not isinstance(step, _KNOWN_WHO):
        return None
    told = completed(draft, heard, desk)
    if told.adresse == draft.adresse and _is_about_adresse(draft, heard, desk):
        return stay(step, say("change.adresse_entiere"))
    if desk.motif(draft.motif_ref).pour_un_proche and family.is_another_child(heard):
        told = replace(told, combien=min(family.MOST, max(told.combien, len(draft.participants) + 1)))
    is_elsewhere = (told.adresse, told.numero) != (draft.adresse, draft.numero)
    if replace(told, souhait=draft.souhait) == draft:
        return None
    same_time = told.pour is not None and (told.lieu, told.combien) == (draft.lieu, draft.combien)
    # "4 rue du 8 mai" wishes for no day in May.
    if isinstance(step, Confirm) and same_time and (is_elsewhere or other_wish(heard, step.debut, desk) is None):
        return keep(step, told, step.debut, desk)
    step.leave(desk)
    return next_question(told, desk)


def _is_about_adresse(draft: Draft, heard: Heard, desk: Desk) -> bool:
    """Whether they say that an agent would come to the wrong place, or half of where to come."""
    is_at_home = desk.motif(draft.motif_ref).type is TypeMotif.DOMICILE
    return is_at_home and (is_wrong_adresse(heard) or street_in(heard) not in (None, draft.adresse))


@dataclass(frozen=True)
class ChangeMotif(Step, key="book.autre_motif", scene="changement_motif", context=Context.CONFIRMING):
    draft: Draft
    """The RDV as it would be."""
    motif: str | None
    ancien: str | None
    ouverte: StepWithin
    """The question that waits."""

    def ask(self) -> Say:
        if self.motif is None or self.ancien is None:
            return say("book.autre_motif_discret")
        return say("book.autre_motif", motif=self.motif, libelle=self.ancien)

    def ask_again(self) -> Say:
        return say("book.autre_motif_again")

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        match heard.yes_or_no:
            case True:
                self.ouverte.leave(desk)
                return next_question(self.draft, desk)
            case False:
                return self._go_on(desk)
            case None:
                return miss(self)

    def _go_on(self, desk: Desk) -> Turn:
        """The question that was open; what it keeps is kept for ten minutes again, as it says."""
        if isinstance(self.ouverte, Confirm):
            return keep(self.ouverte, self.ouverte.draft, self.ouverte.debut, desk)
        return go(self.ouverte)
