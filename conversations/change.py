"""Give an RDV up and take it back, say which one moves, or look at one's RDVs.

U  annuler
B  Lequel ?
   1 Léa, Consultation PMI, jeu 26 nov 10h
   2 Vous, Assistante sociale, ven 27 nov 14h
   Répondez 1 ou 2.
U  1
B  Annuler le RDV de Léa, Consultation PMI, jeu 26 nov 10h ? OUI pour annuler, NON pour le garder.
U  oui
B  C'est annulé. RETABLIR dans les 15 min pour le reprendre, RDV pour en prendre un autre.
U  retablir
B  C'est rétabli : RDV de Léa, Consultation PMI, jeu 26 nov 10h.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from booking.desk import Desk
from booking.errors import RdvIntrouvable, RienARetablir
from booking.souhait import Souhait
from booking.vues import DejaPris, RdvVu
from conversations import lists
from conversations.book import next_question
from conversations.creneaux import ChooseCreneau, ConfirmMove, MeantDay
from conversations.draft import Draft
from conversations.engine import Step, Turn, end, go, miss
from conversations.messages import Moment, Say, Value, say
from conversations.move import move, other_day
from conversations.person import appelez
from conversations.refused import REFUSALS, changed, refused
from conversations.understanding import Context, Heard, Word


def open_cancel(heard: Heard, desk: Desk) -> Turn:
    """Which RDV to give up: the only one, the only one that the sentence fits, or a question."""
    rdvs = desk.rdvs()
    if not rdvs:
        return end(say("change.aucun"))
    if heard.is_of_all:
        return go(ConfirmCancel(rdvs[0], ensuite=rdvs[1:]))
    fitting = meant(heard, rdvs, desk)
    if len(fitting) == 1:
        return go(ConfirmCancel(fitting[0]))
    return go(ChooseRdv(rdvs))


def open_move(heard: Heard, desk: Desk) -> Turn:
    """Which RDV to move: the only one, the only one on a day that the sentence speaks of, or a question."""
    rdvs = desk.rdvs()
    if not rdvs:
        return end(say("change.aucun"))
    # "Plutôt vendredi" is a wish, even where there is an RDV on Friday too.
    is_wish = heard.prefers_another_day and heard.souhait is not None
    spoken_of = [] if is_wish else [jour for jour in heard.jours if _on(jour, rdvs, desk)]
    fitting = _on(spoken_of[0], rdvs, desk) if spoken_of else _called(heard, rdvs)
    if len(fitting) == 1:
        return move(fitting[0], heard.souhait if is_wish else other_day(heard, fitting[0], desk), desk)
    wished = [jour for jour in heard.souhaits if jour not in spoken_of]
    return go(ChooseRdv(rdvs, deplacer=True, souhait=wished[-1] if wished else None))


def restore(desk: Desk) -> Say:
    """Take back what was just given up."""
    try:
        rdv = desk.restore()
    except RienARetablir:
        return say("change.rien_a_retablir", personne=appelez(desk))
    return say("change.retabli", rdv=rdv_named(rdv))


def take_another(heard: Heard, given_up: DejaPris, desk: Desk) -> Turn | None:
    """Another day for what was just given up; None where messages no longer open it."""
    people = desk.people()
    if not people or all(motif.ref != given_up.motif for motif in desk.motifs()):
        return None
    pour = given_up.pour
    return next_question(
        Draft(
            motif=given_up.motif,
            lu=True,
            pour=pour,
            moi=pour if pour in people else people[0],
            lieu=given_up.lieu,
            souhait=heard.souhait,
            chez=True,
        ),
        desk,
    )


def moved(step: Step) -> int | None:
    """The participation of the RDV that an open question is to move."""
    match step:
        case ChooseCreneau() | ConfirmMove():
            return step.draft.deplace
        case MeantDay():
            return step.offered.draft.deplace
        case _:
            return None


def is_asked(step: Step | None) -> bool:
    """Whether the open question is already about giving an RDV up."""
    return isinstance(step, ConfirmCancel) or (isinstance(step, ChooseRdv) and not step.deplacer)


def meant(heard: Heard, rdvs: tuple[RdvVu, ...], desk: Desk) -> tuple[RdvVu, ...]:
    """The RDVs on the day that the sentence names, else those of who or what it names; all of them when it names none
    that is theirs."""
    if len(rdvs) == 1:
        return rdvs
    named_day = _on(heard.souhait, rdvs, desk) if heard.souhait else ()
    return named_day or _called(heard, rdvs)


def _called(heard: Heard, rdvs: tuple[RdvVu, ...]) -> tuple[RdvVu, ...]:
    """The one that the sentence calls by a first name or by what it is for, else all of them."""
    called = heard.names([_words(rdv) for rdv in rdvs])
    return rdvs if called is None else (rdvs[called],)


def _words(rdv: RdvVu) -> str:
    """What an RDV may be called by."""
    return f"{rdv.prenom or 'vous moi'} {rdv.libelle}"


def _on(jour: Souhait, rdvs: tuple[RdvVu, ...], desk: Desk) -> tuple[RdvVu, ...]:
    return tuple(rdv for rdv in rdvs if jour.admits(rdv.debut.astimezone(desk.zone)))


def list_mine(desk: Desk) -> Say:
    """The RDVs to come, in one sentence."""
    rdvs = desk.rdvs()
    if not rdvs:
        return say("change.aucun")
    shown = tuple(_line_with_place(rdv) for rdv in rdvs[: lists.LINES])
    if len(rdvs) > len(shown):
        return say("change.mes_rdv_plus", liste=shown, combien=len(shown), total=len(rdvs))
    return say("change.mes_rdv", liste=shown)


def line(rdv: RdvVu) -> Say:
    """An RDV as one line of a list."""
    if rdv.discret:
        return say("change.ligne_discret", debut=Moment(rdv.debut))
    if rdv.prenom is None:
        return say("change.ligne_pour_moi", libelle=rdv.libelle, debut=Moment(rdv.debut))
    return say("change.ligne", prenom=rdv.prenom, libelle=rdv.libelle, debut=Moment(rdv.debut))


def _line_with_place(rdv: RdvVu) -> Say:
    """The same, with where it is."""
    plain = line(rdv)
    if rdv.discret or rdv.lieu is None:
        return plain
    key = plain.key
    return Say(f"{key}_lieu", {**plain.values, "lieu": rdv.lieu})


def named(libelle: str, prenom: str | None, debut: datetime, *, discret: bool) -> Say:
    """An RDV within a sentence: "Annuler le RDV …"."""
    if discret:
        return say("change.rdv_discret", debut=Moment(debut))
    if prenom is None:
        return say("change.rdv_pour_moi", libelle=libelle, debut=Moment(debut))
    return say("change.rdv", prenom=prenom, libelle=libelle, debut=Moment(debut))


def rdv_named(rdv: RdvVu) -> Say:
    """The same, of an RDV as the agenda shows it."""
    return named(rdv.libelle, rdv.prenom, rdv.debut, discret=rdv.discret)


@dataclass(frozen=True)
class ChooseRdv(Step, key="change.lequel", scene="choix_rdv", context=Context.CHOOSING_SLOT):
    rdvs: tuple[RdvVu, ...]
    first: int = 0
    deplacer: bool = False
    """Chosen to be moved, not to be given up."""
    souhait: Souhait | None = None
    """The day it is to be moved to."""

    @property
    def page(self) -> tuple[RdvVu, ...]:
        return lists.page(self.rdvs, self.first)

    @property
    def shown(self) -> tuple[Value, ...]:
        return tuple(line(rdv) for rdv in self.page)

    def ask(self) -> Say:
        suffix = "_suite" if lists.has_more(self.rdvs, self.first) else ""
        return say(f"change.lequel{suffix}", options=self.shown)

    def ask_again(self) -> Say:
        return say("change.lequel_again", options=self.shown)

    def more(self, desk: Desk) -> Turn:
        if not lists.has_more(self.rdvs, self.first):
            return go(replace(self, first=0))
        return go(replace(self, first=self.first + lists.LINES))

    def is_moot(self, desk: Desk) -> bool:
        to_come = {(rdv.participation, rdv.debut) for rdv in desk.rdvs()}
        return not all((rdv.participation, rdv.debut) in to_come for rdv in self.rdvs)

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        chosen = heard.pick([_words(rdv) for rdv in self.page])
        if chosen is not None:
            return self.take(self.page[chosen], heard, desk)
        if heard.is_of_all and not self.deplacer:
            return go(ConfirmCancel(self.rdvs[0], ensuite=self.rdvs[1:]))
        if heard.yes_or_no is False and heard.souhait is None and not heard.gives_up:
            return end(say("change.gardes"))
        fitting = meant(heard, self.page, desk)
        return self.take(fitting[0], heard, desk) if len(fitting) == 1 else miss(self)

    def take(self, rdv: RdvVu, heard: Heard, desk: Desk) -> Turn:
        """What was shown, as it is now."""
        now = desk.rdv(rdv.participation)
        if now is None:
            return end(say("change.introuvable"))
        wished = self.souhait or other_day(heard, now, desk)
        turn = move(now, wished, desk) if self.deplacer else go(ConfirmCancel(now))
        return turn if now.debut == rdv.debut else changed(turn)


@dataclass(frozen=True)
class ConfirmCancel(Step, key="change.annuler", scene="confirmation_annulation", context=Context.CONFIRMING):
    rdv: RdvVu
    ensuite: tuple[RdvVu, ...] = ()
    """Those that are asked about next, one by one, where all are given up."""

    def ask(self) -> Say:
        return say("change.confirmer", rdv=rdv_named(self.rdv))

    def ask_again(self) -> Say:
        return say("change.confirmer_again", debut=Moment(self.rdv.debut))

    def answers_to(self, word: Word) -> bool:
        return word in (Word.AUTRE, Word.DEPLACER)

    def is_moot(self, desk: Desk) -> bool:
        now = desk.rdv(self.rdv.participation)
        return now is None or now.debut != self.rdv.debut

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        if self.is_moot(desk):
            return self.ask_anew(desk)
        if heard.yes_to_giving_up:
            return self.cancel(desk)
        wished = other_day(heard, self.rdv, desk)
        if heard.moves or wished is not None:
            return move(self.rdv, wished, desk)
        if heard.yes_to_giving_up is False:
            return self.then(end(say("change.garde", debut=Moment(self.rdv.debut))), desk)
        return miss(self)

    def cancel(self, desk: Desk) -> Turn:
        # A sender can be imitated: what is sensitive is given up with somebody of the service.
        if self.rdv.sensible:
            return self.then(end(say("change.par_un_agent", personne=appelez(desk)), flag="annulation"), desk)
        try:
            is_late = desk.cancel(self.rdv.participation, self.rdv.debut)
        except RdvIntrouvable:
            return self.ask_anew(desk)
        except REFUSALS as refusal:
            return refused(refusal, desk)
        if is_late:
            return self.then(end(say("change.annule_tard", kind="cancellation"), flag="annulation tardive"), desk)
        return self.then(end(say("change.annule", kind="cancellation")), desk)

    def then(self, turn: Turn, desk: Desk) -> Turn:
        """The next one to be asked about, as it is now, after what became of this one."""
        left = tuple(now for rdv in self.ensuite if (now := desk.rdv(rdv.participation)) is not None)
        return replace(go(ConfirmCancel(left[0], left[1:]), *turn.says), flag=turn.flag) if left else turn

    def ask_anew(self, desk: Desk) -> Turn:
        """It is no longer at the hour that was asked about: a yes to another hour is no yes."""
        now = desk.rdv(self.rdv.participation)
        return changed(go(replace(self, rdv=now))) if now else end(say("change.introuvable"))
