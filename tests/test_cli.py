"""The command line, as scripts rely on it: JSON on stdout and nothing else, errors on stderr, exit code 2."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from booking.db import connect, reading, sessions_of
from booking.models import Hold, Territoire
from bot.cli import main
from bot.migrations import is_current
from tests.databases import Databases
from tests.worlds import INCONNUE, MARIE, NOW, PAUL, World, deux_rdvs, vendredi_matin

RDV = Path(sys.executable).with_name("rdv")
SETTINGS = ("REDIS_URL", "PUBLIC_URL", "SECRET_KEY", "RDV_DEMO", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN")
TELEGRAM = "tg:4242"


@dataclass(frozen=True)
class Ran:
    """What a command left behind. `lines`: its stdout, each line read as JSON."""

    code: int
    stdout: str
    errors: list[str]

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.stdout.splitlines()]


Rdv = Callable[..., Ran]


def run(url: str, *arguments: str, typed: str | bytes = "", **environ: str) -> Ran:
    """Run `rdv` in this process, on the database of `url`."""
    settings = {**dict.fromkeys(SETTINGS), "DATABASE_URL": url, **environ}
    result = CliRunner().invoke(main, arguments, input=typed, env=settings, catch_exceptions=False)
    return Ran(result.exit_code, result.stdout, result.stderr.splitlines())


@pytest.fixture
def rdv(databases: Databases) -> Rdv:
    """Runs `rdv` on a copy of a world, the same one all along: `rdv("rdvs", "--json", world="deux_rdvs")`."""
    copies: dict[tuple[str, str], str] = {}

    def rdv_(*arguments: str, world: str = "vendredi_matin", kind: str = "sqlite", typed: str | bytes = "") -> Ran:
        if (kind, world) not in copies:
            copies[kind, world] = databases.copy_of(kind, world)
        return run(copies[kind, world], *arguments, typed=typed)

    return rdv_


def event(text: str | None = None, *, after: float = 0, sender: str = MARIE, **fields: Any) -> dict[str, Any]:
    """A message, so many minutes after the world's morning."""
    at = (NOW + timedelta(minutes=after)).isoformat()
    said = {} if text is None else {"text": text}
    return {"at": at, "channel": "sms", "from": sender, **said, **fields}


def tick(after: float) -> dict[str, Any]:
    return {"at": (NOW + timedelta(minutes=after)).isoformat(), "tick": True}


def lines_of(events: Sequence[dict[str, Any] | str]) -> str:
    """Events as they are typed; a text stands for itself."""
    return "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in events)


@pytest.fixture
def chat(rdv: Rdv) -> Callable[..., list[Any]]:
    """Plays events, all of them good, and hands back their answers."""

    def chat_(*events: dict[str, Any], **where: str) -> list[Any]:
        ran = rdv("chat", "--jsonl", typed=lines_of(events), **where)
        assert (ran.code, ran.errors, len(ran.lines)) == (0, [], len(events))
        return ran.lines

    return chat_


Chat = Callable[..., list[Any]]

TO_THE_HOLD = (
    event("consultation pmi pour lea"),
    event("oui", after=1),
    event("1", after=2),
)
TO_THE_LIST = ("consultation pmi", "oui", "Ana Petit 01/02/2025", "Zoé Petit")


def list_asked_by(sender: str, *, after: float) -> list[dict[str, Any]]:
    """A stranger's way to the list of créneaux, which is the last answer."""
    return [event(text, sender=sender, after=after) for text in TO_THE_LIST]


def test_an_answer_has_exactly_the_keys_of_the_contract(chat: Chat, kind: str) -> None:
    (answer,) = chat(event("rdv", sender=INCONNUE), kind=kind)
    (message,) = answer["out"]
    assert set(answer) == {"in", "out", "scene"}
    assert set(message) == {"id", "channel", "to", "text", "segments", "kind", "options"}
    assert (answer["in"], answer["scene"]) == (1, "choix_motif")
    assert (message["channel"], message["to"], message["kind"]) == ("sms", INCONNUE, "reply")
    assert message["options"][0] == "Consultation PMI"
    assert message["segments"] == 2
    assert message["text"].startswith("MDS Arras, bonjour.")
    assert message["id"]


