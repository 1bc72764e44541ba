"""Desk: what one sender may ask of the agenda, as verbs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from booking import agenda, faits, holds, invitations, rdvs, silences, suivi, traces
from booking.avis import is_discreet
from booking.creneaux import Creneau
from booking.deplacement import is_theirs_alone
from booking.errors import (
    CreneauPris,
    RdvIntrouvable,
    RdvPasse,
    RienARetablir,
    TropDeRdvs,
    TropTardPourDeplacer,
)
from booking.faits import Facts, Naissance
from booking.models import (
    Avis,
    Hold,
    Lieu,
    Motif,
    Notification,
    Organisation,
    Participation,
    Rdv,
    Statut,
    Trace,
    Usager,
)
from booking.participations import lock
from booking.search import find_creneaux, where
from booking.souhait import Souhait
from booking.vues import (
    CreneauVu,
    InvitationVue,
    LieuVu,
    MotifVu,
    Personne,
    RdvVu,
    lieu_vu,
    motif_vu,
    personne,
)

RDVS_PER_MOTIF = 3
JUST = timedelta(minutes=10)
"""How long a yes that is said again is the same yes."""
TRIES = 3
"""Birth dates that a doubtful number may try (security-and-privacy.md, T03)."""
NOT_RECOGNISED = "naissance_refusee"
"""In the history of an usager: a birth date was tried from its number, and is not the one."""


class Desk:
    def __init__(self, session: Session, channel: str, address: str, organisation: Organisation, now: datetime) -> None:
        self._session = session
        self._channel = channel
        self._address = address
        self._organisation = organisation
        self.now = now
        self._motifs: dict[str, Motif] = {}
        self._lieux: dict[str, Lieu] = {}
        traces.sign(session, self._author, now)

    @property
    def zone(self) -> ZoneInfo:
        return self._organisation.territoire.zone

    @property
    def organisation(self) -> str:
        return self._organisation.nom

    @property
    def telephone(self) -> str | None:
        return self._organisation.telephone

    @property
    def horaires(self) -> str | None:
        return self._organisation.horaires

    @property
    def address(self) -> str:
        return self._address

    @property
    def langue(self) -> str:
        return next((usager.langue for usager in self._reached), "fr")

    @property
    def is_protected(self) -> bool:
        """Whether somebody at this address is never to be written to, not even in answer."""
        return any(usager.protege for usager in self._reached)

    @property
    def is_doubtful(self) -> bool:
        """Whether this number may have a new owner: who is said to be there is unknown here until recognised."""
        return bool(self._doubted)

    @property
    def naissance(self) -> Naissance | None:
        """Whose birth date is known, to recognise who is said to be at a doubtful number."""
        known = [faits.whose(usager, *usager.proches) for usager in self._doubted]
        return min((one for one in known if one), key=list(Naissance).index, default=None)

    @property
    def tries_left(self) -> int:
        """How many birth dates a doubtful number may still try."""
        first = min(self._doubted, key=lambda usager: usager.a_reverifier or self.now)
        tried = select(func.count(Trace.id)).where(
            Trace.objet == Usager.__tablename__,
            Trace.objet_id == first.id,
            Trace.champ == NOT_RECOGNISED,
            Trace.quand >= first.a_reverifier,
        )
        return max(0, TRIES - (self._session.scalar(tried) or 0))

    def is_discreet_for(self, motif_ref: str) -> bool:
        """Whether messages about this motif to this address carry only the day and the hour."""
        return self._motif(motif_ref).sensible or any(usager.discret for usager in self._reached)

    # What can be asked for

    def motifs(self) -> tuple[MotifVu, ...]:
        """The motifs this organisation opens to messages, in the order of its file."""
        return tuple(
            motif_vu(motif) for motif in self._session.scalars(_OPENED, {"organisation": self._organisation.id})
        )

    def motif(self, ref: str) -> MotifVu:
        return motif_vu(self._motif(ref))

    def people(self) -> tuple[Personne, ...]:
        """Who answers at this address."""
        return tuple(personne(usager) for usager in self._usagers)

    def proches(self) -> tuple[Personne, ...]:
        """Those the people at this address answer for, each once."""
        known = {proche.id: proche for usager in self._usagers for proche in usager.proches}
        return tuple(personne(proche) for proche in known.values())

    def known_adresse(self, personne: Personne) -> str | None:
        usager = self._known(personne)
        return usager.adresse if usager else None

    def lieux(self, motif_ref: str, pour: Personne | None) -> tuple[LieuVu, ...]:
        """Where the motif has créneaux, the soonest first; the only lieu, when it has no other."""
        motif = self._motif(motif_ref)
        found = where(
            self._session,
            motif,
            now=self.now,
            agent_ids=self._referents(pour) if motif.suivi else None,
            except_hold_of=self._contact,
        )
        lieux = [self._session.get_one(Lieu, lieu_id) for lieu_id in found if lieu_id is not None]
        self._lieux |= {lieu.ref: lieu for lieu in lieux}
        return tuple(LieuVu(lieu.ref, lieu.nom, lieu.adresse) for lieu in lieux)

    def creneaux(
        self,
        motif_ref: str,
        *,
        pour: Personne | None,
        lieu: str | None = None,
        souhait: Souhait | None = None,
        apres: datetime | None = None,
        combien: int = 3,
    ) -> tuple[CreneauVu, ...]:
        """The first `combien` créneaux that suit, those starting after `apres` only."""
        lieu_id = self._lieu(lieu).id if lieu else None
        wanted = souhait or Souhait()
        found = (
            creneau
            for creneau in self._find(motif_ref, pour=pour, lieu_id=lieu_id, souhait=wanted)
            if wanted.admits(creneau.debut.astimezone(self.zone)) and (apres is None or creneau.debut > apres)
        )
        return tuple(self._shown(creneau) for creneau in islice(found, combien))

    def nearest(
        self, motif_ref: str, debut: datetime, *, pour: Personne | None, lieu: str | None, combien: int = 3
    ) -> tuple[CreneauVu, ...]:
        """The créneaux nearest to an instant, in order of time."""
        lieu_id = self._lieu(lieu).id if lieu else None
        around = Souhait(
            premier=debut.astimezone(self.zone).date() - timedelta(days=7),
            dernier=debut.astimezone(self.zone).date() + timedelta(days=30),
        )
        found = list(islice(self._find(motif_ref, pour=pour, lieu_id=lieu_id, souhait=around), 500))
        close = sorted(found, key=lambda creneau: abs(creneau.debut - debut))[:combien]
        return tuple(self._shown(creneau) for creneau in sorted(close, key=lambda creneau: creneau.debut))

    # What can be done

    def hold(
        self,
        motif_ref: str,
        debut: datetime,
        *,
        pour: Personne | None,
        lieu: str | None,
        deplace: int | None = None,
    ) -> CreneauVu:
        """Keep a créneau for ten minutes, for an RDV more or, in place of another, for that of the participation
        `deplace`. Raises `CreneauPris`, `TropDeRetenues`, `TropDeRdvs`."""
        moved = self._theirs(deplace).rdv_id if deplace is not None else None
        kept = self._keep(motif_ref, debut, pour, lieu, moved=moved)
        return CreneauVu(kept.debut, lieu_vu(kept.lieu))

    def release(self, motif_ref: str) -> None:
        """Let go of what is kept for a motif."""
        holds.release(self._session, self._contact, self._motif(motif_ref), self.now)

    def book(
        self,
        motif_ref: str,
        debut: datetime,
        *,
        pour: Personne,
        moi: Personne,
        lieu: str | None,
        adresse: str | None = None,
    ) -> None:
        """Book the créneau that is kept, or that is still free although its hold has run out; the confirmation
        leaves as an avis. Raises `CreneauPris`, `TropDeRetenues`, `TropDeRdvs`."""
        motif = self._motif(motif_ref)
        kept = self._kept(motif, debut) or self._keep(motif_ref, debut, pour, lieu)
        me = self._known(moi) or self._new(moi, reachable=True)
        participant = me if pour == moi else self._known(pour) or self._new_proche(pour, me)
        rdvs.book(self._session, kept, [participant], cree_par=self._author, now=self.now, adresse=adresse)
        invitations.take(self._session, self._ids(), motif, self.now)

    def rdvs(self) -> tuple[RdvVu, ...]:
        """The RDVs to come of everyone this address answers for, those they may be told of, one for each person."""
        return tuple(self._shown_rdv(participation) for participation in self._to_come())

    def rdv(self, participation_id: int) -> RdvVu | None:
        """The RDV to come that somebody has a part in, as it is now; None once something has become of it."""
        return next((rdv for rdv in self.rdvs() if rdv.participation == participation_id), None)

    def cancel(self, participation_id: int, debut: datetime) -> bool:
        """Record that somebody is not coming at `debut`; True when it is later than the motif's delay. Raises
        `RdvIntrouvable` when it is not theirs, begins at another hour by now or something has become of it,
        `RdvPasse` once it has begun, `TropDAnnulations` at the fourth of the day."""
        mine = self._at_its_hour(participation_id, debut)
        return rdvs.cancel_by_usager(self._session, mine, contact=self._contact, qui=self._author, now=self.now)

    def restore(self) -> RdvVu:
        """Take back what was given up last from here. Raises `RienARetablir` after a quarter of an hour, or when it
        cannot come back."""
        given_up = rdvs.last_given_up(self._session, self._contact, self._ids(), self.now)
        if given_up is None:
            raise RienARetablir
        rdvs.restore(self._session, given_up, contact=self._contact, qui=self._author, now=self.now)
        return self._shown_rdv(given_up)

    def confirm_coming(self, participation_id: int) -> None:
        """Note that somebody is coming. Raises `RdvIntrouvable`, `RdvPasse`."""
        self._theirs(participation_id).confirmee_le = self.now

    def just_confirmed(self) -> RdvVu | None:
        """The RDV to come that somebody here said last, a few minutes ago, that they come to."""
        since = self.now - JUST
        said = [
            (part.confirmee_le, part) for part in self._to_come() if part.confirmee_le and part.confirmee_le > since
        ]
        return self._shown_rdv(max(said, key=lambda one: one[0])[1]) if said else None

    def draft_of(self, participation_id: int) -> tuple[str, Personne, str | None]:
        """What to look for to move an RDV: the ref of its motif, for whom, the ref of its lieu. Raises
        `RdvIntrouvable`, `RdvPasse`, and `TropTardPourDeplacer` when only the service can move it."""
        mine = self._to_move(participation_id)
        return mine.rdv.motif.ref, personne(mine.usager), mine.rdv.lieu.ref if mine.rdv.lieu else None

    def move(self, participation_id: int, ancien: datetime, debut: datetime) -> None:
        """Give the RDV of `ancien` the créneau that is kept for it, or that is still free although its hold has run
        out; the change is told by an avis. Raises `CreneauPris`, `TropDeRetenues`, and what `draft_of` raises, as
        well as `RdvIntrouvable` when it now begins at another hour: it stands."""
        rdv = self._at_its_hour(participation_id, ancien).rdv
        motif, pour, lieu = self.draft_of(participation_id)
        kept = self._kept(rdv.motif, debut) or self._keep(motif, debut, pour, lieu, moved=rdv.id)
        rdvs.move_by_usager(self._session, rdv, kept, qui=self._author, now=self.now)

    def refuse_number(self) -> None:
        """This number is not theirs: nothing more is sent to it, and an agent has to ask for another."""
        for usager in self._reached:
            # Since when it is doubtful is since when birth dates are counted.
            usager.notifier_sms, usager.a_reverifier = False, usager.a_reverifier or self.now

    def recognise(self, jour: int, mois: int, *, avis_id: int | None = None) -> bool:
        """Whether this is the birth day of somebody said to be at this doubtful number, or of a proche that the avis
        is about (of any proche, without an avis): the number is theirs, and no longer doubtful. Otherwise it is one
        try less."""
        born = {(one.naissance.day, one.naissance.month) for one in self._concerned(avis_id) if one.naissance}
        if self.tries_left and (jour, mois) in born:
            for usager in self._doubted:
                usager.a_reverifier = None
            return True
        objet = Usager.__tablename__
        wrong = {"objet": objet, "champ": NOT_RECOGNISED, "avant": None, "apres": None}
        traces.write(self._session, [{**wrong, "objet_id": usager.id} for usager in self._doubted])
        return False

    def news(self, avis_id: int) -> Facts | None:
        """What an avis has to tell now to who is at this address; None when it is not for them, or no longer so."""
        avis = self._session.get(Avis, avis_id)
        if avis is None or avis.destinataire not in self._usagers or silences.why(avis, self.now) is not None:
            return None
        return faits.facts(avis)

    def invitation(self) -> InvitationVue | None:
        """The latest RDV that an agent proposes to somebody here, until it is taken, refused or too old."""
        invitation = invitations.open_one(self._session, self._ids(), self.now)
        if invitation is None:
            return None
        return InvitationVue(invitation.ref, invitation.motif.ref, personne(invitation.usager))

    def decline(self, invitation_ref: str) -> None:
        """Refuse the RDV that an agent proposes."""
        invitations.decline(self._session, self._ids(), invitation_ref, self.now)

    # How it is found

    @property
    def _contact(self) -> str:
        return f"{self._channel}:{self._address}"

    @property
    def _author(self) -> str:
        return f"usager:{self._channel}"

    @property
    def _usagers(self) -> list[Usager]:
        """The usagers reached at this address; nobody whose number is doubtful, so that nothing of them is shown."""
        return [usager for usager in self._reached if usager.a_reverifier is None]

    @property
    def _doubted(self) -> list[Usager]:
        return [usager for usager in self._reached if usager.a_reverifier is not None]

    def _concerned(self, avis_id: int | None) -> list[Usager]:
        """Those whose birth date says who is at a doubtful number."""
        avis = self._session.get(Avis, avis_id) if avis_id is not None else None
        if (
            avis is not None
            and avis.destinataire in self._doubted
            and (avis.participation or avis.invitation or avis.offre)
        ):
            return [avis.destinataire, silences.served(avis)]
        return [one for usager in self._doubted for one in (usager, *usager.proches)]

    @cached_property
    def _reached(self) -> list[Usager]:
        """The usagers said to be reached at this address."""
        here = _BY_TELEGRAM if self._channel == "telegram" else _BY_TELEPHONE
        found = {"territoire": self._organisation.territoire_id, "address": self._address}
        return list(self._session.scalars(here, found).unique())

    def _motif(self, ref: str) -> Motif:
        """Read once in a turn, whatever the number of times it is spoken of."""
        if ref not in self._motifs:
            asked = {"territoire": self._organisation.territoire_id, "ref": ref}
            self._motifs[ref] = self._session.scalars(_MOTIF, asked).one()
        return self._motifs[ref]

    def _lieu(self, ref: str) -> Lieu:
        if ref not in self._lieux:
            asked = {"territoire": self._organisation.territoire_id, "ref": ref}
            self._lieux[ref] = self._session.scalars(_LIEU, asked).one()
        return self._lieux[ref]

    def _find(
        self,
        motif_ref: str,
        *,
        pour: Personne | None,
        lieu_id: int | None = None,
        souhait: Souhait | None = None,
    ) -> Iterator[Creneau]:
        motif = self._motif(motif_ref)
        first, last = (souhait or Souhait()).instants(self.zone)
        return iter(
            find_creneaux(
                self._session,
                motif,
                now=self.now,
                first=first,
                last=last,
                lieu_ids=None if lieu_id is None else [lieu_id],
                agent_ids=self._referents(pour) if motif.suivi else None,
                except_hold_of=self._contact,
            )
        )

    def _referents(self, pour: Personne | None) -> set[int]:
        """A follow-up is never an open diary: the agents named on the fiches of who is asking, or nobody."""
        served = self._known(pour) if pour else None
        return suivi.referents([*self._usagers, *([served] if served else [])])

    def _kept(self, motif: Motif, debut: datetime) -> Hold | None:
        return holds.kept(self._session, self._contact, motif, debut, self.now)

    def _keep(
        self, motif_ref: str, debut: datetime, pour: Personne | None, lieu: str | None, *, moved: int | None = None
    ) -> Hold:
        """Hold the créneau with the lightest of its agents; one that was taken meanwhile makes way for the next."""
        motif = self._motif(motif_ref)
        self._refuse_too_many(motif, moved)
        lieu_id = self._lieu(lieu).id if lieu else None
        creneau = self._at(motif_ref, debut, pour, lieu_id)
        free = set(creneau.agent_ids)
        while free:
            agent_id = agenda.lightest(
                self._session, free, creneau.lieu_id, debut.astimezone(self.zone).date(), self.zone, self.now
            )
            try:
                return holds.hold(
                    self._session, self._contact, motif,
                    debut=debut, lieu_id=creneau.lieu_id, agent_id=agent_id, now=self.now,
                )  # fmt: skip
            except CreneauPris:
                free.discard(agent_id)
        raise CreneauPris

    def _at(self, motif_ref: str, debut: datetime, pour: Personne | None, lieu_id: int | None) -> Creneau:
        jour = debut.astimezone(self.zone).date()
        that_day = Souhait(premier=jour, dernier=jour)
        for creneau in self._find(motif_ref, pour=pour, lieu_id=lieu_id, souhait=that_day):
            if creneau.debut == debut:
                return creneau
        raise CreneauPris

    def _refuse_too_many(self, motif: Motif, moved: int | None) -> None:
        """No sender empties a diary: three RDVs to come per motif and number, at most; one that moves makes room."""
        if rdvs.count_to_come(self._session, motif, self._ids(), self.now, but=moved) >= RDVS_PER_MOTIF:
            raise TropDeRdvs

    def _to_come(self) -> list[Participation]:
        to_come = self._mine().where(Rdv.debut > self.now).order_by(Rdv.debut, Participation.id)
        return list(self._session.scalars(to_come))

    def _theirs(self, participation_id: int) -> Participation:
        mine = self._session.scalars(self._mine().where(Participation.id == participation_id)).first()
        if mine is None:
            raise RdvIntrouvable
        if mine.rdv.debut <= self.now:
            raise RdvPasse
        return mine

    def _at_its_hour(self, participation_id: int, debut: datetime) -> Participation:
        """Theirs, locked: an answer acts on the hour that was asked about, whatever is written meanwhile."""
        mine = self._theirs(participation_id)
        lock(self._session, mine.rdv)
        if mine.rdv.debut != debut:
            raise RdvIntrouvable
        return mine

    def _mine(self) -> Select[Participation]:
        """The parts in RDVs of everyone this address answers for, of which nothing has become yet."""
        return (
            select(Participation)
            .join(Participation.rdv)
            .join(Rdv.motif)
            .where(
                Participation.usager_id.in_(self._ids()),
                Participation.statut == Statut.INDETERMINE,
                Rdv.statut == Statut.INDETERMINE,
                Motif.notification != Notification.INVISIBLE,
            )
        )

    def _to_move(self, participation_id: int) -> Participation:
        """Nobody moves what somebody else comes to as well."""
        mine = self._theirs(participation_id)
        rdvs.refuse_to_move(mine.rdv, self.now)
        if not is_theirs_alone(mine.rdv, self._ids()):
            raise TropTardPourDeplacer
        return mine

    # Who is who

    def _ids(self) -> list[int]:
        """Everyone this address answers for."""
        return [usager.id for one in self._usagers for usager in (one, *one.proches)]

    def _known(self, personne: Personne) -> Usager | None:
        """The usager of this address that is meant, by id or by the same names and birth date."""
        here = self._usagers
        mine = {usager.id: usager for usager in (*here, *(p for usager in here for p in usager.proches))}
        if personne.id is not None:
            return mine.get(personne.id)
        return next((usager for usager in mine.values() if _is_same(usager, personne)), None)

    def _new(self, personne: Personne, *, reachable: bool) -> Usager:
        usager = Usager(
            territoire_id=self._organisation.territoire_id,
            prenom=personne.prenom,
            nom=personne.nom,
            naissance=personne.naissance,
            # Said, lest somebody should ask the database for those of a person it has just been told of.
            proches=[],
            responsables=[],
        )
        if reachable and self._channel == "telegram":
            usager.telegram = self._address
        elif reachable:
            usager.telephone = self._address
        if reachable:
            self._reached.append(usager)
        self._session.add(usager)
        return usager

    def _new_proche(self, personne: Personne, responsable: Usager) -> Usager:
        proche = self._new(personne, reachable=False)
        responsable.proches.append(proche)
        return proche

    # What is shown

    def _shown(self, creneau: Creneau) -> CreneauVu:
        lieu = self._session.get_one(Lieu, creneau.lieu_id) if creneau.lieu_id is not None else None
        return CreneauVu(creneau.debut, lieu_vu(lieu))

    def _shown_rdv(self, participation: Participation) -> RdvVu:
        rdv, usager = participation.rdv, participation.usager
        return RdvVu(
            participation=participation.id,
            debut=rdv.debut,
            libelle=rdv.motif.libelle_usager,
            prenom=None if usager in self._usagers else usager.prenom,
            lieu=rdv.lieu.nom if rdv.lieu else None,
            discret=is_discreet(rdv, usager, *self._usagers),
            sensible=rdv.motif.sensible,
        )


# Written once: putting a statement together costs more than running it.


def _at(column: InstrumentedAttribute[str | None]) -> Select[Usager]:
    """The usagers reached at an address, with those they answer for: the same work whether there are any or not."""
    here = select(Usager).where(column == bindparam("address"), Usager.territoire_id == bindparam("territoire"))
    return here.options(joinedload(Usager.proches)).order_by(Usager.id)


_BY_TELEPHONE, _BY_TELEGRAM = _at(Usager.telephone), _at(Usager.telegram)
_OPENED = (
    select(Motif)
    .where(Motif.organisation_id == bindparam("organisation"), Motif.en_ligne, ~Motif.collectif)
    .order_by(Motif.id)
)
_MOTIF = select(Motif).where(Motif.territoire_id == bindparam("territoire"), Motif.ref == bindparam("ref"))
_LIEU = select(Lieu).where(Lieu.territoire_id == bindparam("territoire"), Lieu.ref == bindparam("ref"))


def _is_same(usager: Usager, personne: Personne) -> bool:
    """Same names, whatever their accents and capitals, and no birth date that differs."""
    if _plain(f"{usager.prenom} {usager.nom}") != _plain(f"{personne.prenom} {personne.nom}"):
        return False
    return None in (usager.naissance, personne.naissance) or usager.naissance == personne.naissance


def _plain(name: str) -> str:
    letters = normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not combining(letter))
