"""The barest durable bot: verify, store what came, a state and an answer in one transaction, answer 2xx."""

from datetime import datetime
from typing import Any

from flask import Flask, request
from sqlalchemy import JSON, Engine, String, Text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker
from twilio.request_validator import RequestValidator

from booking.db import UtcDateTime
from bot.bench.dialogue import AUTH_TOKEN, PATH, PUBLIC_URL
from bot.shell import wall_clock


class _Base(DeclarativeBase):
    pass


class BareInbound(_Base):
    __tablename__ = "bare_inbound"

    id: Mapped[int] = mapped_column(primary_key=True)
    provider_id: Mapped[str] = mapped_column(String(80), unique=True)
    sender: Mapped[str] = mapped_column(String(40), index=True)
    text: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BareState(_Base):
    __tablename__ = "bare_state"

    sender: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BareOutgoing(_Base):
    __tablename__ = "bare_outgoing"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(40), index=True)
    text: Mapped[str] = mapped_column(Text)
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)


def make_tables(engine: Engine) -> None:
    """Its three tables, beside the bot's own."""
    _Base.metadata.create_all(engine)


def bare_app(engine: Engine) -> Flask:
    """The handler as one writes it on a first day, understanding nothing: whatever the bot does costs more."""
    app = Flask(__name__, static_folder=None)
    validator = RequestValidator(AUTH_TOKEN)
    sessions = sessionmaker(engine)

    @app.post(PATH)
    def message() -> tuple[str, int, dict[str, str]]:
        form, signature = request.form, request.headers.get("X-Twilio-Signature", "")
        if not validator.validate(f"{PUBLIC_URL}{PATH}", form, signature):
            return "", 403, {}
        now, sender = wall_clock(), form["From"]
        try:
            with sessions() as session, session.begin():
                state = session.get(BareState, sender) or BareState(sender=sender, state={"step": 0})
                state.state, state.asked_at = {"step": state.state["step"] + 1, "heard": form["Body"]}, now
                session.add_all(
                    (
                        state,
                        BareInbound(provider_id=form["MessageSid"], sender=sender, text=form["Body"], received_at=now),
                        BareOutgoing(recipient=sender, text=f"Bien reçu : {form['Body']}", queued_at=now),
                    )
                )
        except IntegrityError:
            # Delivered again: it is stored already.
            pass
        return "<Response/>", 200, {"Content-Type": "text/xml"}

    return app
