"""SMS and WhatsApp by Twilio: what arrives, what leaves, what is said of what left."""

import json
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from requests import Response as Answer
from requests import Session
from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectTimeout, ProxyError, RequestException
from twilio.base.exceptions import TwilioException
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from urllib3.exceptions import MaxRetryError, NewConnectionError

from channels import Laid, Refusal, SendError, SendFailed, SendUnknown, There, clean
from channels.gsm7 import fit, segments
from conversations.messages import Came, Inbound, Outbound

TIMEOUT = 10.0
"""Seconds given to Twilio to answer; its own client would wait for ever."""
CONNECTIONS = 64
"""Kept open to Twilio: as many as threads that send at once, or each of the others would begin anew."""
LONGEST_VALIDITY = 36_000
"""Seconds a message may wait in Twilio's queue."""
HISTORY_PAGE, RECENT_PAGE, PAGES = 50, 1000, 100
"""Messages in a page of one person's and of everybody's (1000: the most Twilio gives), and pages read at most.
Everybody's begin with what we sent: the morning's reminders must not hide who answered them."""
RECENT = 1000
"""Inbound messages looked back at, at most."""

REFUSALS = {
    "14107": Refusal.LATER,  # thirty messages to one number within seconds: Twilio suspects a loop
    "20429": Refusal.LATER,  # too many requests
    "21611": Refusal.LATER,  # the sender's queue is full
    "30001": Refusal.LATER,  # likewise, with a messaging service
    "30003": Refusal.LATER,  # phone off or out of reach
    "30008": Refusal.LATER,  # the carrier does not say
    "30036": Refusal.LATER,  # waited in the queue longer than `valid_for`: the sender knows whether it still serves
    "30410": Refusal.LATER,  # the carrier did not answer Twilio
    "63018": Refusal.LATER,  # too many on WhatsApp
    "63038": Refusal.LATER,  # the account's day is used up
    "21211": Refusal.FINAL,  # not a phone number
    "21214": Refusal.FINAL,  # cannot be reached
    "21217": Refusal.FINAL,  # does not look like a phone number
    "21265": Refusal.FINAL,  # a short code
    "21266": Refusal.FINAL,  # our own number
    "21408": Refusal.FINAL,  # in a country closed on purpose, against toll fraud
    "21612": Refusal.FINAL,  # no route from our sender to this number
    "21614": Refusal.FINAL,  # not a mobile
    "21635": Refusal.FINAL,  # a landline
    "30004": Refusal.FINAL,  # blocked at the carrier
    "30005": Refusal.FINAL,  # unknown handset: the number is no longer in use
    "30006": Refusal.FINAL,  # a landline, or a carrier out of reach
    "21610": Refusal.STOPPED,  # has written STOP
    "21602": Refusal.CONTENT,  # empty
    "21605": Refusal.CONTENT,  # too long
    "21617": Refusal.CONTENT,  # too long in all its segments
    "21619": Refusal.CONTENT,  # empty, no picture either
    "30007": Refusal.CONTENT,  # taken for spam by the carrier
    "63003": Refusal.CONTENT,  # not on WhatsApp: the number may be good all the same
    "63013": Refusal.CONTENT,  # against WhatsApp's rules
    "63016": Refusal.CONTENT,  # free text more than a day after the person last wrote: a template would pass
    "63021": Refusal.CONTENT,  # not what WhatsApp carries
    "63024": Refusal.CONTENT,  # nobody WhatsApp can write to
    "63027": Refusal.CONTENT,  # a template that was not approved, or not in that language
    "63028": Refusal.CONTENT,  # a template with other blanks than ours
    "20003": Refusal.OURS,  # credentials refused
    "20005": Refusal.OURS,  # account closed
    "21212": Refusal.OURS,  # the sender is no number
    "21601": Refusal.OURS,  # the sender is not bought from Twilio
    "21606": Refusal.OURS,  # the sender cannot send there, or is not ours
    "21608": Refusal.OURS,  # a trial account writes to verified numbers alone
    "21659": Refusal.OURS,  # the sender is not Twilio's, or a short code of another country
    "21660": Refusal.OURS,  # the sender is another account's
    "21661": Refusal.OURS,  # the sender carries no SMS
    "21703": Refusal.OURS,  # the messaging service has no number
    "21705": Refusal.OURS,  # no such messaging service
    "30002": Refusal.OURS,  # account suspended
    "63007": Refusal.OURS,  # the sender is not on WhatsApp
}
"""Twilio's error codes (its error dictionary), of an answer or of a receipt, as what is to be done about them."""
LONGEST_ADDRESS = 40
WHATSAPP = "whatsapp:"

