"""Choose where and when: the créneaux offered, the one that is kept, the yes that books it or moves an RDV there."""

from dataclasses import dataclass, replace
from datetime import datetime

from booking.desk import Desk
from booking.errors import CreneauPris, RdvIntrouvable, TropDeRdvs, TropDeRetenues
from booking.models import TypeMotif
from booking.souhait import Souhait
from booking.telephones import national
from booking.vues import CreneauVu, LieuVu
from conversations import family, lists
from conversations.announce import announced
from conversations.draft import Draft
from conversations.engine import Instant, Step, Turn, end, go, miss, stay
from conversations.messages import Moment, Say, Value, say
from conversations.person import appelez
from conversations.refused import REFUSALS, changed, refused
from conversations.understanding import Context, Heard
from conversations.wishes import headed, noted

MANY = 500
"""Créneaux of a few days: all of them."""


@dataclass(frozen=True)
class ChooseLieu(Step, key="book.lieu", scene="choix_lieu", context=Context.CHOOSING_LIEU):
    draft: Draft
    lieux: tuple[LieuVu, ...]
    first: int = 0

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(lieu.nom for lieu in lists.page(self.lieux, self.first))

    def ask(self) -> Say:
        suffix = "_suite" if lists.has_more(self.lieux, self.first) else ""
        return say(f"book.lieu{suffix}", options=self.shown)

    def ask_again(self) -> Say:
        return say("book.lieu_again", options=self.shown)

    def more(self, desk: Desk) -> Turn:
        if not lists.has_more(self.lieux, self.first):
            return go(replace(self, first=0))
        return go(replace(self, first=self.first + lists.LINES))

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        chosen = 0 if len(self.lieux) == 1 and heard.yes_or_no else heard.pick(self.shown)
        souhait = heard.souhait or self.draft.souhait
        if chosen is None:
            anywhere = heard.names([lieu.nom for lieu in self.lieux])
            chosen = None if anywhere is None else anywhere - self.first
        if chosen is None and heard.wants_soonest and (soonest := _soonest(self.draft, desk)) is not None:
            return offer(replace(self.draft, lieu=soonest, souhait=None), desk)
        if chosen is None:
            return noted(replace(self, draft=replace(self.draft, souhait=souhait)), self)
        return offer(replace(self.draft, lieu=self.lieux[self.first + chosen].ref, souhait=souhait), desk)


def _soonest(draft: Draft, desk: Desk) -> str | None:
    """The ref of the lieu of the first créneau there is."""
    found = desk.creneaux(draft.motif_ref, pour=draft.pour, combien=1, a_la_suite=len(draft.avec) + 1)
    return found[0].lieu.ref if found and found[0].lieu else None


def offer(draft: Draft, desk: Desk) -> Turn:
    """The next créneaux, those of the day that was wished for first."""
    if draft.souhait is not None:
        return offer_wished(draft, draft.souhait, desk)
    found = _search(draft, desk)
    return go(_choice(draft, found, desk)) if found else _nothing(draft, desk)


def offer_wished(draft: Draft, souhait: Souhait, desk: Desk) -> Turn:
    """The créneaux of a wished day or hour, else the nearest to it."""
    wished = replace(draft, souhait=souhait)
    if found := _search(wished, desk):
        return go(_choice(wished, found, desk))
    around = _nearest(draft, _aim(souhait, desk), desk) or _search(replace(draft, souhait=None), desk)
    if not around:
        return _nothing(draft, desk)
    return _instead("book.ce_jour_rien", draft, around, desk)


def offer_nearest(draft: Draft, debut: datetime, desk: Desk) -> Turn:
    """The créneau that was chosen is gone: say so, offer the three nearest."""
    around = _nearest(draft, debut, desk)
    if not around:
        return _nothing(draft, desk, key="book.pris_plus_rien")
    return _instead("book.pris", draft, around, desk)


_MOVING = {"book.ce_jour_rien": "move.ce_jour_rien", "book.pris": "move.pris"}
"""What is said instead while an RDV is being moved: it stands meanwhile."""


def _instead(key: str, draft: Draft, around: tuple[CreneauVu, ...], desk: Desk) -> Turn:
    step = _choice(replace(draft, souhait=None), around, desk)
    if draft.ancien is not None:
        return stay(step, say(_MOVING[key], options=step.shown, ancien=Moment(draft.ancien)))
    return stay(step, say(key, options=step.shown))


