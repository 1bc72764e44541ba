"""The benchmark's district, its two ways of finding créneaux, and the command that prints the figures."""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from booking.db import is_overlap
from booking.models import Occupation, Rdv
from bot.bench import store
from bot.bench.asks import Ask, questions
from bot.bench.core import Core
from bot.bench.creneaux import Connected
from bot.bench.district import MONDAY, SIZES, District, Hold, district, districts
from bot.bench.measure import Bound, Run, figure, interleave, table
from bot.bench.usual import Usual
from bot.commands.bench import bench
from tests.databases import Databases

SMALL = SIZES["S"]


@pytest.fixture(scope="module")
def small() -> District:
    return district(SMALL)


def asks(one: District) -> list[Ask]:
    return [ask for question in questions(one, promised=True) for ask in question.asks]


def quiet(_line: str) -> None:
    pass


@contextmanager
def scratch(databases: Databases, kind: str) -> Iterator[Engine]:
    with store.sqlite() if kind == "sqlite" else store.postgresql(databases.empty("postgres")) as engine:
        yield engine


# The district


def test_the_district_is_the_same_at_every_run() -> None:
    assert district(SMALL) == district(SMALL)


def test_the_first_territoire_of_a_country_is_the_departement_alone(small: District) -> None:
    assert SIZES["XL"] == replace(SIZES["L"], territoires=40)
    first, second, third = districts(replace(SMALL, territoires=3))
    assert first == small
    assert [rdv.id for rdv in (*second.rdvs, *third.rdvs)] == [*range(SMALL.rdvs + 1, 3 * SMALL.rdvs + 1)]
    assert [rdv.debut for rdv in second.rdvs] != [rdv.debut for rdv in third.rdvs]


def test_a_district_has_what_its_size_says(small: District) -> None:
    assert len(small.lieu_ids) == SMALL.lieux
    assert len(small.agent_ids) == SMALL.agents
    assert len(small.plages) == SMALL.plages
    assert len(small.rdvs) == SMALL.rdvs
    carrying = [plage for plage in small.plages if small.common.id in plage.motif_ids]
    assert len(carrying) == SMALL.plages // 5


def test_no_agent_is_booked_twice(small: District) -> None:
    diaries = defaultdict(list)
    for rdv in small.rdvs:
        if rdv.statut.is_living:
            diaries[rdv.agent_id].append((rdv.debut, rdv.fin))
    for hold in small.holds:
        diaries[hold.agent_id].append((hold.debut, hold.fin))
    assert all(before[1] <= after[0] for diary in diaries.values() for before, after in pairwise(sorted(diary)))


