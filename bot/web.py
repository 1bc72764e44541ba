"""The doors in: the providers' webhooks, verified and acted on before they are answered, each in one commit."""

import hmac
import json
import logging
from typing import Any, NoReturn

from flask import Blueprint, abort, jsonify, request
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from telegram import Update
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from bot import health, metrics, outbox, telegram, turn
from bot.shell import Shell
from channels.sms import TwilioSms, read, read_report

MESSAGES = "/webhooks/twilio/messages"
STATUS = "/webhooks/twilio/status"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY = 64 * 1024
"""Bytes; the largest request of a provider's is a tenth of it."""

log = logging.getLogger(__name__)


def doors(shell: Shell) -> Blueprint:
    """Every door but the agents'. Without a provider's settings its doors do not exist."""
    web = Blueprint("doors", __name__)
    web.register_blueprint(health.doors(shell))
    sms = shell.channels["sms"]
    if isinstance(sms, TwilioSms):
        _twilio(web, shell, sms)
    if shell.settings.telegram is not None and shell.settings.telegram.webhook_secret is not None:
        _telegram(web, shell, shell.settings.telegram.webhook_secret)
    web.register_error_handler(OperationalError, _database_away)
    web.register_error_handler(NoConnectionFree, _database_away)
    return web


def _database_away(_error: Exception) -> Response:
    # A provider told so at once may deliver again; one left waiting gives up.
    metrics.reject("database")
    return Response(status=503)


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


def _telegram(web: Blueprint, shell: Shell, secret: str) -> None:
    @web.post(telegram.PATH)
    def telegram_updates() -> Response:
        update = _parsed(_update(secret))
        call = telegram.take(shell, update) if update else None
        # An answer may carry one call of ours: nothing waits for Telegram here.
        return jsonify({"method": call.method, **call.parameters} if call else {})


def _update(secret: str) -> dict[str, Any]:
    """What Telegram sent: 403, 415, 413 or 400 for anything else, before anything is written."""
    request.max_content_length = LARGEST_BODY
    if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
        _turn_away(403, "signature")
    if request.mimetype != "application/json":
        _turn_away(415, "media_type")
    try:
        update = json.loads(request.get_data())
    except RequestEntityTooLarge:
        _turn_away(413, "too_large")
    except (ValueError, RecursionError):
        _turn_away(400, "malformed")
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        _turn_away(400, "malformed")
    return update


def _parsed(update: dict[str, Any]) -> Update | None:
    """None where it cannot be read: Telegram would bring it again for a day, and nothing of that chat meanwhile."""
    try:
        return Update.de_json(update, None)
    except Exception:
        metrics.reject("malformed")
        log.exception("update cannot be read", extra={"update_id": update["update_id"]})
        return None


def _turn_away(status: int, reason: str) -> NoReturn:
    metrics.reject(reason)
    abort(status)
