"""Webhooks that come twice, late and in any order: a hundred ways, one outcome."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from sqlalchemy import make_url, select

from booking.db import reading
from bot.app import create_app
from bot.ledger import Contact, Outgoing, OutgoingState, Received
from bot.settings import Settings, TwilioSettings
from bot.shell import Shell, open_shell
from bot.tasks import work_off
from channels import There
from channels.sms import TwilioSms
from conversations.messages import Inbound, Outbound
from tests.conftest import Clock
from tests.databases import Databases
from tests.faults.story import NOTHING, OPEN, STORY, WORLD, Outcome, assert_alike, due, outcome
from tests.servers.carrier import ACCOUNT_SID, AUTH_TOKEN, Carrier, inbound_form, status_form
from tests.worlds import ARRAS, NOW

PASSING = ("queued", "sending", "sent")
Envelope = tuple[str, Mapping[str, str]]
"""One call of our door that is still to come: its URL and its form."""


class Direct(TwilioSms):
    """Twilio but for the network: what we send goes straight into the books of a postman. Its lists are for what is
    lost, and nothing is here."""

    def __init__(self, postman: "Postman") -> None:
        super().__init__(account_sid=ACCOUNT_SID, auth_token=AUTH_TOKEN, sender=ARRAS)
        self._postman = postman

    def send(self, message: Outbound) -> str:
        return self._postman.take(message)

    def sent_to(self, recipient: str, since: datetime, *, channel: str) -> Sequence[There]:
        return ()

    def recent(self, since: datetime) -> Sequence[Inbound]:
        return ()


class Postman:
    """Brings everything: some of it twice or three times, all of it when chance will, receipts before the answer
    to the request they are about. People write their next message when they have the answer to their last."""

    def __init__(self, shell: Shell, seed: int) -> None:
        self.chance = Random(seed)
        self.clock = Clock(NOW)
        self.books = Carrier(self.clock)
        self.bag: list[Envelope] = []
        self.shell = replace(shell, clock=self.clock, channels={"sms": Direct(self)})
        self.door = create_app(self.shell).test_client()
        self.to_say = list(STORY)

    def take(self, message: Outbound) -> str:
        """Take a message of ours, and bring some of what came in meanwhile before we know that it was taken."""
        url = str(message.receipt_url)
        form = {"From": str(message.sender), "To": message.recipient, "Body": message.text, "StatusCallback": url}
        _, text = self.books.send(form)
        assert text is not None
        for status in (self.chance.choice(PASSING), "delivered"):
            self.put(url, status_form(text, status))
        while self.bag and self.chance.random() < 0.4:
            self.bring_one()
        return text.sid

    def put(self, url: str, form: Mapping[str, str]) -> None:
        self.bag += [(url, form)] * self.chance.choice((1, 1, 2, 3))

    def bring_one(self) -> None:
        url, form = self.bag.pop(self.chance.randrange(len(self.bag)))
        where = urlsplit(url)
        signed = {"X-Twilio-Signature": self.books.sign(url, form)}
        answer = self.door.post(f"{where.path}?{where.query}", data=dict(form), headers=signed)
        assert answer.status_code in (200, 204)

    def bring_everything(self) -> None:
        while self.to_say or self.bag:
            self.clock.now += timedelta(seconds=self.chance.randrange(4))
            if self.to_say and (not self.bag or self.chance.random() < 0.3):
                self.somebody_writes()
            elif self.bag:
                self.bring_one()
            if not self.bag or self.chance.random() < 0.12:
                work_off(self.shell)
        work_off(self.shell)

    def somebody_writes(self) -> None:
        sender = self.chance.choice(sorted({sender for sender, _ in self.to_say}))
        if not self.has_its_answer(sender):
            return
        body = next(body for who, body in self.to_say if who == sender)
        self.to_say.remove((sender, body))
        text = self.books.hear(sender, ARRAS, body)
        self.put(f"{self.shell.settings.public_url}/webhooks/twilio/messages", inbound_form(text))

    def has_its_answer(self, sender: str) -> bool:
        """Whether all that it wrote was heard, and all that we had to say has left."""
        written = sum(1 for who, _ in STORY if who == sender) - sum(1 for who, _ in self.to_say if who == sender)
        with reading(self.shell.sessions) as session:
            of_the_sender = Contact.address == sender
            heard = session.scalars(select(Received.id).join(Contact).where(of_the_sender)).all()
            answered = session.scalars(select(Outgoing.state).join(Contact).where(of_the_sender)).all()
        return len(heard) == written and len(answered) >= written and not set(answered) & set(OPEN)


def shell_on(database_url: str) -> Shell:
    account = TwilioSettings(ACCOUNT_SID, AUTH_TOKEN, None, ARRAS, None)
    return open_shell(Settings(database_url=database_url, secret_key="s" * 40, twilio=account))


@pytest.fixture(scope="module")
def on_sqlite(databases: Databases) -> Shell:
    """One shell for all the stories: putting its statements together takes longer than a story."""
    return shell_on(databases.empty("sqlite"))


@pytest.fixture(params=range(100))
def postman(request: pytest.FixtureRequest, databases: Databases, on_sqlite: Shell) -> Iterator[Postman]:
    """A hundred of them, each with a database of its own; every tenth works on PostgreSQL."""
    seed = request.param
    if seed % 10 == 9:
        shell = shell_on(databases.copy_of("postgres", WORLD))
    else:
        shell = on_sqlite
        where, fresh = (
            make_url(url).database or "" for url in (shell.settings.database_url, databases.copy_of("sqlite", WORLD))
        )
        Path(fresh).rename(where)
    yield Postman(shell, seed)
    shell.engine.dispose()


def test_however_the_webhooks_come_the_story_is_the_same(postman: Postman, clean: Outcome) -> None:
    postman.bring_everything()
    sessions = postman.shell.sessions
    assert_alike(outcome(sessions, postman.books.told()), clean, "webhooks came as they would")
    assert due(sessions, postman.clock()) == NOTHING
    with reading(sessions) as session:
        assert set(session.scalars(select(Outgoing.state))) == {OutgoingState.DELIVERED}
