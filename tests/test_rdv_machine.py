"""Whatever happens to RDVs, in whatever order: time is taken once, statuses agree, and every change is written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, func, inspect, select
from sqlalchemy.orm import Session

from booking import holds, rdvs, statuts
from booking.db import connect, sessions_of, transaction
from booking.errors import BookingError, CreneauPris
from booking.models import Agent, Hold, Motif, Occupation, Participation, Rdv, Statut, Trace, Usager
from booking.participations import RESTORE
from booking.plages import local_day
from booking.spans import Span
from tests.databases import Databases
from tests.makers import NOW, World, at
from tests.naive_creneaux import PARIS

STEPS = {"sqlite": (30, 25), "postgres": (4, 20)}
"""How many lives, and what may happen in each."""
BY_SMS, ANNE = "usager:sms", "agent:a.durand"

which = st.integers(0, 30)
"""One of those that exist."""
contacts = st.sampled_from(["sms:1", "sms:2", "sms:3"])
starts = st.builds(
    lambda day, quarter: at("08:30", day) + timedelta(minutes=15 * quarter),
    st.sampled_from(["2026-11-23", "2026-11-24"]),
    st.integers(0, 8),
)
lengths = st.sampled_from([30, 45])
some = st.lists(which, min_size=1, max_size=2)
reasons = st.sampled_from([None, None, "urgence"])


class Lives(RuleBasedStateMachine):
    """Two agents, three people, and everything that may happen between them."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.now = NOW
        self.engine: Engine = connect(url)
        self.sessions = sessions_of(self.engine)
        with transaction(self.sessions) as session:
            agenda = World(session, ref="59")
            agenda.agent("Durand")
            agenda.agent("Petit", "Bruno")
            for number in range(3):
                agenda.usager(f"Usager{number}")
            agenda.new_motif("atelier", collectif=True)

    def teardown(self) -> None:
        self.engine.dispose()

    # How something happens

    @contextmanager
    def happening(self) -> Iterator[Session]:
        """One transaction; what booking refuses leaves everything as it was; what changes is written."""
        before, last = self.seen(), self.last_line()
        try:
            with transaction(self.sessions) as session:
                yield session
        except BookingError:
            assert self.seen() == before
            assert self.last_line() == last
            return
        self.is_written(before, last)

    def seen(self) -> dict[tuple[int, str], str | None]:
        """What every RDV says of itself, by RDV and field."""
        said: dict[tuple[int, str], str | None] = {}
        with transaction(self.sessions) as session:
            for rdv in session.scalars(select(Rdv)):
                said[rdv.id, "agents"] = ",".join(str(agent.id) for agent in rdv.agents)
                said |= fields(rdv, rdv.id, "")
                for part in rdv.participations:
                    said[rdv.id, f"participants.{part.usager_id}"] = "there"
                    said |= fields(part, rdv.id, f"participants.{part.usager_id}.")
        return said

    def last_line(self) -> int:
        with transaction(self.sessions) as session:
            return session.scalar(select(func.max(Trace.id))) or 0

    def is_written(self, before: dict[tuple[int, str], str | None], last: int) -> None:
        """Each change is a line, from what it was to what it is, and each line is a change."""
        after = self.seen()
        with transaction(self.sessions) as session:
            lines = session.scalars(select(Trace).where(Trace.id > last, Trace.objet == "rdv").order_by(Trace.id)).all()
        written: dict[tuple[int, str], tuple[str | None, str | None]] = {}
        for line in lines:
            key = (line.objet_id, line.champ)
            if line.champ == "participants":
                assert (line.objet_id, f"participants.{line.apres}") in after
                continue
            written[key] = (written[key][0] if key in written else line.avant, line.apres)
        came, went = ({key[0] for key in one} for one in (after.keys() - before.keys(), before.keys() - after.keys()))
        known = before.keys() & after.keys()
        changed = {key: (before[key], after[key]) for key in known if before[key] != after[key]}
        for rdv_id in {key[0] for key in after} - {key[0] for key in before}:
            assert written.pop((rdv_id, "creation")) == (None, None)
        for rdv_id in {key[0] for key in before} - {key[0] for key in after}:
            assert written.pop((rdv_id, "suppression")) == (None, None)
        fresh = came | went
        assert {key: change for key, change in written.items() if change[0] != change[1] and key[0] not in fresh} == {
            key: change for key, change in changed.items() if key[0] not in fresh
        }

    def is_free(self, agent_ids: set[int], span: Span, but: int | None = None) -> bool:
        with transaction(self.sessions) as session:
            return not any(
                taken.agent_id in agent_ids and (but is None or taken.rdv_id != but)
                for taken in session.scalars(select(Occupation))
                if Span(taken.debut, taken.fin).overlaps(span) and (taken.jusqu_a is None or taken.jusqu_a > self.now)
            )

    # What happens

    @rule(minutes=st.sampled_from([1, 5, 9, 16, 60, 300, 900]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule()
    def a_sweep(self) -> None:
        with self.happening() as session:
            holds.forget_expired_holds(session, self.now)

    @rule(contact=contacts, agent=which, debut=starts)
    def hold(self, contact: str, agent: int, debut: datetime) -> None:
        with self.happening() as session:
            kept = pick(session, Agent, agent)
            motif = session.scalars(select(Motif).where(~Motif.collectif)).one()
            holds.hold(session, contact, motif, debut=debut, lieu_id=None, agent_id=kept.id, now=self.now)

    @rule(contact=contacts, who=which)
    def book(self, contact: str, who: int) -> None:
        with self.happening() as session:
            kept = session.scalars(select(Hold).where(Hold.contact == contact, Hold.expire_le > self.now)).first()
            if kept:
                rdvs.book(session, kept, [pick(session, Usager, who)], cree_par=BY_SMS, now=self.now)

    @rule(agents=some, debut=starts, people=some, duree=lengths, reason=reasons, collectif=st.booleans())
    def place(
        self, agents: list[int], debut: datetime, people: list[int], duree: int, reason: str | None, collectif: bool
    ) -> None:
        with transaction(self.sessions) as session:
            ids = {pick(session, Agent, one).id for one in agents}
        was_free = self.is_free(ids, Span(debut, debut + timedelta(minutes=duree)))
        with self.happening() as session:
            motif = session.scalars(select(Motif).where(Motif.collectif == collectif)).one()
            try:
                rdv = rdvs.place(
                    session, motif, agents=[session.get_one(Agent, one) for one in sorted(ids)], debut=debut,
                    duree_min=duree, lieu=None, participants=list({pick(session, Usager, one) for one in people}),
                    qui=ANNE, now=self.now, surreservation=reason,
                )  # fmt: skip
            except CreneauPris:
                assert not was_free
                assert reason is None
                raise
            assert (rdv.surreservation is None) == was_free
            assert was_free or reason

    @rule(rdv=which, agents=some, debut=starts, reason=reasons)
    def move(self, rdv: int, agents: list[int], debut: datetime, reason: str | None) -> None:
        def act(session: Session, one: Rdv) -> None:
            towards = list({pick(session, Agent, agent) for agent in agents})
            rdvs.move(
                session, one, debut=debut, agents=towards, surreservation=reason, qui=ANNE, now=self.now
            )  # fmt: skip

        self.to_an_rdv(rdv, act)

    @rule(rdv=which, contact=contacts)
    def move_by_usager(self, rdv: int, contact: str) -> None:
        def act(session: Session, one: Rdv) -> None:
            kept = session.scalars(select(Hold).where(Hold.contact == contact, Hold.expire_le > self.now)).first()
            if kept:
                rdvs.move_by_usager(session, one, kept, qui=BY_SMS, now=self.now)

        self.to_an_rdv(rdv, act)

    @rule(part=which, contact=contacts)
    def cancel(self, part: int, contact: str) -> None:
        def act(session: Session, one: Participation) -> None:
            rdvs.cancel_by_usager(session, one, contact=contact, qui=BY_SMS, now=self.now)
            until = None if one.rdv.statut.is_living else self.now + RESTORE
            assert {taken.jusqu_a for taken in one.rdv.occupations} == {until}

        self.to_a_part(part, act)

    @precondition(lambda self: self.given_up())
    @rule(part=which)
    def restore(self, part: int) -> None:
        with self.happening() as session:
            ids = self.given_up()
            one = session.get_one(Participation, ids[part % len(ids)])
            rdvs.restore(session, one, contact=one.annulee_par or "", qui=BY_SMS, now=self.now)

    def given_up(self) -> list[int]:
        with transaction(self.sessions) as session:
            return list(session.scalars(select(Participation.id).where(Participation.annulee_par.is_not(None))))

    @rule(part=which, statut=st.sampled_from(Statut))
    def set_statut(self, part: int, statut: Statut) -> None:
        self.to_a_part(part, lambda s, one: rdvs.set_statut(s, one, statut, qui=ANNE, now=self.now))

    @rule(part=which)
    def remove(self, part: int) -> None:
        self.to_a_part(part, lambda s, one: rdvs.remove_participant(s, one, qui=ANNE, now=self.now))

    @rule(rdv=which, who=which)
    def add(self, rdv: int, who: int) -> None:
        self.to_an_rdv(
            rdv, lambda s, one: rdvs.add_participant(s, one, pick(s, Usager, who), qui=ANNE, now=self.now)
        )  # fmt: skip

    @rule(rdv=which)
    def call_off(self, rdv: int) -> None:
        self.to_an_rdv(rdv, lambda s, one: rdvs.cancel_by_service(s, one, qui=ANNE, now=self.now, reason="malade"))

    @rule(rdv=which)
    def reopen(self, rdv: int) -> None:
        self.to_an_rdv(rdv, lambda s, one: rdvs.reopen(s, one, qui=ANNE, now=self.now))

    @rule(rdv=which)
    def delete(self, rdv: int) -> None:
        self.to_an_rdv(rdv, lambda s, one: rdvs.delete(s, one, qui=ANNE, now=self.now))

    def to_an_rdv(self, number: int, act: Callable[[Session, Rdv], object]) -> None:
        with self.happening() as session:
            if session.scalars(select(Rdv)).first():
                act(session, pick(session, Rdv, number))

    def to_a_part(self, number: int, act: Callable[[Session, Participation], object]) -> None:
        with self.happening() as session:
            if session.scalars(select(Participation)).first():
                act(session, pick(session, Participation, number))

    # What is true all the time

    @invariant()
    def no_agent_is_taken_twice(self) -> None:
        with transaction(self.sessions) as session:
            taken = session.scalars(select(Occupation).where(~Occupation.en_plus)).all()
        for one in taken:
            for other in taken:
                if one.id < other.id and one.agent_id == other.agent_id:
                    assert not Span(one.debut, one.fin).overlaps(Span(other.debut, other.fin))

    @invariant()
    def time_is_taken_by_what_takes_place_and_what_is_kept(self) -> None:
        with transaction(self.sessions) as session:
            found = {
                (one.rdv_id, one.hold_id, one.agent_id, one.debut, one.fin, one.jusqu_a)
                for one in session.scalars(select(Occupation))
                if one.jusqu_a is None or one.jusqu_a > self.now
            }
            assert found == {
                *(taken for rdv in session.scalars(select(Rdv)) for taken in self.taken_by(rdv)),
                *(
                    (None, one.id, one.agent_id, one.debut, one.fin, one.expire_le)
                    for one in session.scalars(select(Hold).where(Hold.expire_le > self.now))
                ),
            }

    def taken_by(self, rdv: Rdv) -> Iterator[tuple[Any, ...]]:
        until = None
        if not rdv.statut.is_living:
            given_up = [part.annulee_le for part in rdv.participations if part.annulee_par and part.annulee_le]
            until = max(given_up, default=self.now) + RESTORE
            kept = {one.jusqu_a for one in rdv.occupations}
            # An agent's word, after an usager's, gives the time back at once.
            if kept != {until} or until <= self.now:
                return
        for agent in rdv.agents:
            yield rdv.id, None, agent.id, rdv.debut, rdv.fin, until

    @invariant()
    def statuses_agree_and_are_possible(self) -> None:
        with transaction(self.sessions) as session:
            for rdv in session.scalars(select(Rdv)):
                parts = [part.statut for part in rdv.participations]
                assert rdv.statut is statuts.of_rdv(rdv.statut, parts, collectif=rdv.motif.collectif)
                if not rdv.statut.is_living:
                    assert not any(statut.is_living for statut in parts)
                for statut in (rdv.statut, *parts):
                    if statut in statuts.ONCE_STARTED:
                        assert rdv.debut <= self.now
                    if statut is Statut.EN_SALLE_ATTENTE:
                        assert local_day(rdv.debut, PARIS) <= local_day(self.now, PARIS)
                for part in rdv.participations:
                    assert (part.annulee_le is None) == part.statut.is_living
                    assert part.annulee_par is None or part.statut is Statut.EXCUSE


def pick(session: Session, model: type[Any], number: int) -> Any:
    rows = session.scalars(select(model).order_by(model.id)).all()
    return rows[number % len(rows)]


def fields(row: Any, rdv_id: int, prefix: str) -> dict[tuple[int, str], str | None]:
    silent = {"id", "version", "annulee_le", "annulee_par"}
    return {
        (rdv_id, f"{prefix}{column.key.removesuffix('_id')}"): said(getattr(row, column.key))
        for column in inspect(type(row)).column_attrs
        if column.key not in silent
    }


def said(value: Any) -> str | None:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return value.isoformat()
    return None if value is None else str(value)


@pytest.mark.parametrize("kind", STEPS)
def test_whatever_happens_time_is_taken_once_and_every_change_is_written(kind: str, databases: Databases) -> None:
    lives, events = STEPS[kind]
    run_state_machine_as_test(
        lambda: Lives(databases.copy_of(kind, "vide")),
        settings=settings(
            max_examples=lives, stateful_step_count=events, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
