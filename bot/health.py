"""What the machine asks of us: are we alive, are we ready, how are we doing."""

import hmac

from flask import Blueprint, Response, abort, request
from kombu import Connection
from kombu.exceptions import OperationalError as OperationalBrokerError
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError

from bot import metrics
from bot.migrations import is_current
from bot.shell import Shell

BROKER_SECONDS = 2
"""How long the broker has to answer before we are not ready."""

Answer = tuple[dict[str, str], int]


def doors(shell: Shell) -> Blueprint:
    """Liveness, readiness and metrics. The last are for who holds the token, and for everybody in the demo."""
    health = Blueprint("health", __name__)
    # A plain read: asking whether we are ready never waits behind a writer.
    engine = shell.engine.execution_options(reading=True)

    @health.get("/healthz")
    def healthz() -> Answer:
        return {"status": "ok"}, 200

    @health.get("/readyz")
    def readyz() -> Answer:
        try:
            ready = is_current(engine)
        except SQLAlchemyError:
            return {"status": "database unreachable"}, 503
        if not broker_answers(shell.settings.redis_url):
            return {"status": "broker unreachable"}, 503
        return ({"status": "ok"}, 200) if ready else ({"status": "migrations pending"}, 503)

    @health.get("/metrics")
    def metrics_() -> Response:
        if not (shell.settings.demo or _holds(shell.settings.metrics_token)):
            abort(403)
        return Response(metrics.exposition(shell), content_type=CONTENT_TYPE_LATEST)

    return health


def _holds(token: str | None) -> bool:
    """Whether the request carries the token. Without one set, nobody does: behind a proxy, every address is local."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return token is not None and hmac.compare_digest(given.encode(), token.encode())


def broker_answers(url: str | None) -> bool:
    """Whether the broker can be reached; without one, the process is its own."""
    if url is None:
        return True
    try:
        with Connection(url, connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except OperationalBrokerError:
        return False
    return True