def _nothing(draft: Draft, desk: Desk, *, key: str | None = None) -> Turn:
    """No créneau at all: the RDV that was to be moved stands, those who find none in a row come one by one, else a
    person helps."""
    if draft.avec:
        return _one_then_the_other(draft, desk)
    if draft.ancien is not None:
        return end(say("move.rien", ancien=Moment(draft.ancien), personne=appelez(desk)), flag="aucun créneau")
    is_followed = desk.motif(draft.motif_ref).suivi
    key = key or ("book.suivi_sans_referent" if is_followed else "book.aucun_creneau")
    return end(say(key, personne=appelez(desk)), flag="aucun créneau")


def _one_then_the_other(draft: Draft, desk: Desk) -> Turn:
    """Nothing is free in a row: the first of them first."""
    turn = offer(replace(draft, avec=(), combien=1, ensuite=draft.avec), desk)
    return turn if turn.step is None else headed(turn, "book.fratrie_chacun")


def _then(draft: Draft, debut: datetime, desk: Desk) -> Turn:
    """Who is next once one of them has an RDV at `debut`: what is nearest to it."""
    if not draft.ensuite:
        return end()
    following = replace(draft, pour=draft.ensuite[0], ensuite=draft.ensuite[1:], souhait=None)
    around = _nearest(following, debut, desk)
    if not around:
        return end(say("book.fratrie_plus_rien", personne=appelez(desk)), flag="aucun créneau")
    step = _choice(following, around, desk)
    if desk.is_discreet_for(draft.motif_ref):
        return stay(step, say("book.fratrie_ensuite_discret", options=step.shown))
    return stay(step, say("book.fratrie_ensuite", prenom=following.participant.prenom, options=step.shown))


def _search(draft: Draft, desk: Desk, *, apres: datetime | None = None) -> tuple[CreneauVu, ...]:
    return desk.creneaux(
        draft.motif_ref,
        pour=draft.pour,
        lieu=draft.lieu,
        souhait=draft.souhait,
        apres=apres,
        a_la_suite=len(draft.avec) + 1,
    )


def _nearest(draft: Draft, debut: datetime, desk: Desk) -> tuple[CreneauVu, ...]:
    return desk.nearest(draft.motif_ref, debut, pour=draft.pour, lieu=draft.lieu, a_la_suite=len(draft.avec) + 1)


def _has_changed(draft: Draft, desk: Desk) -> bool:
    """Whether the RDV that moves is gone, or no longer at the hour that was shown."""
    if draft.deplace is None:
        return False
    now = desk.rdv(draft.deplace)
    return now is None or now.debut != draft.ancien


def _anew(step: "ChooseCreneau | ConfirmMove", desk: Desk) -> Turn:
    """The same question about the RDV as it is now: a yes to another hour is no yes."""
    now = desk.rdv(step.draft.participation)
    if now is None:
        step.leave(desk)
        return end(say("change.introuvable"))
    return changed(go(replace(step, draft=replace(step.draft, ancien=now.debut))))


def _aim(souhait: Souhait, desk: Desk) -> datetime:
    """The instant a wish points at, to find what is nearest to it."""
    first, _ = souhait.instants(desk.zone)
    day = (first or desk.now).astimezone(desk.zone)
    hour = souhait.heure or souhait.apres or day.time()
    return max(desk.now, day.replace(hour=hour.hour, minute=hour.minute))


def _choice(draft: Draft, found: tuple[CreneauVu, ...], desk: Desk) -> "ChooseCreneau":
    named = found[0].lieu if draft.lieu is not None and not desk.is_discreet_for(draft.motif_ref) else None
    return ChooseCreneau(draft, debuts=tuple(creneau.debut for creneau in found), lieu=named.nom if named else None)


