"""Settings, read once from the environment; half a configuration is refused with every error at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot import templates
from bot.templates import Templates, TemplatesRefused
from channels import senders
from channels.senders import SenderRefused

MIN_SECRET = 32
TELEGRAM = tuple(f"TELEGRAM_{name}" for name in ("BOT_TOKEN", "WEBHOOK_SECRET", "API_BASE"))
TWILIO = tuple(f"TWILIO_{name}" for name in ("ACCOUNT_SID", "AUTH_TOKEN", "MESSAGING_SERVICE_SID", "FROM", "API_BASE"))

SECRET_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,256}")


class SettingsRefused(Exception):
    """`errors`: one sentence each, naming the variable and what to do."""

    def __init__(self, errors: list[str]) -> None:
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass(frozen=True)
class TwilioSettings:
    """`sender` is a number of ours, `messaging_service_sid` a Twilio service: one of the two is set."""

    account_sid: str
    auth_token: str
    messaging_service_sid: str | None
    sender: str | None
    api_base: str | None


@dataclass(frozen=True)
class TelegramSettings:
    """`webhook_secret` opens the door that Telegram calls; without it, updates are fetched by `rdv telegram`."""

    token: str
    webhook_secret: str | None
    api_base: str | None


@dataclass(frozen=True)
class Settings:
    database_url: str = "sqlite:///var/rdv.db"
    redis_url: str | None = None
    public_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    demo: bool = False
    twilio: TwilioSettings | None = None
    telegram: TelegramSettings | None = None
    whatsapp_templates: Templates = field(default_factory=dict)
    """What may leave on WhatsApp once a person's day there is over; the rest leaves by SMS."""
    sms_segments_per_second: float = 10.0
    """What each number of ours may send, in SMS segments; 0: as fast as it goes."""
    metrics_token: str | None = None
    """What whoever reads /metrics has to show; without it, nobody does outside the demo."""

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """The settings of `environ` (names as in the README); raises `SettingsRefused`."""
        errors = _real_messages_of_a_demo(environ)
        settings = cls(
            database_url=environ.get("DATABASE_URL") or cls.database_url,
            redis_url=environ.get("REDIS_URL") or None,
            public_url=(environ.get("PUBLIC_URL") or cls.public_url).rstrip("/"),
            secret_key=environ.get("SECRET_KEY", ""),
            demo=environ.get("RDV_DEMO", "") == "1",
            twilio=_read_twilio(environ, errors),
            telegram=_read_telegram(environ, errors),
            whatsapp_templates=_read_templates(environ, errors),
            sms_segments_per_second=_read_rate(environ, errors),
            metrics_token=environ.get("METRICS_TOKEN") or None,
        )
        if not _is_usable(settings.database_url):
            errors.append(
                "DATABASE_URL: no such kind of database; write sqlite:///var/rdv.db or postgresql+psycopg://user@host/name"
            )
        if errors:
            raise SettingsRefused(errors)
        return settings

    def require_secret(self) -> None:
        """What a web process needs and a command does not; raises `SettingsRefused`."""
        if not self.demo and len(self.secret_key) < MIN_SECRET:
            raise SettingsRefused([f"SECRET_KEY: must hold at least {MIN_SECRET} characters"])


def _real_messages_of_a_demo(environ: Mapping[str, str]) -> list[str]:
    """Whoever opens the demo phone writes under any number: a real account would send to real people."""
    given = [name for name in (*TWILIO, *TELEGRAM) if environ.get(name)]
    if not given or environ.get("RDV_DEMO") != "1":
        return []
    return [f"RDV_DEMO: the demo sends nothing for real; unset {', '.join(given)}, or RDV_DEMO"]


def _is_usable(database_url: str) -> bool:
    try:
        make_url(database_url).get_dialect().import_dbapi()
    except (ArgumentError, ImportError):
        return False
    return True


def _read_rate(environ: Mapping[str, str], errors: list[str]) -> float:
    written = environ.get("SMS_SEGMENTS_PER_SECOND") or str(_usual_rate(environ))
    try:
        rate = float(written)
    except ValueError:
        rate = -1.0
    if not 0 <= rate < inf:
        errors.append("SMS_SEGMENTS_PER_SECOND: write a number such as 10 or 0.5; 0 is for no bound")
        return Settings.sms_segments_per_second
    return rate


def _usual_rate(environ: Mapping[str, str]) -> float:
    """What the sender may do, where one is set: a messaging service has others."""
    name = environ.get("TWILIO_FROM")
    if not name or environ.get("TWILIO_MESSAGING_SERVICE_SID"):
        return Settings.sms_segments_per_second
    try:
        return senders.sender(name).segments_per_second
    except SenderRefused:
        return Settings.sms_segments_per_second


def _read_twilio(environ: Mapping[str, str], errors: list[str]) -> TwilioSettings | None:
    sid, token, service, sender, base = (environ.get(name) or None for name in TWILIO)
    if not any((sid, token, service, sender)):
        return None
    if sid is None or token is None:
        errors.append("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: set both, or neither")
    if service is None and sender is None:
        errors.append("TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM: set one of them, SMS leave from it")
    if sender is not None:
        errors += _cannot_answer(sender)
    if errors or sid is None or token is None:
        return None
    return TwilioSettings(sid, token, service, sender, base)


def _cannot_answer(sender: str) -> list[str]:
    try:
        senders.to_talk_with(sender)
    except SenderRefused as refusal:
        return [f"TWILIO_FROM: {refusal}"]
    return []


def _read_templates(environ: Mapping[str, str], errors: list[str]) -> Templates:
    path = environ.get("WHATSAPP_TEMPLATES")
    if not path:
        return {}
    if not environ.get("TWILIO_ACCOUNT_SID"):
        errors.append("WHATSAPP_TEMPLATES: WhatsApp goes through Twilio; set TWILIO_ACCOUNT_SID too, or unset it")
    try:
        return templates.read(Path(path))
    except TemplatesRefused as refusal:
        errors += [f"WHATSAPP_TEMPLATES: {error}" for error in refusal.errors]
        return {}


def _read_telegram(environ: Mapping[str, str], errors: list[str]) -> TelegramSettings | None:
    token, secret, base = (environ.get(name) or None for name in TELEGRAM)
    if token is None and (secret or base):
        errors.append("TELEGRAM_BOT_TOKEN: set it too, or unset TELEGRAM_WEBHOOK_SECRET and TELEGRAM_API_BASE")
    if secret is not None and not SECRET_TOKEN.fullmatch(secret):
        errors.append("TELEGRAM_WEBHOOK_SECRET: 1 to 256 letters, digits, _ and -, as Telegram takes them")
    return TelegramSettings(token, secret, base) if token is not None else None
