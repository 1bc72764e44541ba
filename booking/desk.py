"""Desk: what one sender may ask of the agenda, as verbs."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from typing import NamedTuple
from unicodedata import combining, normalize
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from booking import agenda, faits, holds, invitations, rdvs, secteurs, silences, suivi, traces
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
    AvisEtat,
    AvisKind,
    Hold,
    Lieu,
    Motif,
    Notification,
    Organisation,
    Participation,
    Plage,
    Rdv,
    Statut,
    TypeMotif,
    Usager,
)
from booking.participations import lock
from booking.reconnaissance import NOT_RECOGNISED, tries_left
from booking.search import find_creneaux, where
from booking.souhait import Souhait
from booking.vues import (
    CommuneVue,
    CreneauVu,
    DejaPris,
    Details,
    InvitationVue,
    LieuVu,
    MotifVu,
    OrganisationVue,
    Personne,
    RdvVu,
    lieu_vu,
    motif_vu,
    personne,
)

RDVS_PER_MOTIF = 3
JUST = timedelta(minutes=10)
"""How long a yes that is said again is the same yes."""


class _Opened(NamedTuple):
    """A motif that an organisation opens to messages."""

    ref: str
    libelle: str
    organisation: str
    nom: str


class Desk:
    """`discreet`: whoever is at this address asked for messages that say only the day and the hour (a fiche decides,
    once there is one); `langue`: the language chosen there, or kept when another was offered; `numero`: the phone
    number of who writes from a chat, shown to be theirs."""

    def __init__(
        self,
        session: Session,
        channel: str,
        address: str,
        organisation: Organisation,
        now: datetime,
        *,
        discreet: bool = False,
        langue: str | None = None,
        numero: str | None = None,
        commune: str | None = None,
    ) -> None:
        self._session = session
        self._channel = channel
        self._address = address
        self._organisation = organisation
        self.now = now
        self._discreet = discreet
        self.langue_kept = langue
        self.numero = numero
        self.commune_kept = commune
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
    def dpo(self) -> str | None:
        """How to reach who watches over personal data, where the territoire has said."""
        return self._organisation.territoire.dpo

    @property
    def address(self) -> str:
        return self._address

    @property
    def langue(self) -> str:
        """The language to speak here: that of the fiche of who is known, else the one that was chosen."""
        known = next((usager.langue for usager in self._usagers), None)
        return known or self.langue_kept or next((usager.langue for usager in self._doubted), "fr")

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
        return tries_left(self._session, [first])[first.id]

    def is_discreet_for(self, motif_ref: str) -> bool:
        """Whether messages about this motif to this address carry only the day and the hour."""
        return self._motif(motif_ref).sensible or self.is_discreet

    @property
    def is_discreet(self) -> bool:
        """Whether messages to this address carry only the day and the hour, whatever they are about."""
        if not self._reached:
            return self._discreet
        return any(usager.discret for usager in self._reached)

    @property
    def is_chat(self) -> bool:
        """Whether this address is no phone number, and who writes from it is known by it alone."""
        return self._channel == "telegram"

    def link(self, numero: str) -> None:
        """Who writes from this chat has shown that the number (E.164) is theirs: who is said to be at one of the two
        is reached at both. Of somebody who is never to be written to, nothing changes."""
        self.numero = numero
        for usager in self._reached:
            usager.telephone = usager.telephone or numero
        there = {"territoire": self._organisation.territoire_id, "address": numero}
        for usager in self._session.scalars(_BY_TELEPHONE, there).unique():
            if not usager.protege:
                usager.telegram = self._address
        self._session.flush()
        vars(self).pop("_reached", None)

    def wrote_here(self) -> None:
        """They are written to here first, from now on; by SMS where nothing was ever written elsewhere."""
        for usager in self._reached:
            if self._channel != (usager.canal or "sms"):
                usager.canal = self._channel

    @property
    def commune(self) -> str | None:
        """Where whoever is at this address lives, as they said or as an agent wrote; None where it has to be asked."""
        known = (usager.commune or usager.code_insee for usager in self._usagers)
        return next((commune for commune in known if commune), None) or self.commune_kept

    def lives_in(self, commune: str, code_insee: str | None = None) -> None:
        """Keep where they live: asked once. It goes on the fiches of whoever is known here."""
        self.commune_kept = commune[:80]
        for usager in self._usagers:
            usager.commune, usager.code_insee = self.commune_kept, code_insee

    def communes(self) -> tuple[CommuneVue, ...]:
        """The communes that the territoire knows by name."""
        return secteurs.communes(self._session, self._organisation.territoire_id)

    def speak(self, langue: str) -> None:
        """Speak this language from now on to everyone who is known at this address, or will be."""
        self.langue_kept = langue
        for usager in self._usagers:
            usager.langue = langue

    # What can be asked for

    def motifs(self) -> tuple[MotifVu, ...]:
        """The motifs this organisation opens to messages, in the order of its file."""
        return self._opened

    def organisations(self) -> tuple[OrganisationVue, ...]:
        """The organisations of the territoire that open motifs to messages, in the order of its file; none where only
        this one does."""
        opened = dict.fromkeys((one.organisation, one.nom) for one in self._elsewhere)
        if not opened:
            return ()
        here = (self._organisation.ref, self._organisation.nom)
        return tuple(OrganisationVue(ref, nom) for ref, nom in (here, *opened))

    def elsewhere(self) -> tuple[tuple[str, str], ...]:
        """The motifs that other organisations open and this one has nothing like: each name once, and a ref."""
        if not self._elsewhere:
            return ()
        own = {motif.libelle for motif in self.motifs()}
        return tuple({one.libelle: one.ref for one in reversed(self._elsewhere) if one.libelle not in own}.items())

    def motifs_of(self, organisation_ref: str) -> tuple[tuple[str, str], ...]:
        """The names and refs of the motifs that an organisation of the territoire opens to messages."""
        if organisation_ref == self._organisation.ref:
            return tuple((motif.libelle, motif.ref) for motif in self.motifs())
        return tuple((one.libelle, one.ref) for one in self._elsewhere if one.organisation == organisation_ref)

    def twins(self, motif_ref: str) -> dict[str, str]:
        """The motifs of the same name among which the commune decides, by the ref of their organisation, this one
        included: those that organisations open, where one of them has said whom it serves. A follow-up has none: it is
        with the usager's own referents."""
        motif = self._motif(motif_ref)
        if not motif.en_ligne or motif.suivi:
            return {}
        asked = {"territoire": self._organisation.territoire_id, "libelle": motif.libelle_usager}
        opened = self._session.execute(_TWINS, asked).all()
        if not any(secteurs for _, _, secteurs in opened):
            return {}
        # Of two of one organisation, the one that was asked for.
        return {where: ref for where, ref, _ in opened} | {motif.organisation.ref: motif.ref}

    def organisation_of(self, motif_ref: str) -> OrganisationVue:
        organisation = self._motif(motif_ref).organisation
        return OrganisationVue(organisation.ref, organisation.nom)

    def serving(self) -> str | None:
        """The ref of the organisation that serves where they live; None where none does, or it is not known."""
        usager = next((usager for usager in self._usagers if usager.commune or usager.code_insee), None)
        code_insee, commune = (usager.code_insee, usager.commune) if usager else (None, self.commune_kept)
        here = Organisation.territoire_id == self._organisation.territoire_id
        everyone = self._session.scalars(select(Organisation).where(here).order_by(Organisation.id))
        found = secteurs.serving(everyone, code_insee, commune)
        if found is not None:
            return found.ref
        named = (one for one in self.communes() if f"{one.code_postal} {one.nom}" == commune)
        return next((one.organisation for one in named), None)

    def motif(self, ref: str) -> MotifVu:
        """What may be said of a motif here. A chat keeps what is written: how to prepare for a sensitive one is not;
        nor for any, to who asked for the day and the hour only."""
        motif = self._motif(ref)
        seen = motif_vu(motif)
        return replace(seen, instructions="") if self.is_discreet or (self.is_chat and motif.sensible) else seen

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

    def known_numero(self, personne: Personne) -> str | None:
        """Where to call somebody: where they asked to be, else the number they are written to or write from; None
        where only a chat is known."""
        usager = self._known(personne)
        here = self._address if self._address.startswith("+") else self.numero
        return (usager.a_appeler or usager.telephone if usager else None) or here

    def lieux(self, motif_ref: str, pour: Personne | None) -> tuple[LieuVu, ...]:
        """Where the motif has créneaux: the nearest to where they live first, as far as that is known, else the
        soonest; the only lieu, when it has no other."""
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
        if len(lieux) > 1 and self.commune is not None:
            usager = next((usager for usager in self._usagers if usager.code_insee), None)
            lieux = secteurs.nearest_first(
                self._session, self._organisation.territoire_id, lieux,
                usager.code_insee if usager else None, self.commune,
            )  # fmt: skip
        return tuple(LieuVu(lieu.ref, lieu.nom, lieu.adresse) for lieu in lieux)

    def places(self, motif_ref: str) -> tuple[LieuVu, ...]:
        """Where the motif is received, whether anything is free there or not, in the order of their names."""
        received = select(Lieu).where(
            Lieu.id.in_(select(Plage.lieu_id).where(Plage.motifs.any(Motif.id == self._motif(motif_ref).id)))
        )
        return tuple(
            LieuVu(lieu.ref, lieu.nom, lieu.adresse) for lieu in self._session.scalars(received.order_by(Lieu.nom))
        )

    def creneaux(
        self,
        motif_ref: str,
        *,
        pour: Personne | None,
        lieu: str | None = None,
        souhait: Souhait | None = None,
        apres: datetime | None = None,
        combien: int = 3,
        a_la_suite: int = 1,
    ) -> tuple[CreneauVu, ...]:
        """The first `combien` créneaux that suit, those starting after `apres` only; the first of each `a_la_suite`
        that follow each other."""
        lieu_id = self._lieu(lieu).id if lieu else None
        wanted = souhait or Souhait()
        found = (
            creneau
            for creneau in self._find(motif_ref, pour=pour, lieu_id=lieu_id, souhait=wanted, a_la_suite=a_la_suite)
            if wanted.admits(creneau.debut.astimezone(self.zone)) and (apres is None or creneau.debut > apres)
        )
        return tuple(self._shown(creneau) for creneau in islice(found, combien))

    def nearest(
        self,
        motif_ref: str,
        debut: datetime,
        *,
        pour: Personne | None,
        lieu: str | None,
        combien: int = 3,
        a_la_suite: int = 1,
    ) -> tuple[CreneauVu, ...]:
        """The créneaux nearest to an instant, in order of time."""
        lieu_id = self._lieu(lieu).id if lieu else None
        around = Souhait(
            premier=debut.astimezone(self.zone).date() - timedelta(days=7),
            dernier=debut.astimezone(self.zone).date() + timedelta(days=30),
        )
        near = self._find(motif_ref, pour=pour, lieu_id=lieu_id, souhait=around, a_la_suite=a_la_suite)
        found = list(islice(near, 500))
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
        a_la_suite: int = 1,
    ) -> CreneauVu:
        """Keep a créneau for ten minutes, for an RDV more or, in place of another, for that of the participation
        `deplace`; or as many `a_la_suite`, the first at `debut`. Raises `CreneauPris`, `TropDeRetenues`,
        `TropDeRdvs`."""
        moved = self._theirs(deplace).rdv_id if deplace is not None else None
        kept = self._keep(motif_ref, debut, pour, lieu, moved=moved, a_la_suite=a_la_suite)
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
        numero: str | None = None,
    ) -> None:
        """Book the créneau that is kept, or that is still free although its hold has run out; the confirmation
        leaves as an avis. Where to come or to call goes on the fiche too. Raises `CreneauPris`, `TropDeRetenues`,
        `TropDeRdvs`."""
        motif = self._motif(motif_ref)
        kept = self._kept(motif, debut) or self._keep(motif_ref, debut, pour, lieu)
        me = self._known(moi) or self._new(moi, reachable=True)
        participant = me if pour == moi else self._known(pour) or self._new_proche(pour, me)
        self._declare(me, adresse, numero)
        rdvs.book(
            self._session, kept, [participant], cree_par=self._author, now=self.now, adresse=adresse,
            numero=me.a_appeler if numero else None,
        )  # fmt: skip
        invitations.take(self._session, self._ids(), motif, self.now)

    def book_in_a_row(
        self,
        motif_ref: str,
        debut: datetime,
        *,
        pour: Sequence[Personne],
        moi: Personne,
        lieu: str | None,
        adresse: str | None = None,
        numero: str | None = None,
    ) -> None:
        """The same, for several who come one after the other, from `debut` on: an RDV each, confirmed together."""
        motif, several = self._motif(motif_ref), len(pour)
        kept = self._kept(motif, debut)
        if kept is None or kept.fin - kept.debut != several * timedelta(minutes=motif.duree_min):
            kept = self._keep(motif_ref, debut, pour[0], lieu, a_la_suite=several)
        me = self._known(moi) or self._new(moi, reachable=True)
        participants = [me if one == moi else self._known(one) or self._new_proche(one, me) for one in pour]
        self._declare(me, adresse, numero)
        rdvs.book_in_a_row(
            self._session, kept, participants, cree_par=self._author, now=self.now, adresse=adresse,
            numero=me.a_appeler if numero else None,
        )  # fmt: skip
        invitations.take(self._session, self._ids(), motif, self.now)

    def correct(self, participation_id: int, *, adresse: str | None = None, numero: str | None = None) -> None:
        """Where to come, or whom to call, for an RDV to come: there and on the fiche of who says so. Raises
        `RdvIntrouvable`, `RdvPasse`."""
        mine = self._theirs(participation_id)
        lock(self._session, mine.rdv)
        me = next(usager for usager in self._usagers if mine.usager in (usager, *usager.proches))
        self._declare(me, adresse, numero)
        if adresse is not None:
            mine.rdv.adresse = adresse
        if numero is not None:
            mine.rdv.numero = me.a_appeler

    def rdvs(self, type: TypeMotif | None = None) -> tuple[RdvVu, ...]:
        """The RDVs to come of everyone this address answers for, those they may be told of, one for each person; those
        by phone, say, alone."""
        to_come = self._to_come()
        return tuple(self._shown_rdv(part) for part in to_come if type is None or part.rdv.motif.type is type)

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
        """The RDV to come that somebody here took, moved, or said that they come to last, a few minutes ago."""
        since = self.now - JUST
        told = {avis.participation_id: avis.du_le for avis in self._told(AvisKind.CONFIRMATION, AvisKind.CHANGE)}
        said = [
            (at, part)
            for part in self._to_come()
            for at in (part.confirmee_le, told.get(part.id))
            if at is not None and at > since
        ]
        return self._shown_rdv(max(said, key=lambda one: one[0])[1]) if said else None

    def reminded(self) -> RdvVu | None:
        """The first RDV to come that they were reminded of as it is now, wherever the reminder reached them, and have
        not answered for."""
        told = {(avis.participation_id, avis.version) for avis in self._told(AvisKind.REMINDER)}
        unanswered = (part for part in self._to_come() if part.confirmee_le is None)
        return next((self._shown_rdv(part) for part in unanswered if (part.id, part.rdv.version) in told), None)

    def details(self, participation_id: int) -> Details | None:
        """What may be told of an RDV to come besides its hour; None for one that is discreet, or not theirs."""
        part = next((one for one in self._to_come() if one.id == participation_id), None)
        if part is None or self._shown_rdv(part).discret:
            return None
        rdv, motif = part.rdv, part.rdv.motif
        me = next((one for one in self._usagers if part.usager in (one, *one.proches)), part.usager)
        return Details(
            type=motif.type,
            lieu=rdv.lieu.nom if rdv.lieu else None,
            adresse=rdv.lieu.adresse if rdv.lieu else rdv.adresse if rdv.adresse == me.adresse else None,
            numero=rdv.numero if rdv.numero and rdv.numero == me.a_appeler else me.telephone,
            instructions=motif.instructions_avant,
            agent=", ".join(f"{agent.prenom} {agent.nom}" for agent in rdv.agents) if motif.suivi else None,
        )

    def just_given_up(self) -> DejaPris | None:
        """What was given up last from here, as long as it can be taken back."""
        given_up = rdvs.last_given_up(self._session, self._contact, self._ids(), self.now)
        if given_up is None:
            return None
        rdv = given_up.rdv
        return DejaPris(rdv.motif.ref, personne(given_up.usager), rdv.lieu.ref if rdv.lieu else None)

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
            usager.numero_refuse_le = usager.numero_refuse_le or self.now
            usager.a_reverifier = usager.a_reverifier or self.now

    def stop(self) -> None:
        """The people here want no message that they did not ask for: agents see it on their fiches."""
        for usager in self._reached:
            usager.arret_le = usager.arret_le or self.now

    def start(self) -> None:
        """They want them again."""
        for usager in self._reached:
            usager.arret_le = None

    def hide(self) -> None:
        """Messages to this address say the day and the hour only, from now on."""
        self._discreet = True
        for usager in self._reached:
            usager.discret = True

    def recognise(self, jour: int, mois: int, *, avis_id: int | None = None) -> bool:
        """Whether this is the birth day of somebody said to be at this doubtful number, or of a proche that the avis
        is about (of any proche, without an avis): the number is theirs, and no longer doubtful. Otherwise it is one
        try less."""
        born = {(one.naissance.day, one.naissance.month) for one in self._concerned(avis_id) if one.naissance}
        if self.tries_left and (jour, mois) in born:
            for usager in self._doubted:
                usager.a_reverifier = usager.numero_refuse_le = None
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

    def proposed(self) -> tuple[InvitationVue, ...]:
        """The RDVs proposed to people here that they have not taken, those they refused too, until they are too old:
        of each motif the latest."""
        latest = {one.motif_id: one for one in reversed(invitations.proposed(self._session, self._ids(), self.now))}
        return tuple(InvitationVue(one.ref, one.motif.ref, personne(one.usager)) for one in latest.values())

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

    @cached_property
    def _opened(self) -> tuple[MotifVu, ...]:
        opened = self._session.scalars(_OPENED, {"organisation": self._organisation.id})
        return tuple(motif_vu(motif) for motif in opened)

    @cached_property
    def _elsewhere(self) -> list[_Opened]:
        """The motifs that other organisations of the territoire open to messages."""
        asked = {"territoire": self._organisation.territoire_id, "organisation": self._organisation.id}
        return [_Opened(*row) for row in self._session.execute(_OPENED_ELSEWHERE, asked)]

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
        a_la_suite: int = 1,
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
                in_a_row=a_la_suite,
            )
        )

    def _referents(self, pour: Personne | None) -> set[int]:
        """A follow-up is never an open diary: the agents named on the fiches of who is asking, or nobody."""
        served = self._known(pour) if pour else None
        return suivi.referents([*self._usagers, *([served] if served else [])])

    def _kept(self, motif: Motif, debut: datetime) -> Hold | None:
        return holds.kept(self._session, self._contact, motif, debut, self.now)

    def _keep(
        self,
        motif_ref: str,
        debut: datetime,
        pour: Personne | None,
        lieu: str | None,
        *,
        moved: int | None = None,
        a_la_suite: int = 1,
    ) -> Hold:
        """Hold the créneau with the lightest of its agents; one that was taken meanwhile makes way for the next."""
        motif = self._motif(motif_ref)
        self._refuse_too_many(motif, moved, a_la_suite)
        lieu_id = self._lieu(lieu).id if lieu else None
        creneau = self._at(motif_ref, debut, pour, lieu_id, a_la_suite)
        free = set(creneau.agent_ids)
        while free:
            agent_id = agenda.lightest(
                self._session, free, creneau.lieu_id, debut.astimezone(self.zone).date(), self.zone, self.now
            )
            try:
                return holds.hold(
                    self._session, self._contact, motif,
                    debut=debut, lieu_id=creneau.lieu_id, agent_id=agent_id, now=self.now,
                    combien=a_la_suite,
                )  # fmt: skip
            except CreneauPris:
                free.discard(agent_id)
        raise CreneauPris

    def _at(
        self, motif_ref: str, debut: datetime, pour: Personne | None, lieu_id: int | None, a_la_suite: int
    ) -> Creneau:
        jour = debut.astimezone(self.zone).date()
        that_day = Souhait(premier=jour, dernier=jour)
        for creneau in self._find(motif_ref, pour=pour, lieu_id=lieu_id, souhait=that_day, a_la_suite=a_la_suite):
            if creneau.debut == debut:
                return creneau
        raise CreneauPris

    def _refuse_too_many(self, motif: Motif, moved: int | None, more: int) -> None:
        """No sender empties a diary: three RDVs to come per motif and number, at most; one that moves makes room."""
        if rdvs.count_to_come(self._session, motif, self._ids(), self.now, but=moved) + more > RDVS_PER_MOTIF:
            raise TropDeRdvs

    def _told(self, *kinds: AvisKind) -> Sequence[Avis]:
        """The avis of these kinds that were told to who is at this address, of RDVs to come."""
        told = select(Avis).join(Avis.rdv).where(
            Avis.destinataire_id.in_([usager.id for usager in self._usagers]),
            Avis.etat == AvisEtat.DIT,
            Avis.kind.in_(kinds),
            Rdv.debut > self.now,
        )  # fmt: skip
        return self._session.scalars(told.order_by(Avis.du_le)).all()

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
            langue=self.langue,
            commune=self.commune_kept if reachable else None,
            # Said, lest somebody should ask the database for those of a person it has just been told of.
            proches=[],
            responsables=[],
        )
        if reachable and self._channel == "telegram":
            usager.telegram, usager.telephone = self._address, self.numero
        elif reachable:
            usager.telephone = self._address
        usager.discret = reachable and self.is_discreet
        if reachable:
            self._reached.append(usager)
        self._session.add(usager)
        return usager

    def _new_proche(self, personne: Personne, responsable: Usager) -> Usager:
        proche = self._new(personne, reachable=False)
        responsable.proches.append(proche)
        return proche

    def _declare(self, me: Usager, adresse: str | None, numero: str | None) -> None:
        """Where to come and whom to call, as somebody says it of themselves; the history tells that a message did.
        The number they are written to never changes by a message: security-and-privacy.md, T02."""
        if adresse is not None:
            me.adresse = adresse
        if numero is not None:
            me.a_appeler = numero if numero != me.telephone else None

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
            prenom=None if self._usagers == [usager] else usager.prenom,
            lieu=rdv.lieu.nom if rdv.lieu else None,
            discret=self.is_discreet or is_discreet(rdv, usager),
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
_OPENED_ELSEWHERE = (
    select(Motif.ref, Motif.libelle_usager, Organisation.ref, Organisation.nom)
    .join(Motif.organisation)
    .where(
        Motif.territoire_id == bindparam("territoire"),
        Motif.organisation_id != bindparam("organisation"),
        Motif.en_ligne,
        ~Motif.collectif,
    )
    .order_by(Organisation.id, Motif.id)
)
_TWINS = (
    select(Organisation.ref, Motif.ref, Organisation.secteurs)
    .join(Motif.organisation)
    .where(
        Motif.territoire_id == bindparam("territoire"),
        Motif.libelle_usager == bindparam("libelle"),
        Motif.en_ligne,
        ~Motif.collectif,
    )
    .order_by(Organisation.id, Motif.id)
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
