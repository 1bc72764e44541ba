"""Give an RDV up, or look at one's RDVs.

U  annuler
B  Lequel ?
   1 Léa, Consultation PMI, jeu 26 nov 10h
   2 Vous, Assistante sociale, ven 27 nov 14h
   Répondez 1 ou 2.
U  1
B  Annuler le RDV de Léa, Consultation PMI, jeu 26 nov 10h ? OUI pour annuler, NON pour le garder.
U  oui
B  C'est annulé. RDV pour en reprendre un.
"""

from dataclasses import dataclass, replace

from booking.desk import Desk
from booking.errors import RdvIntrouvable, RdvPasse
from booking.vues import RdvVu
from conversations import lists
from conversations.engine import Step, Turn, end, go, miss
from conversations.messages import Moment, Say, Value, say
from conversations.person import appelez
from conversations.understanding import Context, Heard


def open_cancel(heard: Heard, desk: Desk) -> Turn:
    """Which RDV to give up: the only one, the only one that the sentence fits, or a question."""
    rdvs = desk.rdvs()
    if not rdvs:
        return end(say("change.aucun"))
    fitting = _fitting(heard, rdvs, desk)
    if len(fitting) == 1:
        return go(ConfirmCancel(fitting[0]))
    return go(ChooseRdv(rdvs))


def is_asked(step: Step | None) -> bool:
    """Whether the open question is already about giving an RDV up."""
    return isinstance(step, ChooseRdv | ConfirmCancel)


def _fitting(heard: Heard, rdvs: tuple[RdvVu, ...], desk: Desk) -> tuple[RdvVu, ...]:
    """The RDVs on the day that the sentence names, all of them when it names none that is theirs."""
    souhait = heard.souhait
    if souhait is None or len(rdvs) == 1:
        return rdvs
    return tuple(rdv for rdv in rdvs if souhait.admits(rdv.debut.astimezone(desk.zone))) or rdvs


def list_mine(desk: Desk) -> Say:
    """The RDVs to come, in one sentence."""
    rdvs = desk.rdvs()
    if not rdvs:
        return say("change.aucun")
    shown = tuple(line(rdv) for rdv in rdvs[: lists.LINES])
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


def _named(rdv: RdvVu) -> Say:
    """An RDV within a sentence: "Annuler le RDV …"."""
    if rdv.discret:
        return say("change.rdv_discret", debut=Moment(rdv.debut))
    if rdv.prenom is None:
        return say("change.rdv_pour_moi", libelle=rdv.libelle, debut=Moment(rdv.debut))
    return say("change.rdv", prenom=rdv.prenom, libelle=rdv.libelle, debut=Moment(rdv.debut))


@dataclass(frozen=True)
class ChooseRdv(Step, key="change.lequel", scene="choix_rdv", context=Context.CHOOSING_SLOT):
    rdvs: tuple[RdvVu, ...]
    first: int = 0

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

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        chosen = heard.pick([f"{rdv.prenom or 'vous moi'} {rdv.libelle}" for rdv in self.page])
        if chosen is not None:
            return go(ConfirmCancel(self.page[chosen]))
        fitting = _fitting(heard, self.page, desk)
        return go(ConfirmCancel(fitting[0])) if len(fitting) == 1 else miss(self)


@dataclass(frozen=True)
class ConfirmCancel(Step, key="change.annuler", scene="confirmation_annulation", context=Context.CONFIRMING):
    rdv: RdvVu

    def ask(self) -> Say:
        return say("change.confirmer", rdv=_named(self.rdv))

    def ask_again(self) -> Say:
        return say("change.confirmer_again", debut=Moment(self.rdv.debut))

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        match heard.yes_to_giving_up:
            case True:
                return self.cancel(desk)
            case False:
                return end(say("change.garde", debut=Moment(self.rdv.debut)))
            case None:
                return miss(self)

    def cancel(self, desk: Desk) -> Turn:
        # A sender can be imitated: what is sensitive is given up with somebody of the service.
        if self.rdv.sensible:
            return end(say("change.par_un_agent", personne=appelez(desk)), flag="annulation")
        try:
            is_late = desk.cancel(self.rdv.participation)
        except RdvIntrouvable:
            return end(say("change.introuvable"))
        except RdvPasse:
            return end(say("change.passe", personne=appelez(desk)))
        if is_late:
            return end(say("change.annule_tard", kind="cancellation"), flag="annulation tardive")
        return end(say("change.annule", kind="cancellation"))