def test_a_booking_is_confirmed_and_a_cancellation_is_told(chat: Chat, rdv: Rdv) -> None:
    answers = chat(
        *TO_THE_HOLD,
        event("oui", after=3),
        event("annuler", after=4),
        event("oui", after=5),
    )
    told = [(answer["in"], [message["kind"] for message in answer["out"]], answer["scene"]) for answer in answers]
    assert told == [
        (1, ["reply"], "instructions"),
        (2, ["reply"], "choix_creneau"),
        (3, ["reply"], "confirmation_creneau"),
        (4, ["confirmation"], None),
        (5, ["reply"], "confirmation_annulation"),
        (6, ["cancellation"], None),
    ]
    assert len({message["id"] for answer in answers for message in answer["out"]}) == 6
    (booked,) = rdv("rdvs", "--usager", MARIE, "--json").lines
    assert (booked["statut"], booked["cree_par"]) == ("excuse", "usager:sms")


def test_the_clock_is_that_of_the_events(chat: Chat) -> None:
    friday = chat(*list_asked_by(INCONNUE, after=0))[-1]
    next_week = chat(*list_asked_by(PAUL, after=7 * 24 * 60))[-1]
    assert friday["out"][0]["options"][0] == "lun 23 nov 9h"
    assert next_week["out"][0]["options"][0] == "lun 30 nov 9h"


def test_a_hold_keeps_the_creneau_from_others_until_time_has_passed(chat: Chat) -> None:
    held = chat(*TO_THE_HOLD, *list_asked_by(INCONNUE, after=5))[-1]
    after = chat(tick(13), *list_asked_by(PAUL, after=13))[-1]
    assert held["out"][0]["options"][0] == "lun 23 nov 9h30"
    assert after["out"][0]["options"][0] == "lun 23 nov 9h"


def test_a_tick_lets_expired_holds_go(databases: Databases) -> None:
    url = databases.copy_of("sqlite", "vendredi_matin")

    def holds_after(*events: dict[str, Any]) -> tuple[list[Any], int]:
        ran = run(url, "chat", "--jsonl", typed=lines_of(events))
        return ran.lines, count(url, Hold)

    assert holds_after(*TO_THE_HOLD)[1] == 1
    assert holds_after(tick(11))[1] == 1
    assert holds_after(tick(12)) == ([{"in": 1, "out": [], "scene": None}], 0)


def test_a_telegram_button_is_pressed(chat: Chat) -> None:
    told, pressed = chat(
        event("rdv", channel="telegram", sender=TELEGRAM),
        event(channel="telegram", sender=TELEGRAM, button="1"),
    )
    assert {(message["channel"], message["to"]) for message in told["out"]} == {("telegram", TELEGRAM)}
    assert [(message["kind"], len(message["options"])) for message in told["out"]] == [("notice", 0), ("reply", 4)]
    assert (told["scene"], pressed["scene"]) == ("choix_motif", "instructions")
    assert pressed["out"][0]["text"].startswith("Consultation PMI, 30 min, sur place. À lire avant")
    assert pressed["out"][0]["segments"] == 0


def test_a_person_goes_on_where_the_last_run_stopped(chat: Chat) -> None:
    chat(*TO_THE_HOLD)
    (answer,) = chat(event("oui", after=3))
    assert (answer["in"], answer["out"][0]["kind"]) == (1, "confirmation")


