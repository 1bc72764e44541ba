"""The database: what a transaction that only reads sees, and any number of ids in one statement."""

from sqlalchemy import func, select

from booking.db import one_of, reading, transaction
from booking.models import Agent
from tests.conftest import OPEN_SHELL


def test_a_reader_sees_to_the_end_what_was_there_when_it_began(open_world: OPEN_SHELL, kind: str) -> None:
    shell = open_world("vendredi_matin", kind=kind)
    counted = select(func.count()).select_from(Agent).where(Agent.nom == "Nouveau")
    with reading(shell.sessions) as reader:
        assert reader.scalar(counted) == 0
        with transaction(shell.sessions) as writer:
            anne = writer.scalars(select(Agent).limit(1)).one()
            writer.add(
                Agent(nom="Nouveau", prenom="Nils", service_id=anne.service_id, territoire_id=anne.territoire_id)
            )
        assert reader.scalar(counted) == 0
    with reading(shell.sessions) as reader:
        assert reader.scalar(counted) == 1


def test_any_number_of_ids_fits_one_statement(open_world: OPEN_SHELL, kind: str) -> None:
    shell = open_world("vendredi_matin", kind=kind)
    with reading(shell.sessions) as session:
        ids = set(session.scalars(select(Agent.id)))
        assert set(session.scalars(select(Agent.id).where(one_of(Agent.id, ids)))) == ids
        assert set(session.scalars(select(Agent.id).where(one_of(Agent.id, range(40_000))))) == ids
        assert set(session.scalars(select(Agent.id).where(one_of(Agent.id, [])))) == set()
