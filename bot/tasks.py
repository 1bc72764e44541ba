"""Celery: the app, its beat and its tasks, a few lines each. It carries ids; the rows are the work."""

import logging
from dataclasses import dataclass, replace
from threading import Condition, Event, Thread
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from celery import Celery
from kombu.exceptions import OperationalError

from booking.db import transaction
from booking.holds import forget_expired_holds
from bot import outbox, turn
from bot.health import broker_answers
from bot.shell import Shell

SWEEP_SECONDS = 5.0
"""How late a message is answered or sent when the broker lost its wake-up."""
BULK_SECONDS = 1.0
"""How often reminders and other news leave: a second's worth of what the senders may send."""
RECONCILE_SECONDS = 300.0
"""How often the provider is asked what people wrote to us: a webhook lost while we were down is found."""
LIFELINE_SECONDS = 15.0
"""How long messages wait when the broker itself is lost, before the web does the work."""
REST_SECONDS = 0.02
"""How long a broker that has just been told of somebody is left alone: what comes meanwhile is told of at once."""
MESSENGER_SECONDS = 10.0
"""How long a thread waits for somebody to tell the broker of."""
BATCHES = 20
"""How many bulks one task sends before it lets others work."""

log = logging.getLogger(__name__)


class CeleryWake:
    """Wakes a worker, from a thread of its own: nobody's webhook waits for the broker, and those who are woken while
    it is told of others are told of together. A broker that is down, or a process that dies meanwhile, costs the time
    until the next sweep, never a message."""

    def __init__(self, app: Celery, patience: float = MESSENGER_SECONDS) -> None:
        self._app = app
        self._patience = patience
        self._silent_until = 0.0
        self._door = Condition()
        self._asked: dict[str, dict[int, None]] = {}
        """The contacts to tell of, in the order they came, by task."""
        self._messenger: Thread | None = None

    def turn(self, contact_id: int) -> None:
        self._ask("turn", contact_id)

    def delivery(self, contact_id: int) -> None:
        self._ask("delivery", contact_id)

    def _ask(self, task: str, contact_id: int) -> None:
        with self._door:
            self._asked.setdefault(task, {})[contact_id] = None
            # One that was left behind by a fork is not alive.
            if self._messenger is None or not self._messenger.is_alive():
                self._messenger = Thread(target=self._pass_on, name="messenger", daemon=True)
                self._messenger.start()
            self._door.notify()

    def _pass_on(self) -> None:
        while True:
            with self._door:
                if not self._asked:
                    self._door.wait(self._patience)
                if not self._asked:
                    self._messenger = None
                    return
                asked, self._asked = self._asked, {}
            for task, contact_ids in asked.items():
                self._send(task, list(contact_ids))
            sleep(REST_SECONDS)

    def _send(self, task: str, contact_ids: list[int]) -> None:
        # Asking a broker that has just failed takes seconds.
        if monotonic() < self._silent_until:
            return
        try:
            self._app.send_task(task, (contact_ids,), retry=False)
        except OperationalError:
            self._silent_until = monotonic() + SWEEP_SECONDS
            log.warning("broker unreachable, the sweep will find them", extra={"contacts": len(contact_ids)})


@dataclass(frozen=True)
class Here:
    """Wakes by doing the work itself, there and then."""

    shell: Shell

    def turn(self, contact_id: int) -> None:
        turn.drain(replace(self.shell, wake=self), contact_id)

    def delivery(self, contact_id: int) -> None:
        outbox.deliver(self.shell, contact_id)


def celery_for(shell: Shell) -> tuple[Celery, Shell]:
    """The Celery app that works for a shell, and the shell whose doors wake it. Without `REDIS_URL` the broker
    is the memory of this process."""
    app = Celery("rdv", broker=shell.settings.redis_url or "memory://localhost/", set_as_current=False)
    app.conf.update(**_settings(shell))
    awake = replace(shell, wake=CeleryWake(app))

    @app.task(name="turn", shared=False)
    def take(contact_ids: list[int]) -> None:
        for contact_id in contact_ids:
            turn.drain(awake, contact_id)

    @app.task(name="delivery", shared=False)
    def deliver(contact_ids: list[int]) -> None:
        outbox.deliver_to(awake, contact_ids)

    @app.task(name="sweep", shared=False)
    def sweep_task() -> None:
        sweep(awake)

    @app.task(name="bulk", shared=False)
    def bulk_task() -> None:
        bulk(awake)

    @app.task(name="reconcile", shared=False)
    def reconcile_task() -> None:
        turn.reconcile(awake)

    return app, awake


def _settings(shell: Shell) -> dict[str, Any]:
    has_broker = shell.settings.redis_url is not None
    return {
        # Memory is one for the whole process: each app keeps to a queue of its own.
        "task_default_queue": "rdv" if has_broker else f"rdv-{uuid4().hex}",
        "task_ignore_result": True,
        "worker_prefetch_multiplier": 4 if has_broker else 64,
        "worker_hijack_root_logger": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_connection_timeout": 1,
        # The default polls memory once a second, which is the whole answer time of a demo.
        "broker_transport_options": (
            {"socket_timeout": 5, "socket_connect_timeout": 1} if has_broker else {"polling_interval": 0.02}
        ),
        "beat_schedule": {
            name: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
            for name, seconds in (("sweep", SWEEP_SECONDS), ("bulk", BULK_SECONDS), ("reconcile", RECONCILE_SECONDS))
        },
        # Schedules of a few seconds or minutes need no file to remember when they last ran.
        "beat_scheduler": "celery.beat:Scheduler",
        "timezone": "UTC",
    }


def sweep(shell: Shell) -> None:
    """What nobody was woken for, or whose wake-up was lost: messages to answer, answers to send, holds whose time has
    passed, messages whose outcome is to be asked."""
    now = shell.clock()
    outbox.abandon_expired_leases(shell)
    outbox.settle_unknown(shell)
    with transaction(shell.sessions) as session:
        forget_expired_holds(session, now)
        to_answer = turn.contacts_waiting(session)
        to_send = outbox.contacts_waiting(session, now)
    for contact_id in to_answer:
        shell.wake.turn(contact_id)
    for contact_id in to_send:
        shell.wake.delivery(contact_id)


def bulk(shell: Shell) -> bool:
    """Turn the avis that are due into messages, and send them as fast as the senders may. Whether there may be more
    to do at once."""
    stuck = 0
    for _ in range(BATCHES):
        with transaction(shell.sessions) as session:
            queued = outbox.queue_due(session, shell)
            # Of a batch that was all dropped or put off, nothing is queued while others may still be due.
            due = 0 if queued else outbox.count_due(session, shell)
        if queued or outbox.deliver_due(shell):
            continue
        if due in (0, stuck):
            return False
        stuck = due
    return True


def work_off(shell: Shell) -> bool:
    """Do here and now all that workers would, as much as they do at once; whether there may be more."""
    here = replace(shell, wake=Here(shell))
    sweep(here)
    return bulk(here)


class Lifeline(Thread):
    """Does the workers' work in this process while the broker is lost: what is stored is answered and sent."""

    def __init__(self, shell: Shell, every: float = LIFELINE_SECONDS) -> None:
        super().__init__(name="lifeline", daemon=True)
        self._shell = shell
        self._every = every
        self._over = Event()

    def run(self) -> None:
        while not self._over.wait(self._every):
            try:
                if not broker_answers(self._shell.settings.redis_url):
                    work_off(self._shell)
            except Exception:
                # A database that is away too: nothing is lost, and the next time may do better.
                log.exception("lifeline failed")

    def stop(self) -> None:
        self._over.set()
        self.join(timeout=10)
