"""SMS and WhatsApp by Twilio: what arrives, what leaves, what is said of what left."""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit

from requests.exceptions import ConnectTimeout, ProxyError, RequestException
from twilio.base.exceptions import TwilioRestException, TwilioServiceException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError

from channels import Laid, SendFailed, SendUnknown, clean
from channels.gsm7 import fit, segments
from conversations.messages import Inbound, Outbound

TIMEOUT = 10.0
"""Seconds given to Twilio to answer; its own client would wait for ever."""
RETRYABLE = frozenset({20003, 20429, 21611, 30001, 30003, 30008})
"""Refusals that time or an operator cures: our credentials refused, too many requests, our queue full at the
carrier, phone off, unknown. Every other refusal says something of this number or this text, and stays."""
LONGEST_ADDRESS = 40
WHATSAPP = "whatsapp:"

_SID = re.compile(r"(SM|MM)[0-9a-f]{32}")
_STATUS = re.compile(r"[a-z_-]{1,40}")
_ERROR_CODE = re.compile(r"[0-9]{1,6}")

# Both write request lines with people's numbers in them, from INFO and DEBUG up to WARNING.
for chatty in ("twilio", "urllib3"):
    logging.getLogger(chatty).setLevel(logging.ERROR)


@dataclass(frozen=True)
class Report:
    """What became of a message, as Twilio tells it: its id there, one of its status words, an error code."""

    provider_id: str
    status: str
    error_code: str | None


class TwilioSms:
    """One Twilio account. Messages leave from its messaging service where it has one, else from the number
    the message names, else from `sender`. `api_base` is another host for its API, `timeout` in seconds."""

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        messaging_service_sid: str | None = None,
        sender: str | None = None,
        api_base: str | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        self._client = Client(account_sid, auth_token, http_client=_Http(api_base, timeout))
        self._validator = RequestValidator(auth_token)
        self._messaging_service_sid = messaging_service_sid
        self._sender = sender

    def layout(self, text: str) -> Laid:
        fitted = fit(text)
        return Laid(fitted, segments(fitted))

    def send(self, message: Outbound) -> str:
        """Hand `message` to Twilio and return its SID; raises `SendFailed` or `SendUnknown`."""
        try:
            sent = self._client.messages.create(
                to=_address(message, message.recipient),
                body=message.text,
                status_callback=message.receipt_url,
                **self._origin(message),
            )
        except (TwilioRestException, TwilioServiceException) as refusal:
            _refused(refusal)
        except RequestException as failure:
            _unanswered(failure)
        except ValueError:
            raise SendUnknown("Twilio's answer cannot be read") from None
        if not sent.sid:
            raise SendUnknown("Twilio's answer names no message")
        return str(sent.sid)

    def is_signed(self, url: str, form: Mapping[str, str], signature: str | None) -> bool:
        """Whether Twilio signed this request: `url` exactly as Twilio called it, query string included."""
        return signature is not None and bool(self._validator.validate(url, form, signature))

    def _origin(self, message: Outbound) -> dict[str, str]:
        if self._messaging_service_sid:
            return {"messaging_service_sid": self._messaging_service_sid}
        sender = message.sender or self._sender
        return {"from_": _address(message, sender)} if sender else {}


def read(form: Mapping[str, str]) -> Inbound:
    """The message in a request of Twilio's; media are not fetched and leave an empty text. `ValueError` when
    the SID or the sender cannot be Twilio's: its signature covers the fields glued together, so it does not
    say where one ends and the next begins."""
    sender = _plain_address(form.get("From", ""))
    if not sender:
        raise ValueError("no sender")
    return Inbound(
        channel="whatsapp" if form["From"].startswith(WHATSAPP) else "sms",
        provider_id=_sid(form),
        sender=sender,
        recipient=_plain_address(form.get("To", "")) or None,
        text=clean(form.get("Body", "")),
    )


def read_report(form: Mapping[str, str]) -> Report:
    """The receipt in a request of Twilio's; `ValueError` when a field cannot be Twilio's."""
    status, error_code = form.get("MessageStatus", ""), form.get("ErrorCode") or None
    if not _STATUS.fullmatch(status):
        raise ValueError("not a status of Twilio's")
    if error_code and not _ERROR_CODE.fullmatch(error_code):
        raise ValueError("not an error code of Twilio's")
    return Report(_sid(form), status, error_code)


def _sid(form: Mapping[str, str]) -> str:
    sid = form.get("MessageSid", "")
    if not _SID.fullmatch(sid):
        raise ValueError("not a message SID")
    return sid


def _plain_address(address: str) -> str:
    plain = clean(address.removeprefix(WHATSAPP)).strip()
    if len(plain) > LONGEST_ADDRESS:
        raise ValueError("not an address")
    return plain


def _address(message: Outbound, number: str) -> str:
    return f"{WHATSAPP}{number}" if message.channel == "whatsapp" else number


def _refused(refusal: TwilioRestException | TwilioServiceException) -> NoReturn:
    """Twilio's own sentence may name the number, so only its code goes further."""
    retry = refusal.status == 429 or refusal.status >= 500 or refusal.code in RETRYABLE
    code = None if refusal.code in (None, refusal.status) else str(refusal.code)
    raise SendFailed(f"Twilio refused (HTTP {refusal.status})", retry=retry, code=code) from None


def _unanswered(failure: RequestException) -> NoReturn:
    """Only a connection that was never made is certain: after that, Twilio may have read the request."""
    cause = failure.args[0] if failure.args else None
    never_made = isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    if never_made or isinstance(failure, (ConnectTimeout, ProxyError)):
        raise SendFailed("Twilio cannot be reached", retry=True) from failure
    raise SendUnknown("Twilio did not answer") from failure


class _Http(TwilioHttpClient):  # type: ignore[misc]  # twilio ships no types
    """Twilio's HTTP client with a deadline, towards another host when one is given."""

    def __init__(self, api_base: str | None, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self._base = urlsplit(api_base) if api_base else None

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        if self._base:
            url = urlsplit(url)._replace(scheme=self._base.scheme, netloc=self._base.netloc).geturl()
        return super().request(method, url, *args, **kwargs)
