"""The worker and the beat as threads of this process, for a machine without a broker."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import cast

from celery import Celery
from celery.beat import EmbeddedService
from celery.worker import WorkController

THREADS = 4


@contextmanager
def running(app: Celery) -> Iterator[None]:
    """Work for `app` in the background until the block ends."""
    # The pool's threads look their tasks up in the process's app, not in the worker's.
    app.set_default()
    app.finalize()
    worker = WorkController(app=app, pool="threads", concurrency=THREADS, without_gossip=True,
                            without_mingle=True, without_heartbeat=True)  # fmt: skip
    beat = cast(Thread, EmbeddedService(app, thread=True, scheduler_cls=app.conf.beat_scheduler))
    thread = Thread(target=worker.start, name="worker", daemon=True)
    thread.start()
    beat.start()
    try:
        yield
    finally:
        beat.stop()  # type: ignore[attr-defined]  # its stubs know only the process
        worker.stop()
        thread.join(timeout=10)
