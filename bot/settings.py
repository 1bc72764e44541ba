"""Settings, read once from the environment; half a configuration is refused with every error at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

MIN_SECRET = 32
TWILIO = tuple(f"TWILIO_{name}" for name in ("ACCOUNT_SID", "AUTH_TOKEN", "MESSAGING_SERVICE_SID", "FROM", "API_BASE"))


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
class Settings:
    database_url: str = "sqlite:///var/rdv.db"
    redis_url: str | None = None
    public_url: str = "http://127.0.0.1:8000"
    secret_key: str = ""
    demo: bool = False
    twilio: TwilioSettings | None = None
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
    """Whoever opens the demo phone writes under any number: a Twilio account would send to real people."""
    given = [name for name in TWILIO if environ.get(name)]
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
    written = environ.get("SMS_SEGMENTS_PER_SECOND") or str(Settings.sms_segments_per_second)
    try:
        rate = float(written)
    except ValueError:
        rate = -1.0
    if not 0 <= rate < inf:
        errors.append("SMS_SEGMENTS_PER_SECOND: write a number such as 10 or 0.5; 0 is for no bound")
        return Settings.sms_segments_per_second
    return rate


def _read_twilio(environ: Mapping[str, str], errors: list[str]) -> TwilioSettings | None:
    sid, token, service, sender, base = (environ.get(name) or None for name in TWILIO)
    if not any((sid, token, service, sender)):
        return None
    if sid is None or token is None:
        errors.append("TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: set both, or neither")
    if service is None and sender is None:
        errors.append("TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM: set one of them, SMS leave from it")
    if errors or sid is None or token is None:
        return None
    return TwilioSettings(sid, token, service, sender, base)