@dataclass(frozen=True)
class ChooseCreneau(Step, key="book.creneau", scene="choix_creneau", context=Context.CHOOSING_SLOT):
    draft: Draft
    debuts: tuple[Instant, ...]
    lieu: str | None = None

    @property
    def is_one_day(self) -> bool:
        return self.draft.souhait is not None and self.draft.souhait.is_one_day

    @property
    def shown(self) -> tuple[Value, ...]:
        how = "heure" if self.is_one_day else "jour_heure"
        return tuple(Moment(debut, how) for debut in self.debuts)

    def ask(self) -> Say:
        day: dict[str, Value] = {"jour": Moment(self.debuts[0], "jour")} if self.is_one_day else {}
        if self.draft.ancien is not None:
            key = "move.creneaux_jour" if self.is_one_day else "move.creneaux"
            return Say(key, {"ancien": Moment(self.draft.ancien), **day}, self.shown)
        key = "book.creneaux_jour" if self.is_one_day else "book.creneaux"
        if self.draft.avec:
            key = "book.fratrie_creneaux_jour" if self.is_one_day else "book.fratrie_creneaux"
            day["prenom"] = family.together(self.draft.participants)
        if self.lieu is None:
            return Say(f"{key}_sans_lieu", day, self.shown)
        return Say(key, {"lieu": self.lieu, **day}, self.shown)

    def ask_again(self) -> Say:
        key = "book.creneau_seul_again" if len(self.debuts) == 1 else "book.creneaux_again"
        return say(key, options=tuple(Moment(debut) for debut in self.debuts))

    def more(self, desk: Desk) -> Turn:
        found = _search(self.draft, desk, apres=self.debuts[-1])
        if not found and self.draft.souhait is not None:
            found = _search(replace(self.draft, souhait=None), desk, apres=self.debuts[-1])
            return go(_choice(replace(self.draft, souhait=None), found, desk)) if found else self._last()
        return go(_choice(self.draft, found, desk)) if found else self._last()

    def _last(self) -> Turn:
        return stay(self, say("book.plus_rien", options=self.shown))

    def is_moot(self, desk: Desk) -> bool:
        return _has_changed(self.draft, desk)

    def renewed(self, desk: Desk) -> Turn | None:
        """Without what was taken since."""
        draft, days = self.draft, [debut.astimezone(desk.zone).date() for debut in self.debuts]
        found = desk.creneaux(
            draft.motif_ref, pour=draft.pour, lieu=draft.lieu, souhait=Souhait(premier=min(days), dernier=max(days)),
            combien=MANY, a_la_suite=len(draft.avec) + 1,
        )  # fmt: skip
        free = {creneau.debut for creneau in found}
        left = tuple(debut for debut in self.debuts if debut in free)
        if left == self.debuts:
            return None
        return go(replace(self, debuts=left)) if left else offer_nearest(self.draft, self.debuts[0], desk)

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        if self.is_moot(desk):
            return _anew(self, desk)
        if heard.number is not None and 1 <= heard.number <= len(self.debuts):
            return self.take(self.debuts[heard.number - 1], desk)
        if len(self.debuts) == 1 and heard.yes_or_no:
            return self.take(self.debuts[0], desk)
        if self.draft.ancien is not None and heard.yes_or_no is False and heard.souhait is None:
            return end(say("change.garde", debut=Moment(self.draft.ancien)))
        souhait = heard.souhait
        if souhait is None:
            return self._ask_back(heard, desk)
        line = self._line_at(souhait, desk) or self._line_at(heard.souhait_today or souhait, desk)
        return self.take(line, desk) if line else offer_wished(self.draft, self._same_day(souhait), desk)

    def _ask_back(self, heard: Heard, desk: Desk) -> Turn:
        """A day that was perhaps said is a question: never a search for the wrong one. "N'importe" takes the first,
        "aucun ne va" shows the next."""
        doubt = heard.doubt
        first, _ = doubt.instants(desk.zone) if doubt else (None, None)
        if doubt and first:
            return go(MeantDay(self, doubt, first))
        if heard.wants_soonest:
            soonest = _search(replace(self.draft, souhait=None), desk)
            return self.take(soonest[0].debut, desk) if soonest else self._last()
        if heard.takes_any:
            return self.take(self.debuts[0], desk)
        return self.more(desk) if heard.refuses_all else miss(self)

    def _line_at(self, souhait: Souhait, desk: Desk) -> datetime | None:
        """The one line of the list at the hour said; a day alone is another search."""
        fitting = [debut for debut in self.debuts if souhait.admits(debut.astimezone(desk.zone))]
        return fitting[0] if souhait.heure is not None and len(fitting) == 1 else None

    def _same_day(self, souhait: Souhait) -> Souhait:
        """An hour said under one day's list means that day."""
        if souhait.premier is not None or not self.is_one_day or self.draft.souhait is None:
            return souhait
        return replace(souhait, premier=self.draft.souhait.premier, dernier=self.draft.souhait.dernier)

    def take(self, debut: datetime, desk: Desk) -> Turn:
        return keep(self, self.draft, debut, desk)


