"""The doors in: Twilio's webhooks, verified and acted on before they are answered, each in one commit."""

from typing import NoReturn

from flask import Blueprint, abort, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from bot import health, metrics, outbox, turn
from bot.shell import Shell
from channels.sms import TwilioSms, read, read_report

MESSAGES = "/webhooks/twilio/messages"
STATUS = "/webhooks/twilio/status"
LARGEST_BODY = 64 * 1024
"""Bytes; Twilio's largest request is a tenth of it."""


def doors(shell: Shell) -> Blueprint:
    """Every door but the agents'. Without a Twilio account its doors do not exist."""
    web = Blueprint("doors", __name__)
    web.register_blueprint(health.doors(shell))
    sms = shell.channels["sms"]
    if isinstance(sms, TwilioSms):
        _twilio(web, shell, sms)
    return web


def _twilio(web: Blueprint, shell: Shell, sms: TwilioSms) -> None:
    @web.post(MESSAGES)
    def twilio_messages() -> Response:
        _admit(shell, sms)
        try:
            inbound = read(request.form)
        except ValueError:
            _turn_away(400, "malformed")
        turn.receive(shell, inbound)
        return _thanks()

    @web.post(STATUS)
    def twilio_status() -> Response:
        _admit(shell, sms)
        try:
            report = read_report(request.form)
        except ValueError:
            _turn_away(400, "malformed")
        outbox.record_receipt(
            shell,
            provider_id=report.provider_id,
            status=report.status,
            error_code=report.error_code,
            ref=request.args.get("m"),
        )
        return _thanks()

    @web.errorhandler(OperationalError)
    @web.errorhandler(NoConnectionFree)
    def database_away(_error: Exception) -> Response:
        # A provider told so at once may deliver again; one left waiting gives up.
        metrics.reject("database")
        return Response(status=503)


def _thanks() -> Response:
    """Nothing more to do, in Twilio's language. A 204 would say it too, and our server hangs up after one."""
    return Response("<Response/>", content_type="text/xml")


def _admit(shell: Shell, sms: TwilioSms) -> None:
    """Turn away whatever Twilio did not sign: 415, 413 or 403, before anything is written. The address it signed is
    the one we gave it, whatever the Host and X-Forwarded headers say."""
    request.max_content_length = LARGEST_BODY
    if request.mimetype != "application/x-www-form-urlencoded":
        _turn_away(415, "media_type")
    try:
        form = request.form
    except RequestEntityTooLarge:
        _turn_away(413, "too_large")
    query = request.query_string.decode("ascii", "replace")
    url = f"{shell.settings.public_url}{request.path}" + (f"?{query}" if query else "")
    if not sms.is_signed(url, form, request.headers.get("X-Twilio-Signature")):
        _turn_away(403, "signature")


def _turn_away(status: int, reason: str) -> NoReturn:
    metrics.reject(reason)
    abort(status)
