"""Telegram: what a chat sends, what leaves for it, what is said of what left. Parsed and called by python-telegram-bot,
which keeps nothing: what is known of a chat is in our tables."""

import asyncio
import logging
import os
import re
import unicodedata
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock, Thread
from typing import Any, TypeVar

import httpx
from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    Update,
)
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from channels import Laid, Refusal, SendError, SendFailed, SendUnknown, There, clean
from conversations.messages import Came, Inbound, Outbound

API = "https://api.telegram.org"
TIMEOUT = 10.0
"""Seconds given to Telegram to answer."""
CONNECTIONS = 64
"""Kept open to Telegram: as many as threads that send at once."""
PREFIX = "tg:"
BLOCKED, TAKEN = "403", "409"
"""Telegram's codes for a chat where the bot is blocked, or that is gone; and for updates that somebody else takes."""
NOWHERE = ("chat not found", "user not found", "peer_id_invalid")
"""What Telegram says of a chat that is not there, for want of a code."""
LONGEST_BUTTON = 64
"""Characters of a button; a line of a list is shorter."""
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What makes a text read the other way round (Unicode, UAX 9)."""
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates that are asked for; the others are not sent to us."""

_BUTTON = re.compile(r"([0-9a-f]{16}):([1-9][0-9]?|[A-Z]+(?: [A-Z]+)*)")
_PHONE = re.compile(r"\+?([1-9][0-9]{5,14})")
_Result = TypeVar("_Result")

# It tells durations as such only to who asks; to others it tells seconds, and that it will not for long.
os.environ["PTB_TIMEDELTA"] = "true"
# They write request lines with the token in them, and whole updates.
for chatty in ("httpx", "httpcore", "telegram"):
    logging.getLogger(chatty).setLevel(logging.ERROR)


@dataclass(frozen=True)
class Call:
    """A method of Telegram's to call in answer to an update: at the webhook, it is the answer itself."""

    method: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Presence:
    """Whether a person lets the bot write to them from now on: `since`, by Telegram's clock, in whole seconds."""

    address: str
    is_open: bool
    since: datetime


@dataclass(frozen=True)
class Read:
    """What an update brings: a message, or news of who may be written to, or neither; and what to call at once."""

    inbound: Inbound | None = None
    presence: Presence | None = None
    call: Call | None = None