def test_the_first_weeks_are_fuller_than_the_last(small: District) -> None:
    monday = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=UTC)
    weeks = [(rdv.debut - monday) // timedelta(days=7) for rdv in small.rdvs]
    assert weeks.count(0) > 2 * weeks.count(3) > 4 * weeks.count(7) > 0


# Three ways of finding créneaux


def test_the_usual_way_and_ours_find_exactly_the_same(small: District) -> None:
    usual, core = Usual(small), Core(small)
    found = {at: core.find(ask) for at, ask in enumerate(asks(small))}
    assert found == {at: usual.find(ask) for at, ask in enumerate(asks(small))}
    assert sum(map(len, found.values())) > 100


def test_the_usual_way_finds_something_else_when_a_rdv_more_is_there(small: District) -> None:
    ask = asks(small)[0]
    debut, fin, lieu_id, agent_ids = Core(small).find(ask)[0]
    more = Hold(0, agent_ids[0], lieu_id or 0, ask.motif.id, debut, fin, ask.now + timedelta(days=1))
    fuller = District(**{**vars(small), "holds": (*small.holds, more)})
    assert Usual(fuller).find(ask)[0] != Usual(small).find(ask)[0]
    assert Usual(fuller).find(ask) == Core(fuller).find(ask)


def test_a_district_in_a_database_gives_the_same_creneaux(small: District, databases: Databases, kind: str) -> None:
    core = Core(small)
    with scratch(databases, kind) as engine:
        store.write(engine, [small], quiet)
        with closing(Connected(engine)) as connected:
            found = [list(connected.find(ask)) for ask in asks(small)]
    assert found == [core.find(ask) for ask in asks(small)]


# The databases


def test_a_database_written_in_bulk_is_checked_and_indexed_as_before(
    small: District, databases: Databases, kind: str
) -> None:
    with scratch(databases, kind) as engine:
        before = _indexes(engine)
        store.write(engine, [small], quiet)
        assert _indexes(engine) == before
        with Session(engine) as session:
            assert session.scalar(select(func.count()).select_from(Rdv)) == SMALL.rdvs
            taken = session.scalars(select(Occupation).where(Occupation.rdv_id.is_not(None))).first()
            assert taken is not None
            session.add(Occupation(agent_id=taken.agent_id, debut=taken.debut, fin=taken.fin, rdv_id=taken.rdv_id))
            with pytest.raises(DBAPIError) as refused:
                session.flush()
            assert is_overlap(refused.value)


def _indexes(engine: Engine) -> set[str | None]:
    seen = inspect(engine)
    return {index["name"] for name in seen.get_table_names() for index in seen.get_indexes(name)}


def test_the_scratch_database_is_gone_afterwards_whatever_happened(databases: Databases) -> None:
    url = databases.empty("postgres")
    names: list[str] = []

    def fail_in_the_middle() -> None:
        with store.postgresql(url) as engine:
            names.append(engine.url.database or "")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_in_the_middle()
    with store.postgresql(url) as other, other.connect() as connection:
        left = connection.scalars(text("SELECT datname FROM pg_database")).all()
    assert [name[:10] for name in names] == ["rdv_bench_"]
    assert not {*names} & {*left}


# Figures


def test_ratios_are_taken_pair_by_pair() -> None:
    faster = figure("s", "n", [1.0, 2.0, 4.0], Bound("usual", [10.0, 20.0, 40.0], faster=True, target=10))
    assert faster.ratio
    assert (faster.ratio.low, faster.ratio.median, faster.ratio.high, faster.verdict) == (10, 10, 10, "ok")
    slower = figure("s", "n", [1.0, 2.0, 4.0], Bound("known", [0.5], faster=False, target=3))
    assert slower.ratio
    assert (slower.ratio.median, slower.verdict) == (4, "missed")


def test_ways_are_timed_in_turn_and_the_first_round_is_not_counted() -> None:
    runs: list[str] = []

    @contextmanager
    def ours(case: str) -> Iterator[Run]:
        yield lambda: runs.append(f"ours {case}")

    @contextmanager
    def theirs(case: str) -> Iterator[Run]:
        yield lambda: runs.append(f"theirs {case}")

    seconds = interleave(["a", "b"], 1, ours, theirs, once=True)
    assert runs == ["ours a", "theirs a", "ours b", "theirs b"] * 2
    assert [len(one) for one in seconds] == [2, 2]
    runs.clear()
    interleave(["a"], 1, ours, theirs)
    assert runs == ["ours a", "ours a", "theirs a", "theirs a"] * 2


def test_a_table_is_aligned() -> None:
    lines = list(table([figure("core", "short", [0.001]), figure("core", "much longer", [12.0, 12.0])]))
    assert lines[:2] == ["", "core"]
    assert len({len(line) for line in lines[3:]}) == 1


# The command


def run(*arguments: str, url: str = "") -> tuple[int, str, str]:
    result = CliRunner().invoke(
        bench, ["creneaux", "--size", "S", "--repeat", "1", *arguments], env={"DATABASE_URL": url}
    )
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_each_figure_beside_its_bound() -> None:
    code, stdout, stderr = run()
    assert code == 0
    assert "Q1 next 3 at a lieu" in stdout
    assert "dateutil + portion" in stdout
    assert "SELECT 1, driver" in stdout
    assert "not the same" not in stdout
    assert "PostgreSQL: not measured (set DATABASE_URL)" in stderr


def test_the_command_measures_both_databases_as_json_lines(databases: Databases) -> None:
    url = databases.empty("postgres")
    code, stdout, _ = run("--json", url=url)
    assert code == 0
    lines = [json.loads(line) for line in stdout.splitlines()]
    assert {line["section"].split()[0].strip(",:") for line in lines} == {"The", "SQLite", "PostgreSQL"}
    assert all(0 < line["ours_ms"]["low"] <= line["ours_ms"]["median"] <= line["ours_ms"]["high"] for line in lines)
    assert {line["verdict"] for line in lines} == {None}


def test_a_postgresql_that_is_away_is_said_and_the_rest_is_measured() -> None:
    code, stdout, stderr = run(url="postgresql+psycopg://nobody@/none?host=/nonexistent")
    assert code == 0
    assert "SQLite, size S" in stdout
    assert "PostgreSQL: not measured" in stderr


def test_without_portion_ours_is_measured_alone() -> None:
    program = """
import sys
sys.modules["portion"] = None
from bot.bench.creneaux import figures
for figure in figures("S", repeat=1, postgres_url=None, tell=lambda line: print(line, file=sys.stderr)):
    print(figure.name, figure.bound_name)
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert "portion is not installed" in ran.stderr
    assert ran.stdout.startswith("Q1 next 3 at a lieu \n")
    assert "dateutil" not in ran.stdout