def test_empty_lines_are_no_events(rdv: Rdv) -> None:
    ran = rdv("chat", "--jsonl", typed=lines_of(["", event("rdv"), "   ", event("aide")]))
    assert [answer["in"] for answer in ran.lines] == [1, 2]


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in event("rdv").items() if key != name}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("rdv", "line: Invalid JSON", id="not JSON"),
        pytest.param('["rdv"]', "line: Input should be an object", id="not an object"),
        pytest.param(without("from"), 'line: a message has "from"', id="from nobody"),
        pytest.param(without("text"), 'line: a message has "from"', id="saying nothing"),
        pytest.param(without("at"), "at: Field required", id="at no time"),
        pytest.param({**event("rdv"), "at": "2026-11-20T10:00:00"}, "at: Input should have timezone", id="naive"),
        pytest.param({**event("rdv"), "at": "vendredi"}, "at: Input should be a valid datetime", id="not a time"),
        pytest.param({**event("rdv"), "channel": "fax"}, 'line: "channel" is sms', id="by fax"),
        pytest.param({**event("rdv"), "from": ""}, "from: String should match", id="from an empty number"),
        pytest.param({**event("rdv"), "from": "0" * 41}, "from: String should match", id="from a long number"),
        pytest.param({**event("rdv"), "texte": "rdv"}, "texte: Extra inputs", id="with an unknown field"),
        pytest.param({"at": NOW.isoformat(), "tick": "peut-être"}, "tick: Input should be a valid boolean", id="tick"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(rdv: Rdv, line: dict[str, Any] | str, says: str) -> None:
    ran = rdv("chat", "--jsonl", typed=lines_of([event("rdv"), line, event("1", after=1)]))
    assert ran.code == 2
    (error,) = ran.errors
    assert error.startswith(f"event 2: {says}")
    assert [(answer["in"], answer["scene"]) for answer in ran.lines] == [(1, "choix_motif"), (3, "instructions")]


def test_a_line_that_is_not_utf_8_stops_nothing(rdv: Rdv) -> None:
    bad = json.dumps(event("répétition"), ensure_ascii=False).encode("latin-1")
    ran = rdv("chat", "--jsonl", typed=bad + b"\n" + lines_of([event("rdv")]).encode())
    assert ran.code == 2
    assert [error.split(":")[0] for error in ran.errors] == ["event 1"]
    assert [answer["in"] for answer in ran.lines] == [2]


def test_every_bad_line_is_told(rdv: Rdv) -> None:
    ran = rdv("chat", "--jsonl", typed=lines_of(["{", without("from"), event("rdv"), without("at")]))
    assert (ran.code, [error.split(":")[0] for error in ran.errors]) == (2, ["event 1", "event 2", "event 4"])
    assert [answer["in"] for answer in ran.lines] == [3]


def test_a_person_talks_to_the_bot_in_a_terminal(rdv: Rdv) -> None:
    ran = rdv("chat", "--from", MARIE, "--now", NOW.isoformat(), typed="consultation pmi pour lea\noui\n")
    assert ran.code == 0
    assert "B  MDS Arras, bonjour. Consultation PMI pour Léa, 30 min, sur place." in ran.stdout
    assert "1 lun 23 nov 9h\n   2 lun 23 nov 9h30" in ran.stdout


def refs(ran: Ran) -> list[str]:
    assert (ran.code, ran.errors) == (0, [])
    return [line["ref"] for line in ran.lines]


def test_an_rdv_is_printed_as_stored(rdv: Rdv, kind: str) -> None:
    lines = rdv("rdvs", "--json", world="deux_rdvs", kind=kind).lines
    assert lines[0] == {
        "ref": "lea-pmi",
        "motif": "consult-pmi",
        "lieu": "arras-sud",
        "agents": ["a.durand"],
        "debut": "2026-11-26T10:00:00+01:00",
        "fin": "2026-11-26T10:30:00+01:00",
        "statut": "indetermine",
        "participants": [{"usager": "lea", "nom": "Léa Martin", "statut": "indetermine"}],
        "places_max": None,
        "cree_par": "fichier",
    }
    assert [line["ref"] for line in lines] == ["lea-pmi", "marie-social"]


@pytest.mark.parametrize("typed", [MARIE, "0639980001", "06 39 98 00 01", "06.39.98.00.01", "+33 6 39 98 00 01"])
def test_a_phone_selects_the_rdvs_of_everyone_it_answers_for(rdv: Rdv, typed: str) -> None:
    assert refs(rdv("rdvs", "--usager", typed, "--json", world="deux_rdvs")) == ["lea-pmi", "marie-social"]


def test_a_reference_selects_the_rdvs_of_one_person(rdv: Rdv) -> None:
    assert refs(rdv("rdvs", "--usager", "lea", "--json", world="deux_rdvs")) == ["lea-pmi"]
    assert refs(rdv("rdvs", "--usager", "marie", "--json", world="deux_rdvs")) == ["marie-social"]


@pytest.mark.parametrize("unknown", ["paul", PAUL, "0", "+33"])
def test_nobody_has_no_rdv(rdv: Rdv, unknown: str) -> None:
    assert refs(rdv("rdvs", "--usager", unknown, "--json", world="deux_rdvs")) == []


def test_rdvs_are_selected_by_status(rdv: Rdv, chat: Chat) -> None:
    chat(event("annuler"), event("oui", after=1), world="un_rdv")
    assert refs(rdv("rdvs", "--statut", "excuse", "--json", world="un_rdv")) == ["lea-pmi"]
    assert refs(rdv("rdvs", "--statut", "indetermine", "--json", world="un_rdv")) == []


@pytest.mark.parametrize(
    ("bounds", "selected"),
    [
        (("--from", "2026-11-26T10:00:00+01:00"), ["lea-pmi", "marie-social"]),
        (("--from", "2026-11-26T10:00:01+01:00"), ["marie-social"]),
        (("--to", "2026-11-26T10:00:00+01:00"), ["lea-pmi"]),
        (("--to", "2026-11-26T08:59:59Z"), []),
        (("--from", "2026-11-26T09:00:00Z", "--to", "2026-11-27T13:00:00Z"), ["lea-pmi", "marie-social"]),
    ],
)
def test_rdvs_are_selected_by_start_bounds_included(rdv: Rdv, bounds: tuple[str, ...], selected: list[str]) -> None:
    assert refs(rdv("rdvs", *bounds, "--json", world="deux_rdvs")) == selected


def test_without_json_an_rdv_is_a_line_for_people(rdv: Rdv) -> None:
    ran = rdv("rdvs", "--usager", "lea", world="deux_rdvs")
    assert ran.stdout == "2026-11-26 10:00  indetermine      consult-pmi  arras-sud  Léa Martin\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("rdvs", "--from", "2026-11-26T10:00:00"),
        ("rdvs", "--to", "demain"),
        ("rdvs", "--statut", "annule"),
        ("chat", "--now", "2026-11-26T10:00:00"),
        ("load",),
        ("reserver",),
    ],
    ids=" ".join,
)
def test_a_bad_argument_is_refused(rdv: Rdv, arguments: tuple[str, ...]) -> None:
    ran = rdv(*arguments)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.errors