class Telegram:
    """One bot. `api_base` is another host for its API, `timeout` in seconds. Safe to share between threads and to
    carry over a fork: each process has a loop and a connection pool of its own, made when it first needs them."""

    def __init__(self, *, token: str, api_base: str | None = None, timeout: float = TIMEOUT) -> None:
        self._token = token
        self._api_base = api_base
        self._timeout = timeout
        self._line: _Line | None = None
        self._opening = Lock()

    def layout(self, text: str) -> Laid:
        """As it was written, and free: Telegram carries every letter. What would turn the text around is left out."""
        return Laid("".join(letter for letter in text if letter == "\n" or not _is_unseen(letter)), 0)

    def send(self, message: Outbound) -> str:
        """Hand `message` to Telegram and return its id in the chat; raises `SendFailed` or `SendUnknown`. Each of its
        options is a button under it, and its quick answers are a row of them; the one that asks for a number takes the
        place of the keyboard."""
        chat = int(message.recipient.removeprefix(PREFIX))
        sent = self._ask(lambda bot: bot.send_message(chat, message.text, reply_markup=_keyboard(message)))
        return str(sent.message_id)

    def sent_to(self, recipient: str, since: datetime, *, channel: str) -> Sequence[There]:
        """Nothing: Telegram keeps no list that a bot may read. So a message whose outcome is unknown counts as never
        sent; it is sent again, once (docs/decisions/0006): seen twice in one chat it costs nobody anything, and a
        reminder that nobody sees costs an RDV."""
        return ()

    def recent(self, since: datetime) -> Sequence[Inbound]:
        """Nothing: Telegram itself brings an update again, for a day, until it is taken."""
        return ()

    def why(self, code: str | None) -> Refusal:
        """What a code of ours means; Telegram sends no receipts."""
        return Refusal.FINAL if code == BLOCKED else Refusal.CONTENT

    def call(self, call: Call) -> None:
        """Do what an update asked for; raises as `send` does."""
        self._ask(lambda bot: _METHODS[call.method](bot, **call.parameters))

    def updates(self, after: int | None, *, patience: int) -> Sequence[Update]:
        """The updates that came after the one of that id, waited for `patience` seconds at most; Telegram forgets those
        before. Raises as `send` does, with the code `TAKEN` where somebody else takes them."""
        following = None if after is None else after + 1
        return self._ask(
            lambda bot: bot.get_updates(offset=following, timeout=patience, allowed_updates=KINDS), patience=patience
        )

    def webhook(self) -> str:
        """The address that Telegram brings updates to, empty where none is set; raises as `send` does."""
        return self._ask(lambda bot: bot.get_webhook_info()).url

    def close(self) -> None:
        """Hang up: nothing is being asked, and the next question opens a line again."""
        with self._opening:
            if self._line is not None and self._line.pid == os.getpid():
                self._line.close()
            self._line = None

    def _ask(self, what: "Callable[[Bot], Coroutine[Any, Any, _Result]]", *, patience: int = 0) -> _Result:
        """What one call gives, whatever thread asks; raises `SendFailed` or `SendUnknown`."""
        line = self._own_line()
        asked = asyncio.wait_for(what(line.bot), patience + self._timeout)
        try:
            return asyncio.run_coroutine_threadsafe(asked, line.loop).result()
        except (TelegramError, TimeoutError) as failure:
            raise _not_sent(failure) from None

    def _own_line(self) -> "_Line":
        """This process's own: after a fork, the loop's thread is still the parent's and would never answer."""
        with self._opening:
            if self._line is None or self._line.pid != os.getpid():
                self._line = _Line.open(self._token, self._api_base, self._timeout)
            return self._line


@dataclass(frozen=True)
class _Line:
    """A bot, and the loop it talks on, which runs in a thread of this process."""

    pid: int
    bot: Bot
    loop: asyncio.AbstractEventLoop
    thread: Thread
    requests: tuple[HTTPXRequest, HTTPXRequest]

    @classmethod
    def open(cls, token: str, api_base: str | None, timeout: float) -> "_Line":
        loop = asyncio.new_event_loop()
        thread = Thread(target=loop.run_forever, name="telegram", daemon=True)
        thread.start()
        sending, fetching = _http(timeout), _http(timeout)
        url = f"{(api_base or API).rstrip('/').removesuffix('/bot')}/bot"
        bot = Bot(token, url, request=sending, get_updates_request=fetching)
        return cls(os.getpid(), bot, loop, thread, (sending, fetching))

    def close(self) -> None:
        for request in self.requests:
            asyncio.run_coroutine_threadsafe(request.shutdown(), self.loop).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()


def _http(timeout: float) -> HTTPXRequest:
    # Nobody can tell what became of a question once its whole time is up: a line is given up before.
    return HTTPXRequest(
        connection_pool_size=CONNECTIONS, connect_timeout=timeout / 2, read_timeout=timeout, write_timeout=timeout
    )


_METHODS: dict[str, Callable[..., Coroutine[Any, Any, bool]]] = {
    "answerCallbackQuery": Bot.answer_callback_query,
    "leaveChat": Bot.leave_chat,
}


# What comes