_SID = re.compile(r"(SM|MM)[0-9a-f]{32}")
_STATUS = re.compile(r"[a-z_-]{1,40}")
_ERROR_CODE = re.compile(r"[0-9]{1,6}")
_SECONDS = re.compile(r"[0-9]{1,9}")

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
    """One Twilio account. SMS leave from its messaging service where it has one, else from the number the message
    names, else from `sender`; on WhatsApp people are answered from the number they wrote to. `api_base` is another
    host for its API, `timeout` in seconds."""

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
        return laid_out(text)

    def send(self, message: Outbound) -> str:
        """Hand `message` to Twilio and return its SID; raises `SendFailed` or `SendUnknown`."""
        with _reading():
            sent = self._client.messages.create(
                to=_address(message.channel, message.recipient),
                **_content(message),
                status_callback=message.receipt_url,
                validity_period=message.valid_for and min(message.valid_for, LONGEST_VALIDITY),
                **self._origin(message),
            )
        if not sent.sid:
            raise SendUnknown("Twilio's answer names no message")
        return str(sent.sid)

    def sent_to(self, recipient: str, since: datetime, *, channel: str) -> Sequence[There]:
        """What Twilio has of what we sent to that address, created since then by its clock, oldest first, queued
        and failed ones too; raises `SendFailed` or `SendUnknown` when Twilio cannot be asked."""
        address = _address(channel, recipient)
        listed = self._newest(since, page_size=HISTORY_PAGE, to=address)
        ours = [message for message in listed if message.direction != "inbound" and message.to == address]
        return [There(m.sid, m.body or "", m.status, m.date_created) for m in _oldest_first(ours)]

    def recent(self, since: datetime) -> Sequence[Inbound]:
        """What people wrote to us, created since then by Twilio's clock, oldest first, `RECENT` at most; what
        `read` would refuse is left out. Raises `SendFailed` or `SendUnknown` when Twilio cannot be asked."""
        listed = self._newest(since, page_size=RECENT_PAGE)
        arrived = (m for m in listed if m.direction == "inbound" and m.status != "receiving")
        return list(_read_again(_oldest_first(list(islice(arrived, RECENT)))))

    def why(self, code: str | None) -> Refusal:
        """What a receipt's error code means. A failure without a word is like the carrier's "unknown"; a code that
        nobody wrote down stops this message and nothing else: to condemn a number takes a reason."""
        return REFUSALS.get(code, Refusal.CONTENT) if code else Refusal.LATER

    def is_signed(self, url: str, form: Mapping[str, str], signature: str | None) -> bool:
        """Whether Twilio signed this request: `url` exactly as Twilio called it, query string included."""
        return signature is not None and bool(self._validator.validate(url, form, signature))

    def _origin(self, message: Outbound) -> dict[str, str]:
        is_answered_from = message.channel == "whatsapp" and message.sender
        if self._messaging_service_sid and not is_answered_from:
            return {"messaging_service_sid": self._messaging_service_sid}
        sender = message.sender or self._sender
        return {"from_": _address(message.channel, sender)} if sender else {}

    def _newest(self, since: datetime, *, page_size: int, **where: str) -> Iterator[Any]:
        """Twilio's messages created since then, about newest first. It sorts them by when they were sent, which a
        queued one has not been yet: so its own filter on that date would lose some, and only a whole page that
        is too old says that the rest is."""
        since = since.replace(microsecond=0)  # Twilio tells whole seconds
        with _reading():
            page = self._client.messages.page(page_size=page_size, **where)
            messages = list(page)
        for _ in range(PAGES):
            fresh = [message for message in messages if _created(message) >= since]
            yield from fresh
            with _reading():
                page = page.next_page() if fresh else None
                if page is None:
                    return
                messages = list(page)


def laid_out(text: str) -> Laid:
    """A text as an SMS carries it."""
    fitted = fit(text)
    return Laid(fitted, segments(fitted))


def read(form: Mapping[str, str]) -> Inbound:
    """The message in a request of Twilio's; media are not fetched and leave an empty text. `ValueError` when
    the SID or the sender cannot be Twilio's: its signature covers the fields glued together, so it does not
    say where one ends and the next begins."""
    sender = _plain_address(form.get("From", ""))
    if not sender:
        raise ValueError("no sender")
    text = clean(form.get("Body", ""))
    return Inbound(
        channel="whatsapp" if form["From"].startswith(WHATSAPP) else "sms",
        provider_id=_sid(form),
        sender=sender,
        recipient=_plain_address(form.get("To", "")) or None,
        text=text,
        came=Came.MEDIA if not text and _holds_media(form) else Came.TEXT,
    )


def _holds_media(form: Mapping[str, str]) -> bool:
    """Whether there is a picture, a voice, somebody's card, or a place."""
    return form.get("NumMedia", "0") != "0" or "Latitude" in form


def read_report(form: Mapping[str, str]) -> Report:
    """The receipt in a request of Twilio's; `ValueError` when a field cannot be Twilio's."""
    status, error_code = form.get("MessageStatus", ""), form.get("ErrorCode") or None
    if not _STATUS.fullmatch(status):
        raise ValueError("not a status of Twilio's")
    if error_code and not _ERROR_CODE.fullmatch(error_code):
        raise ValueError("not an error code of Twilio's")
    return Report(_sid(form), status, error_code)


def _read_again(listed: list[Any]) -> Iterator[Inbound]:
    for message in listed:
        form = {"MessageSid": message.sid, "From": message.from_, "To": message.to, "Body": message.body}
        try:
            yield read({name: value or "" for name, value in form.items()})
        except ValueError:
            continue


