"""What every door of the shell is given: settings, database, clock, channels, and a way to wake the workers."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, make_url

from booking.db import Sessions, connect, sessions_of
from bot.settings import Settings, TelegramSettings
from channels import Channel
from channels.simulator import Simulator
from channels.sms import TwilioSms
from channels.telegram import Telegram
from channels.whatsapp import WhatsApp

Clock = Callable[[], datetime]
log = logging.getLogger(__name__)


class Wake(Protocol):
    """Tells whoever works in the background that a contact has something waiting. Losing a call loses nothing:
    the rows are there and the sweep finds them."""

    def turn(self, contact_id: int) -> None: ...

    def delivery(self, contact_id: int) -> None: ...


class Quiet:
    """Wakes nobody: for commands and tests, which work through the rows themselves."""

    def turn(self, contact_id: int) -> None:
        pass

    def delivery(self, contact_id: int) -> None:
        pass


@dataclass(frozen=True)
class Shell:
    settings: Settings
    engine: Engine
    sessions: Sessions
    clock: Clock
    channels: Mapping[str, Channel]
    wake: Wake


def wall_clock() -> datetime:
    """The product's only look at the time."""
    return datetime.now(UTC)


def open_shell(
    settings: Settings, *, clock: Clock = wall_clock, channels: Mapping[str, Channel] | None = None
) -> Shell:
    """A shell on the database of `settings`. Without a provider's settings, its messages go to the demo phone."""
    engine = connect(_with_folder(settings.database_url))
    return Shell(settings, engine, sessions_of(engine), clock, channels or _channels(settings), Quiet())


def _channels(settings: Settings) -> Mapping[str, Channel]:
    telegram = _telegram(settings.telegram)
    if settings.twilio is None:
        return {"sms": Simulator(), "whatsapp": Simulator(typography=True), "telegram": telegram}
    sms = TwilioSms(**asdict(settings.twilio))
    return {"sms": sms, "whatsapp": WhatsApp(sms), "telegram": telegram}


def _telegram(settings: TelegramSettings | None) -> Channel:
    if settings is None:
        return Simulator(typography=True)
    return Telegram(token=settings.token, api_base=settings.api_base)


def _with_folder(url: str) -> str:
    database = make_url(url).database
    if url.startswith("sqlite") and database and database != ":memory:":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    return url