def keep(asked: Step, draft: Draft, debut: datetime, desk: Desk) -> Turn:
    """Keep the créneau for ten minutes, and ask for the yes that books it; `asked` stays open where no more can be
    kept."""
    draft = replace(draft, souhait=None)
    try:
        kept = desk.hold(
            draft.motif_ref,
            debut,
            pour=draft.pour,
            lieu=draft.lieu,
            deplace=draft.deplace,
            a_la_suite=len(draft.avec) + 1,
        )
    except CreneauPris:
        return offer_nearest(draft, debut, desk)
    except TropDeRetenues:
        return stay(asked, say("book.trop_de_retenues"))
    except TropDeRdvs:
        return end(say("book.trop_de_rdvs"))
    except REFUSALS as refusal:
        return refused(refusal, desk)
    return go(_confirm(draft, kept, desk) if draft.deplace is None else _confirm_move(draft, kept, desk))


@dataclass(frozen=True)
class MeantDay(Step, key="book.voulez_dire", scene="confirmation_jour", context=Context.CONFIRMING):
    """ "Jeudi 27", when the 27th is a Friday."""

    offered: ChooseCreneau
    souhait: Souhait
    jour: datetime

    def ask(self) -> Say:
        return say("book.voulez_dire", jour=Moment(self.jour, "jour"))

    def more(self, desk: Desk) -> Turn:
        return self.offered.more(desk)

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        if heard.number is None and heard.souhait is None:
            match heard.yes_or_no:
                case True:
                    return offer_wished(self.offered.draft, self.souhait, desk)
                case False:
                    return go(self.offered)
        return self.offered.hear(heard, desk)


def _confirm(draft: Draft, kept: CreneauVu, desk: Desk) -> "Confirm":
    motif = desk.motif(draft.motif_ref)
    pour, moi = draft.participant, draft.sender
    return Confirm(
        draft,
        debut=kept.debut,
        type=motif.type,
        # Where several share a phone, each of them is named.
        prenom=pour.prenom if pour != moi or draft.autrui or any(one != pour for one in desk.people()) else None,
        lieu=kept.lieu.nom if kept.lieu else None,
        adresse=draft.adresse or (kept.lieu.adresse if kept.lieu else None),
        numero=national(draft.numero or desk.address),
        discret=desk.is_discreet_for(motif.ref),
        duree=motif.duree_min,
    )


def other_wish(heard: Heard, debut: datetime, desk: Desk) -> Souhait | None:
    """A day or an hour that is not the one kept: "ok pour jeudi" is no yes to Monday."""
    local = debut.astimezone(desk.zone)
    wishes = [wish for wish in (heard.souhait, heard.souhait_today) if wish is not None]
    if not wishes or any(wish.admits(local) for wish in wishes):
        return None
    return wishes[0]


