"""The doors in: Twilio's webhooks, verified, stored and answered at once, and what the machine asks of us."""

from flask import Blueprint, abort, request
from kombu import Connection
from kombu.exceptions import OperationalError as OperationalBrokerError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.wrappers import Response

from bot import outbox, turn
from bot.migrations import is_current
from bot.shell import Shell
from channels.sms import TwilioSms, read, read_report

LARGEST_BODY = 64 * 1024
"""Bytes; Twilio's largest request is a tenth of it."""

BROKER_SECONDS = 2
"""How long the broker has to answer before we are not ready."""

Answer = tuple[dict[str, str], int]


def doors(shell: Shell) -> Blueprint:
    """Every door but the agents'. Without a Twilio account its doors do not exist."""
    web = Blueprint("doors", __name__)
    _health(web, shell)
    sms = shell.channels["sms"]
    if isinstance(sms, TwilioSms):
        _twilio(web, shell, sms)
    return web


def _health(web: Blueprint, shell: Shell) -> None:
    # A plain read: asking whether we are ready never waits behind a writer.
    engine = shell.engine.execution_options(reading=True)

    @web.get("/healthz")
    def healthz() -> Answer:
        return {"status": "ok"}, 200

    @web.get("/readyz")
    def readyz() -> Answer:
        try:
            ready = is_current(engine)
        except SQLAlchemyError:
            return {"status": "database unreachable"}, 503
        if not _broker_answers(shell.settings.redis_url):
            return {"status": "broker unreachable"}, 503
        return ({"status": "ok"}, 200) if ready else ({"status": "migrations pending"}, 503)


def _broker_answers(url: str | None) -> bool:
    """Whether the broker can be reached; without one, the process is its own."""
    if url is None:
        return True
    try:
        with Connection(url, connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except OperationalBrokerError:
        return False
    return True


def _twilio(web: Blueprint, shell: Shell, sms: TwilioSms) -> None:
    @web.post("/webhooks/twilio/messages")
    def twilio_messages() -> Response:
        _admit(shell, sms)
        try:
            inbound = read(request.form)
        except ValueError:
            abort(400)
        turn.receive(shell, inbound)
        return Response(status=204)

    @web.post("/webhooks/twilio/status")
    def twilio_status() -> Response:
        _admit(shell, sms)
        try:
            report = read_report(request.form)
        except ValueError:
            abort(400)
        outbox.record_receipt(
            shell,
            provider_id=report.provider_id,
            status=report.status,
            error_code=report.error_code,
            ref=request.args.get("m"),
        )
        return Response(status=204)

    @web.errorhandler(OperationalError)
    @web.errorhandler(NoConnectionFree)
    def database_away(_error: Exception) -> Response:
        # A provider told so at once may deliver again; one left waiting gives up.
        return Response(status=503)


def _admit(shell: Shell, sms: TwilioSms) -> None:
    """Turn away whatever Twilio did not sign: 415, 413 or 403, before anything is read or written. The
    address it signed is the one we gave it, whatever the Host and X-Forwarded headers say."""
    request.max_content_length = LARGEST_BODY
    if request.mimetype != "application/x-www-form-urlencoded":
        abort(415)
    query = request.query_string.decode("ascii", "replace")
    url = f"{shell.settings.public_url}{request.path}" + (f"?{query}" if query else "")
    if not sms.is_signed(url, request.form, request.headers.get("X-Twilio-Signature")):
        abort(403)
