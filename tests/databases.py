"""Databases for tests: each world loaded once per kind of database, then copied for whoever needs one."""

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from booking import territoire
from booking.db import connect, sessions_of, transaction
from bot.migrations import migrate
from tests.servers.postgres import drop_database, fresh_database
from tests.worlds import NOW, WORLDS


class Databases:
    """`kind` is "sqlite" or "postgres"; `server` gives the URL of a PostgreSQL the first time it is needed."""

    def __init__(self, folder: Path, server: Callable[[], str]) -> None:
        self._folder = folder
        self._server = server
        self._templates: dict[tuple[str, str], str] = {}
        self._made: list[str] = []

    def copy_of(self, kind: str, world: str) -> str:
        """The URL of a database of one's own where the world is loaded."""
        template = self._templates.get((kind, world))
        if template is None:
            template = self._templates[kind, world] = self._load(self.empty(kind), world)
        return self._copy(kind, template)

    def empty(self, kind: str) -> str:
        """The URL of a database without a table."""
        if kind == "sqlite":
            return f"sqlite:///{self._folder / f'{uuid4().hex}.db'}"
        return self._keep(fresh_database(self._server()))

    def _copy(self, kind: str, template: str) -> str:
        if kind == "postgres":
            return self._keep(fresh_database(self._server(), template))
        url = self.empty(kind)
        shutil.copyfile(_path(template), _path(url))
        return url

    def _load(self, url: str, world: str) -> str:
        engine = connect(url)
        migrate(engine)
        with transaction(sessions_of(engine)) as session:
            territoire.load(session, WORLDS[world](), NOW)
        engine.dispose()
        return url

    def _keep(self, url: str) -> str:
        self._made.append(url)
        return url

    def drop(self, url: str) -> None:
        """Drop a database made here: hundreds of them would fill the memory."""
        if url in self._made:
            self._made.remove(url)
            drop_database(url)
        else:
            for file in self._folder.glob(f"{_path(url).name}*"):
                file.unlink()

    def drop_all(self) -> None:
        """Drop what is left on the server."""
        for url in self._made:
            drop_database(url)


def _path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))