def read(update: Update) -> Read:
    """What an update brings. Nothing is fetched: of a picture only that it came is kept. Groups and channels are left,
    other bots not listened to."""
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query)
    if update.my_chat_member is not None:
        return _presence(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None:
        return Read()
    if message.chat.type != ChatType.PRIVATE:
        return _leave(message.chat)
    if message.from_user is None or message.from_user.is_bot:
        return Read()
    came, text = (Came.EDIT, "") if update.edited_message else _said(message)
    return Read() if came is None else Read(_inbound(update.update_id, message.chat, came, text))


def _said(message: Message) -> tuple[Came | None, str]:
    """How a message was sent and what it says; None for what only tells that something happened in the chat."""
    if message.contact is not None:
        return _card(message)
    if written := message.text or message.caption:
        return Came.TEXT, clean(written)
    return (Came.MEDIA if message.effective_attachment is not None else None), ""


def _card(message: Message) -> tuple[Came, str]:
    """Telegram vouches for a number whose card names the account that it comes from; anybody can send another one."""
    card, sender = message.contact, message.from_user
    phone = _PHONE.fullmatch(card.phone_number) if card else None
    if card is None or sender is None or phone is None or card.user_id != sender.id:
        return Came.CONTACT, ""
    return Came.NUMBER, f"+{phone[1]}"


def _pressed(update_id: int, query: CallbackQuery) -> Read:
    """A press is answered at once, whatever it is worth, or the button keeps turning. What it shows to be an answer to
    is compared with the question that is open when its turn comes."""
    answer = Call("answerCallbackQuery", {"callback_query_id": query.id})
    if query.message is None or query.message.chat.id != query.from_user.id:
        return Read(call=answer)
    button = _BUTTON.fullmatch(query.data or "")
    question, text = (button[1], button[2]) if button else ("", "")
    return Read(_inbound(update_id, query.message.chat, Came.BUTTON, text, question), call=answer)


def _inbound(update_id: int, chat: Chat, came: Came, text: str, question: str | None = None) -> Inbound:
    return Inbound("telegram", str(update_id), f"{PREFIX}{chat.id}", None, text, came, question)


def _presence(change: ChatMemberUpdated) -> Read:
    is_here = change.new_chat_member.status not in (ChatMember.BANNED, ChatMember.LEFT)
    if change.chat.type != ChatType.PRIVATE:
        return _leave(change.chat) if is_here else Read()
    return Read(presence=Presence(f"{PREFIX}{change.chat.id}", is_here, change.date))


def _leave(chat: Chat) -> Read:
    """What is said here is between two."""
    return Read(call=Call("leaveChat", {"chat_id": chat.id}))


# What leaves


def _is_unseen(letter: str) -> bool:
    return letter in TURNING or unicodedata.category(letter) in ("Cc", "Cs")


def _keyboard(message: Outbound) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    if message.asks_number:
        share = [[KeyboardButton(option, request_contact=True)] for option in message.options]
        return ReplyKeyboardMarkup(share, resize_keyboard=True, one_time_keyboard=True)
    if message.question is None:
        return None
    rows = [
        [InlineKeyboardButton(f"{place} {option}"[:LONGEST_BUTTON], callback_data=f"{message.question}:{place}")]
        for place, option in enumerate(message.options, start=1)
    ]
    words = [InlineKeyboardButton(word, callback_data=f"{message.question}:{word}") for word in message.quick]
    rows += [words] if words else []
    return InlineKeyboardMarkup(rows) if rows else None


def _not_sent(failure: TelegramError | TimeoutError) -> SendError:
    """What came of a call that failed. Telegram's own sentence may name somebody, so only its kind goes further."""
    kind = type(failure).__name__
    match failure:
        case RetryAfter():
            return SendFailed(
                "Telegram is busy", why=Refusal.LATER, code="429", retry_after=_seconds(failure.retry_after)
            )
        case Forbidden():
            return SendFailed("Telegram refused the chat", why=Refusal.FINAL, code=BLOCKED)
        case BadRequest() if failure.message.lower().startswith(NOWHERE):
            return SendFailed("Telegram knows no such chat", why=Refusal.FINAL, code="400")
        case BadRequest():
            return SendFailed("Telegram refused the text", why=Refusal.CONTENT, code="400")
        case ChatMigrated():
            return SendFailed("the chat became a group", why=Refusal.FINAL, code="400")
        case InvalidToken():
            return SendFailed("Telegram refused the token", why=Refusal.OURS, code="401")
        case Conflict():
            return SendFailed("somebody else takes the updates", why=Refusal.OURS, code=TAKEN)
    # Only a connection that was never made is certain: after that, Telegram may have read the request.
    if isinstance(failure.__cause__, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError):
        return SendFailed(f"Telegram cannot be reached ({kind})", why=Refusal.LATER)
    return SendUnknown(f"Telegram did not answer ({kind})")


def _seconds(asked: float | timedelta) -> float:
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
