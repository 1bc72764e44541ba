"""The arrow and the house rules: kept today, and each seen to break when somebody breaks it."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("bot", "admin", "channels", "conversations", "booking")
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda

ARROW = "One way down"
CHANNELS = "Channels translate messages and know nothing else of ours"
ADMIN = "Admin does not import the dialogues"
AGENDA = "The agenda knows no web, queue or provider"
DIALOGUES = "Dialogues know no database, web, queue or provider"
CIRCLES = "No circles inside a package"
CONTRACTS = {ARROW, CHANNELS, ADMIN, AGENDA, DIALOGUES, CIRCLES}


def product() -> Iterator[Path]:
    """Every module that is run; migrations are frozen history but are run too."""
    for package in PACKAGES:
        yield from sorted((ROOT / package).rglob("*.py"))


def verdicts(folder: Path) -> dict[str, str]:
    """KEPT or BROKEN, by contract, for the packages in `folder`."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache", "--no-logo"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)
    lines = ran.stdout.splitlines()
    found = {
        contract: line.removeprefix(contract).split()[0]
        for contract in CONTRACTS
        for line in lines
        if line.startswith((f"{contract} KEPT", f"{contract} BROKEN"))
    }
    assert (ran.returncode == 0) == (set(found.values()) == {"KEPT"}), ran.stdout + ran.stderr
    return found


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "static"))
    return folder


def test_every_contract_is_kept() -> None:
    assert verdicts(ROOT) == dict.fromkeys(CONTRACTS, "KEPT")


@pytest.mark.parametrize(
    ("module", "forbidden", "broken"),
    [
        pytest.param("booking/spans.py", "bot.shell", ARROW, id="the agenda calls the shell"),
        pytest.param("conversations/messages.py", "channels.sms", ARROW, id="a dialogue calls a channel"),
        pytest.param("channels/gsm7.py", "admin.agenda", ARROW, id="a channel calls the admin"),
        pytest.param("channels/gsm7.py", "booking.desk", CHANNELS, id="a channel knows the agenda"),
        pytest.param("channels/gsm7.py", "conversations.engine", CHANNELS, id="a channel knows the dialogues"),
        pytest.param("admin/agenda.py", "conversations.phrases", ADMIN, id="the admin knows the dialogues"),
        pytest.param("booking/spans.py", "flask", AGENDA, id="the agenda knows the web"),
        pytest.param("booking/spans.py", "celery", AGENDA, id="the agenda knows the queue"),
        pytest.param("conversations/messages.py", "sqlalchemy", DIALOGUES, id="a dialogue knows the database"),
        pytest.param("conversations/messages.py", "twilio", DIALOGUES, id="a dialogue knows a provider"),
        pytest.param("booking/spans.py", "booking.plages", CIRCLES, id="a circle"),
        pytest.param("bot/settings.py", "bot.shell", CIRCLES, id="a circle in the shell"),
    ],
)
def test_a_forbidden_import_breaks_its_contract(copied: Path, module: str, forbidden: str, broken: str) -> None:
    file = copied / module
    kept = file.read_text("utf-8")
    file.write_text(f"{kept}\nimport {forbidden}\n", "utf-8")
    try:
        assert verdicts(copied)[broken] == "BROKEN"
    finally:
        file.write_text(kept, "utf-8")


def looks_at_the_time(source: str) -> list[str]:
    """Calls that read a clock, by the name they are called: the machine's, or the database's."""
    return [
        ast.unparse(call.func)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and ast.unparse(call.func).endswith((".now", ".utcnow", ".today", "time.time", "current_timestamp"))
    ]


def imports_inside_functions(source: str) -> list[str]:
    return [
        ast.unparse(line)
        for function in ast.walk(ast.parse(source))
        if isinstance(function, FUNCTION)
        for line in ast.walk(function)
        if isinstance(line, ast.Import | ast.ImportFrom)
    ]


def commits(source: str) -> list[str]:
    return [
        ast.unparse(call.func)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]


def test_the_product_looks_at_the_time_once() -> None:
    looks = {
        str(path.relative_to(ROOT)): found
        for path in product()
        if (found := looks_at_the_time(path.read_text("utf-8")))
    }
    # History written by a session that nobody signed is dated by the database.
    unsigned = looks.pop("booking/traces.py")
    assert (looks, set(unsigned)) == ({"bot/shell.py": ["datetime.now"]}, {"func.now"})


def test_no_import_hides_in_a_function() -> None:
    hidden = {path: found for path in product() if (found := imports_inside_functions(path.read_text("utf-8")))}
    assert hidden == {}


def test_nobody_below_the_shell_commits() -> None:
    below = [path for path in product() if path.relative_to(ROOT).parts[0] != "bot"]
    assert {path: found for path in below if (found := commits(path.read_text("utf-8")))} == {}


def test_these_rules_see_what_they_forbid() -> None:
    source = """
def book(session):
    import time
    async def later():
        from datetime import date
        return date.today()
    now = datetime.now(UTC) if later else datetime.datetime.utcnow()
    session.execute(select(func.now(), time.time()))
    session.commit()
"""
    assert sorted(looks_at_the_time(source)) == [
        "date.today", "datetime.datetime.utcnow", "datetime.now", "func.now", "time.time",
    ]  # fmt: skip
    assert set(imports_inside_functions(source)) == {"import time", "from datetime import date"}
    assert commits(source) == ["session.commit"]
