"""Celery: the app, its beat and its tasks, a few lines each. It carries ids; the rows are the work."""

import logging
from dataclasses import replace
from uuid import uuid4

from celery import Celery
from kombu.exceptions import OperationalError

from booking.db import transaction
from booking.rdvs import forget_expired_holds
from bot import outbox, turn
from bot.shell import Shell

SWEEP_SECONDS = 5.0
"""How late a message is answered or sent when the broker lost its wake-up."""

log = logging.getLogger(__name__)


class CeleryWake:
    """Wakes a worker; a broker that is down costs the time until the next sweep, never a message."""

    def __init__(self, app: Celery) -> None:
        self._app = app

    def turn(self, contact_id: int) -> None:
        self._send("turn", contact_id)

    def delivery(self, contact_id: int) -> None:
        self._send("delivery", contact_id)

    def _send(self, task: str, contact_id: int) -> None:
        try:
            self._app.send_task(task, (contact_id,), retry=False)
        except OperationalError:
            log.warning("broker unreachable, the sweep will find it", extra={"contact_id": contact_id})


def celery_for(shell: Shell) -> tuple[Celery, Shell]:
    """The Celery app that works for a shell, and the shell whose doors wake it. Without `REDIS_URL` the broker
    is the memory of this process."""
    app = Celery("rdv", broker=shell.settings.redis_url or "memory://localhost/", set_as_current=False)
    app.conf.update(
        # Memory is one for the whole process: each app keeps to a queue of its own.
        task_default_queue="rdv" if shell.settings.redis_url else f"rdv-{uuid4().hex}",
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=4 if shell.settings.redis_url else 64,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        # The default polls memory once a second, which is the whole answer time of a demo.
        broker_transport_options={} if shell.settings.redis_url else {"polling_interval": 0.02},
        beat_schedule={"sweep": {"task": "sweep", "schedule": SWEEP_SECONDS}},
        # One schedule, every few seconds, needs no file to remember when it last ran.
        beat_scheduler="celery.beat:Scheduler",
        timezone="UTC",
    )
    awake = replace(shell, wake=CeleryWake(app))

    @app.task(name="turn", shared=False)
    def take(contact_id: int) -> None:
        turn.drain(awake, contact_id)

    @app.task(name="delivery", shared=False)
    def deliver(contact_id: int) -> None:
        outbox.deliver(awake, contact_id)

    @app.task(name="sweep", shared=False)
    def sweep_task() -> None:
        sweep(awake)

    return app, awake


def sweep(shell: Shell) -> None:
    """Everything that is due: avis to tell, messages nobody answered or sent, holds whose time has passed."""
    now = shell.clock()
    outbox.abandon_expired_leases(shell)
    with transaction(shell.sessions) as session:
        forget_expired_holds(session, now)
        outbox.queue_due(session, shell)
        to_answer = turn.contacts_waiting(session)
        to_send = outbox.contacts_waiting(session, now)
    for contact_id in to_answer:
        shell.wake.turn(contact_id)
    for contact_id in to_send:
        shell.wake.delivery(contact_id)
