"""The bound of a database on this disk: rows committed one by one by its driver, and what it promises of them."""

from time import perf_counter
from typing import Any

from sqlalchemy import Engine

PROMISES = {"sqlite": ("PRAGMA synchronous",), "postgresql": ("SHOW fsync", "SHOW synchronous_commit")}
SYNCHRONOUS = {0: "off", 1: "normal", 2: "full", 3: "extra"}


def durability(engine: Engine) -> str:
    """What a commit waits for, in the words of the database: "synchronous normal", "fsync on, …"."""
    with engine.connect() as connection:
        said = [connection.exec_driver_sql(asked).scalar_one() for asked in PROMISES[engine.dialect.name]]
    if engine.dialect.name == "sqlite":
        return f"synchronous {SYNCHRONOUS[said[0]]}"
    return f"fsync {said[0]}, synchronous_commit {said[1]}"


def commit_seconds(engine: Engine, rows: int) -> float:
    """The seconds one commit of one row takes, over `rows` of them."""
    raw = engine.raw_connection()
    driver: Any = raw.driver_connection
    raw.detach()
    # SQLite's connections are so already: each statement is its own transaction.
    if engine.dialect.name == "postgresql":
        driver.autocommit = True
    try:
        driver.execute("CREATE TABLE IF NOT EXISTS bench_commit (at INTEGER NOT NULL, text TEXT NOT NULL)")
        mark = "%s" if engine.dialect.name == "postgresql" else "?"
        insert = f"INSERT INTO bench_commit VALUES ({mark}, {mark})"
        driver.execute(insert, (0, "the first is prepared"))
        began = perf_counter()
        for at in range(rows):
            driver.execute(insert, (at, "a reply as long as they usually are, which is one line of an SMS"))
        return (perf_counter() - began) / rows
    finally:
        driver.close()