COUNTS = {
    "territoire": 1,
    "organisations": 1,
    "lieux": 2,
    "agents": 3,
    "motifs": 6,
    "plages": 8,
    "absences": 1,
    "usagers": 2,
    "rdvs": 2,
}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[World], str]:
    """Writes a territory file and returns its path."""

    def written_(world: World) -> str:
        path = tmp_path / "territoire.json"
        path.write_text(json.dumps(world, ensure_ascii=False), "utf-8")
        return str(path)

    return written_


Written = Callable[[World], str]


@pytest.fixture
def fresh(databases: Databases, kind: str) -> str:
    return databases.empty(kind)


def count(url: str, model: type[Any]) -> int:
    engine = connect(url)
    with reading(sessions_of(engine)) as session:
        found = session.scalar(select(func.count()).select_from(model))
    engine.dispose()
    return found or 0


def test_a_file_is_loaded_into_an_empty_database(fresh: str, written: Written) -> None:
    ran = run(fresh, "load", written(deux_rdvs()), "--now", NOW.isoformat())
    assert (ran.code, ran.errors) == (0, [])
    assert ran.lines == [{"dry_run": False, "territoire": "62", "created": COUNTS, "updated": {}, "unchanged": {}}]
    assert refs(run(fresh, "rdvs", "--json")) == ["lea-pmi", "marie-social"]


def test_loading_twice_changes_nothing(rdv: Rdv, written: Written) -> None:
    path = written(deux_rdvs())
    before = rdv("rdvs", "--json", world="deux_rdvs")
    ran = rdv("load", path, world="deux_rdvs")
    assert ran.lines == [{"dry_run": False, "territoire": "62", "created": {}, "updated": {}, "unchanged": COUNTS}]
    assert rdv("rdvs", "--json", world="deux_rdvs") == before


def test_what_has_changed_in_the_file_is_updated(rdv: Rdv, written: Written) -> None:
    world = deux_rdvs()
    world["lieux"][0]["nom"] = "MDS Arras Centre"
    (line,) = rdv("load", written(world), world="deux_rdvs").lines
    assert (line["created"], line["updated"]) == ({}, {"lieux": 1})


def test_a_dry_run_says_what_it_would_do_and_loads_nothing(fresh: str, written: Written) -> None:
    ran = run(fresh, "load", written(deux_rdvs()), "--dry-run")
    assert ran.code == 0
    assert [(line["dry_run"], line["created"]) for line in ran.lines] == [(True, COUNTS)]
    assert count(fresh, Territoire) == 0


def with_six_errors() -> World:
    world = vendredi_matin()
    world["territoire"]["timezone"] = "Europe/Arras"
    world["lieux"][1]["organisation"] = "mds-lens"
    world["motifs"][2]["duree_min"] = 2
    world["plages"][0]["recurrence"] = "tous les lundis"
    world["usagers"][0]["telephone"] = "36"
    world["rdvs"][0]["motif"] = "consult-pmj"
    return world


def test_every_error_of_a_file_is_told_and_nothing_is_loaded(fresh: str, written: Written) -> None:
    ran = run(fresh, "load", written(with_six_errors()))
    assert (ran.code, ran.stdout) == (2, "")
    assert [error.split(": ")[0] for error in ran.errors] == [
        "territoire.timezone",
        "lieux[1].organisation",
        "motifs[2].duree_min",
        "plages[0].recurrence",
        "usagers[0].telephone",
        "rdvs[0].motif",
    ]
    assert "motifs[2].duree_min: must be between 5 and 480" in ran.errors
    assert count(fresh, Territoire) == 0