def _sid(form: Mapping[str, str]) -> str:
    sid = form.get("MessageSid", "")
    if not _SID.fullmatch(sid):
        raise ValueError("not a message SID")
    return sid


def _content(message: Outbound) -> dict[str, str]:
    """Our own words, or what was approved beforehand with its blanks filled, numbered from 1."""
    if message.template is None:
        return {"body": message.text}
    blanks = {str(place): blank for place, blank in enumerate(message.template.blanks, start=1)}
    return {"content_sid": message.template.name, "content_variables": json.dumps(blanks)}


def _plain_address(address: str) -> str:
    plain = clean(address.removeprefix(WHATSAPP)).strip()
    if len(plain) > LONGEST_ADDRESS:
        raise ValueError("not an address")
    return plain


def _address(channel: str, number: str) -> str:
    return f"{WHATSAPP}{number}" if channel == "whatsapp" else number


def _oldest_first(listed: list[Any]) -> list[Any]:
    return sorted(listed, key=_created, reverse=True)[::-1]


def _created(message: Any) -> datetime:
    if not isinstance(message.date_created, datetime):
        raise SendUnknown("Twilio's list cannot be read")
    return message.date_created


@contextmanager
def _reading() -> Iterator[None]:
    """Around what Twilio's client makes of an answer: one that is not what was promised says nothing."""
    try:
        yield
    except (TwilioException, ValueError, TypeError, AttributeError):
        raise SendUnknown("Twilio's answer cannot be read") from None


def _not_taken(method: str, answer: Answer) -> SendError:
    """A breakdown may come after the message was taken, or from a proxy in front of a Twilio that took it. Asking
    us to come back is saying that it was not."""
    refused = _refused(answer)
    if method == "POST" and answer.status_code >= 500 and refused.retry_after is None:
        return SendUnknown(f"Twilio broke down (HTTP {answer.status_code})", code=refused.code)
    return refused


def _refused(answer: Answer) -> SendFailed:
    """Twilio's own sentence may name the number, so only its code goes further."""
    status, code = answer.status_code, _code(answer)
    return SendFailed(
        f"Twilio refused (HTTP {status})", why=_why(status, code), code=code, retry_after=_retry_after(answer.headers)
    )


def _code(answer: Answer) -> str | None:
    try:
        code = str(json.loads(answer.content)["code"])
    except (ValueError, TypeError, LookupError):
        return None
    return code if _ERROR_CODE.fullmatch(code) else None


def _why(status: int, code: str | None) -> Refusal:
    """A code we do not know, in a request that Twilio calls bad, condemns this message and not the number. Any
    other refusal that is neither crowding nor breakdown is about who asks, or comes from somebody else than
    Twilio."""
    if code in REFUSALS:
        return REFUSALS[code]
    if status == 429 or status >= 500:
        return Refusal.LATER
    return Refusal.CONTENT if status == 400 and code else Refusal.OURS


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of `Retry-After`, which is a number or a date (RFC 9110, 10.2.3). A date is told from the one
    of the answer itself: our clock may differ."""
    asked = headers.get("Retry-After", "")
    if _SECONDS.fullmatch(asked):
        return float(asked)
    try:
        wait = parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return max(0.0, wait.total_seconds())


def _unanswered(failure: RequestException) -> SendError:
    """Only a connection that was never made is certain: after that, Twilio may have read the request. The failure
    itself may name a number, in the address of a list, so only its kind goes further."""
    cause = failure.args[0] if failure.args else None
    never_made = isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    kind = type(failure).__name__
    if never_made or isinstance(failure, (ConnectTimeout, ProxyError)):
        return SendFailed(f"Twilio cannot be reached ({kind})", why=Refusal.LATER)
    return SendUnknown(f"Twilio did not answer ({kind})")


class _Http(HttpClient):  # type: ignore[misc]  # twilio ships no types
    """What carries the requests of Twilio's client: connections shared by all threads, one try with a deadline,
    towards another host when one is given. Twilio's own drops the headers of a refusal, and hands each answer over
    in an attribute that all threads write."""

    def __init__(self, api_base: str | None, timeout: float) -> None:
        super().__init__(logging.getLogger("twilio"), is_async=False, timeout=timeout)
        self._base = urlsplit(api_base) if api_base else None
        self._session = Session()
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=CONNECTIONS, max_retries=0))

    def request(self, method: str, uri: str, **options: Any) -> Response:
        """One answer of Twilio's to one request; raises `SendFailed` or `SendUnknown` for want of a good one."""
        if self._base:
            uri = urlsplit(uri)._replace(scheme=self._base.scheme, netloc=self._base.netloc).geturl()
        try:
            answer = self._session.request(method, uri, **{**options, "timeout": self.timeout})
        except RequestException as failure:
            raise _unanswered(failure) from None
        if not 200 <= answer.status_code < 300:
            raise _not_taken(method, answer)
        return Response(answer.status_code, answer.content.decode(errors="replace"), answer.headers)
