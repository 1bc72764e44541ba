"""Telegram's updates: each is taken once, whether Telegram brought it or it was fetched."""

from sqlalchemy import select
from telegram import Update

from booking.db import transaction
from bot import turn
from bot.ledger import Contact
from bot.shell import Shell
from channels.telegram import BLOCKED, Call, Presence, read

PATH = "/webhooks/telegram"


def take(shell: Shell, update: Update) -> Call | None:
    """Act on an update, in one commit; brought again, it changes nothing. What is to be called at once in answer."""
    found = read(update)
    if found.inbound is not None:
        turn.receive(shell, found.inbound)
    if found.presence is not None:
        _note(shell, found.presence)
    return found.call


def _note(shell: Shell, presence: Presence) -> None:
    """A chat that is closed to us is not written to before it opens again. News that come after what they were
    before change nothing."""
    with transaction(shell.sessions) as session:
        known = select(Contact).where(Contact.channel == "telegram", Contact.address == presence.address)
        contact = session.scalars(known.with_for_update(key_share=True)).first()
        if contact is None:
            return
        if presence.is_open and contact.unreachable_at is not None and contact.unreachable_at <= presence.since:
            contact.unreachable = contact.unreachable_at = None
        if not presence.is_open and (contact.seen_at is None or contact.seen_at <= presence.since):
            contact.unreachable, contact.unreachable_at = BLOCKED, presence.since