@dataclass(frozen=True)
class Confirm(Step, key="book.confirm", scene="confirmation_creneau", context=Context.CONFIRMING):
    draft: Draft
    debut: Instant
    type: TypeMotif
    prenom: str | None = None
    lieu: str | None = None
    adresse: str | None = None
    numero: str = ""
    discret: bool = False
    duree: int = 0
    """Minutes: when the next one begins, where several come one after the other."""

    def ask(self) -> Say:
        if self.draft.avec:
            return self._ask_together()
        return announced(
            "book.garde",
            type=self.type,
            debut=self.debut,
            prenom=self.prenom,
            lieu=self.lieu,
            adresse=self.adresse,
            numero=self.numero,
            discret=self.discret,
        )

    def _ask_together(self) -> Say:
        people = family.in_a_row(self.draft.participants, self.debut, self.duree)
        suite = family.each_at(people, discret=self.discret)
        if self.discret:
            return say("book.fratrie_garde_discret", jour=Moment(self.debut, "jour"), suite=suite)
        where = say("notice.ou_telephone", numero=self.numero)
        if self.type is not TypeMotif.TELEPHONE:
            at_home = self.type is TypeMotif.DOMICILE
            where = say("notice.ou_domicile" if at_home else "notice.ou_rue", adresse=self.adresse or "")
        return say("book.fratrie_garde", jour=Moment(self.debut, "jour"), suite=suite, rue=where)

    def ask_again(self) -> Say:
        return say("book.garde_again", debut=Moment(self.debut))

    def leave(self, desk: Desk) -> None:
        desk.release(self.draft.motif_ref)

    def renewed(self, desk: Desk) -> Turn | None:
        """It says that the créneau is kept: so it is, for ten minutes again."""
        return keep(self, self.draft, self.debut, desk)

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        if (wish := other_wish(heard, self.debut, desk)) is not None:
            self.leave(desk)
            return offer_wished(self.draft, wish, desk)
        match heard.yes_or_no:
            case True:
                return self.book(desk)
            case False:
                self.leave(desk)
                return offer(self.draft, desk)
            case None:
                return miss(self)

    def book(self, desk: Desk) -> Turn:
        """The confirmation is told by the avis that booking writes, like everything else that is announced."""
        draft = self.draft
        try:
            if draft.avec:
                desk.book_in_a_row(
                    draft.motif_ref, self.debut, pour=draft.participants, moi=draft.sender,
                    lieu=draft.lieu, adresse=draft.adresse, numero=draft.numero,
                )  # fmt: skip
            else:
                desk.book(
                    draft.motif_ref, self.debut, pour=draft.participant, moi=draft.sender,
                    lieu=draft.lieu, adresse=draft.adresse, numero=draft.numero,
                )  # fmt: skip
        except CreneauPris:
            return offer_nearest(draft, self.debut, desk)
        except TropDeRetenues:
            return stay(self, say("book.trop_de_retenues"))
        except TropDeRdvs:
            return end(say("book.trop_de_rdvs"))
        return _then(draft, self.debut, desk)


def _confirm_move(draft: Draft, kept: CreneauVu, desk: Desk) -> "ConfirmMove":
    is_told = draft.participant != draft.sender and not desk.is_discreet_for(draft.motif_ref)
    return ConfirmMove(draft, debut=kept.debut, prenom=draft.participant.prenom if is_told else None)


@dataclass(frozen=True)
class ConfirmMove(Step, key="move.confirm", scene="confirmation_deplacement", context=Context.CONFIRMING):
    draft: Draft
    debut: Instant
    prenom: str | None = None

    @property
    def both(self) -> dict[str, Value]:
        """The RDV as it is, and as it would be."""
        ancien = self.draft.ancien or self.debut
        return {"ancien": Moment(ancien), "debut": Moment(self.debut), "garde": Moment(ancien, "semaine_heure")}

    def ask(self) -> Say:
        if self.prenom is None:
            return Say("move.confirmer_pour_moi", self.both)
        return Say("move.confirmer", {"prenom": self.prenom, **self.both})

    def ask_again(self) -> Say:
        return Say("move.confirmer_again", self.both)

    def leave(self, desk: Desk) -> None:
        desk.release(self.draft.motif_ref)

    def is_moot(self, desk: Desk) -> bool:
        return _has_changed(self.draft, desk)

    def hear(self, heard: Heard, desk: Desk) -> Turn:
        if self.is_moot(desk):
            return _anew(self, desk)
        if (wish := other_wish(heard, self.debut, desk)) is not None:
            self.leave(desk)
            return offer_wished(self.draft, wish, desk)
        match heard.yes_or_no:
            case True:
                return self.move(desk)
            case False:
                self.leave(desk)
                return end(say("change.garde", debut=self.both["ancien"]))
            case None:
                return miss(self)

    def move(self, desk: Desk) -> Turn:
        """What changed is told by the avis that the move writes."""
        try:
            desk.move(self.draft.participation, self.draft.ancien or self.debut, self.debut)
        except RdvIntrouvable:
            return _anew(self, desk)
        except CreneauPris:
            return offer_nearest(self.draft, self.debut, desk)
        except TropDeRetenues:
            return stay(self, say("book.trop_de_retenues"))
        except REFUSALS as refusal:
            self.leave(desk)
            return refused(refusal, desk)
        return end()