def test_a_dry_run_refuses_the_same_errors(fresh: str, written: Written) -> None:
    path = written(with_six_errors())
    assert run(fresh, "load", path, "--dry-run") == run(fresh, "load", path)


def test_a_missing_file_is_named(rdv: Rdv) -> None:
    ran = rdv("load", "absent.json")
    assert (ran.code, ran.stdout) == (2, "")
    (error,) = ran.errors
    assert error.startswith("absent.json: cannot be read")


def test_a_file_that_is_not_json_is_refused_with_its_line(rdv: Rdv, tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text('{"territoire": {\n"ref": }}', "utf-8")
    ran = rdv("load", str(tmp_path / "t.json"))
    assert (ran.code, ran.stdout, len(ran.errors)) == (2, "", 1)
    assert ran.errors[0].startswith("t.json, line 2: ")


def test_migrate_brings_an_empty_database_to_the_newest_schema_without_a_word(fresh: str) -> None:
    assert run(fresh, "migrate") == Ran(0, "", [])
    engine = connect(fresh)
    assert is_current(engine)
    engine.dispose()


@pytest.mark.parametrize(
    ("command", "environ", "says"),
    [
        ("web", {}, "SECRET_KEY"),
        ("web", {"SECRET_KEY": "s" * 31}, "SECRET_KEY"),
        ("web", {"SECRET_KEY": "s" * 32, "TWILIO_AUTH_TOKEN": "token"}, "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
        ("demo", {"TWILIO_ACCOUNT_SID": "AC0"}, "RDV_DEMO: the demo sends nothing for real"),
        ("rdvs", {"TWILIO_ACCOUNT_SID": "AC0"}, "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN"),
    ],
)
def test_half_a_configuration_does_not_start(
    databases: Databases, command: str, environ: dict[str, str], says: str
) -> None:
    ran = run(databases.empty("sqlite"), command, **environ)
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.errors[0].startswith(says)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts the real `rdv` in an empty folder, with an empty environment but for what is given."""
    started: list[subprocess.Popen[bytes]] = []

    def process_(*arguments: str, **environ: str) -> subprocess.Popen[bytes]:
        env = {"PATH": os.environ["PATH"], **environ}
        pipe = subprocess.PIPE
        one = subprocess.Popen([str(RDV), *arguments], cwd=tmp_path, env=env, stdin=pipe, stdout=pipe, stderr=pipe)
        started.append(one)
        return one

    yield process_
    for one in started:
        one.kill()
        one.communicate(timeout=60)


Process = Callable[..., subprocess.Popen[bytes]]


def test_on_a_machine_where_nothing_is_set_the_first_command_works(
    process: Process, written: Written, tmp_path: Path
) -> None:
    load = process("load", written(deux_rdvs()))
    out, err = load.communicate(timeout=60)
    assert (load.returncode, err) == (0, b"")
    assert [json.loads(line)["created"] for line in out.splitlines()] == [COUNTS]
    assert (tmp_path / "var" / "rdv.db").is_file()


def test_errors_leave_stdout_empty_and_exit_with_2(process: Process, written: Written) -> None:
    load = process("load", written(with_six_errors()))
    out, err = load.communicate(timeout=60)
    assert (load.returncode, out, len(err.splitlines())) == (2, b"", 6)


def test_json_is_utf_8_whatever_the_terminal_speaks(process: Process, databases: Databases) -> None:
    url = databases.copy_of("sqlite", "deux_rdvs")
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    listed = process("rdvs", "--json", DATABASE_URL=url, **ascii_only)
    out, err = listed.communicate(timeout=60)
    assert (listed.returncode, err) == (0, b"")
    assert "Léa Martin".encode() in out


def test_each_event_is_answered_before_the_next_one_is_written(process: Process, databases: Databases) -> None:
    chat = process("chat", "--jsonl", DATABASE_URL=databases.copy_of("sqlite", "vendredi_matin"))
    assert chat.stdin is not None
    assert chat.stdout is not None
    for number, one in enumerate(TO_THE_HOLD, start=1):
        chat.stdin.write(lines_of([one]).encode())
        chat.stdin.flush()
        answer = json.loads(chat.stdout.readline())
        assert (answer["in"], len(answer["out"])) == (number, 1)
    out, err = chat.communicate(timeout=60)
    assert (chat.returncode, out, err) == (0, b"", b"")


def test_a_database_that_cannot_be_reached_is_said_in_one_line(tmp_path: Path) -> None:
    ran = run(f"postgresql+psycopg://nobody@/rdv?host={tmp_path}", "rdvs", "--json")
    assert (ran.code, ran.stdout) == (2, "")
    assert ran.errors[0].startswith("DATABASE_URL: the database cannot be used: ")
