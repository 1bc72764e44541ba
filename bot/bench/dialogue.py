"""What people write to a bot under load: a small territoire with room for all, and a dialogue that books there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from urllib.parse import urlencode
from uuid import uuid4

from twilio.request_validator import RequestValidator

from bot.bench.district import MONDAY, PARIS

ACCOUNT_SID = "AC" + "b" * 32
AUTH_TOKEN = "b" * 32
PUBLIC_URL = "https://bench.example"
PATH = "/webhooks/twilio/messages"

NOW = datetime.combine(MONDAY, time(9), PARIS).astimezone(UTC)
DAYS = tuple(
    jour
    for jour in (MONDAY + timedelta(days=ahead) for ahead in range(3, 80))
    if jour.weekday() < 5 and jour != date(2026, 11, 11)
)
"""The open days that people ask for."""
HALVES = ("matin", "après-midi")
LINES = 3
"""How many créneaux a message shows."""
AGENTS = 4
"""How many at each MDS: as many people may book the same line of the same half day."""
TURNS = 8
TAKEN = "1"


@dataclass(frozen=True)
class Person:
    """Somebody who writes: from where, to which of our numbers, and for when."""

    address: str
    writes_to: str
    jour: date
    half: str
    line: int

    @property
    def texts(self) -> tuple[str, ...]:
        """A whole dialogue: motif, instructions, name, another day, créneau, yes, thanks."""
        return (
            "Bonjour, je voudrais un rdv",
            TAKEN,
            "oui",
            "Marie Martin",
            f"plutôt le {self.jour:%d/%m} {self.half}",
            str(self.line),
            "oui",
            "merci",
        )


@dataclass(frozen=True)
class Text:
    """One message on its way to us."""

    sender: str
    to: str
    body: str


def people(mds: int) -> Iterator[Person]:
    """One after the other, without end, spread over the MDS, the days and the lines of a list: whatever the order
    they are answered in, none of the first `room(mds)` finds taken what they were shown."""
    for at in count():
        rank, days = at // mds, len(DAYS)
        half, line = rank // days % len(HALVES), rank // days // len(HALVES) % LINES
        yield Person(mobile(at), number(at % mds), DAYS[rank % days], HALVES[half], line + 1)


def room(mds: int) -> int:
    """How many people may book."""
    return mds * AGENTS * LINES * len(HALVES) * len(DAYS)


def breadth_first(who: Sequence[Person], turns: int = TURNS) -> list[Text]:
    """Everybody's first message, then everybody's second…"""
    return [Text(one.address, one.writes_to, one.texts[turn]) for turn in range(turns) for one in who]


def territoire(mds: int) -> dict[str, object]:
    """A territory file: `mds` organisations with a number each, where four agents are there all week."""
    names = [f"mds-{at}" for at in range(mds)]
    return {
        "territoire": {"ref": "bench", "nom": "Département", "jours_feries": "FR", "langues": ["fr"]},
        "organisations": [
            {"ref": name, "nom": f"MDS {at}", "telephone": "+33321000000", "numeros_sms": [number(at)]}
            for at, name in enumerate(names)
        ],
        "lieux": [
            {"ref": name, "organisation": name, "nom": "MDS Centre", "adresse": "1 rue du Port, Arras"}
            for name in names
        ],
        "agents": [
            {"ref": f"{name}-{agent}", "prenom": "Anne", "nom": f"Durand {agent}", "service": "social",
             "organisations": [name]}
            for name in names for agent in range(AGENTS)
        ],
        "motifs": [
            {"ref": f"{name}-{ref}", "organisation": name, "service": "social", "nom": nom, "duree_min": 30,
             "instructions_avant": "Apportez vos derniers courriers."}
            for name in names for ref, nom in MOTIFS.items()
        ],
        "plages": [
            {"ref": f"{name}-{agent}-{debut}", "agent": f"{name}-{agent}", "lieu": name, "nom": "Permanence",
             "premier_jour": (MONDAY - timedelta(weeks=8)).isoformat(), "debut": debut, "fin": fin,
             "recurrence": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "motifs": [f"{name}-{ref}" for ref in MOTIFS]}
            for name in names for agent in range(AGENTS) for debut, fin in (("09:00", "12:00"), ("14:00", "17:00"))
        ],
    }  # fmt: skip


MOTIFS = {"social": "Assistante sociale", "budget": "Conseil budget", "droits": "Ouverture de droits"}


def number(at: int) -> str:
    return f"+33938{at + 1:06}"


def mobile(at: int) -> str:
    """A mobile number like no other; numbers that follow each other would look like one robot."""
    drawn = at * 7_654_321 % 80_000_000
    return f"+336{'01245678'[drawn // 10_000_000]}{drawn % 10_000_000:07}"


def signed(text: Text) -> tuple[dict[str, str], str]:
    """The nineteen fields by which Twilio hands a message over, under a new SID, and their signature."""
    sid = f"SM{uuid4().hex}"
    form = {
        "ToCountry": "FR", "ToState": "", "SmsMessageSid": sid, "NumMedia": "0", "ToCity": "", "FromZip": "",
        "SmsSid": sid, "FromState": "", "SmsStatus": "received", "FromCity": "", "Body": text.body,
        "FromCountry": "FR", "To": text.to, "ToZip": "", "NumSegments": "1", "MessageSid": sid,
        "AccountSid": ACCOUNT_SID, "From": text.sender, "ApiVersion": "2010-04-01",
    }  # fmt: skip
    return form, str(RequestValidator(AUTH_TOKEN).compute_signature(f"{PUBLIC_URL}{PATH}", form))


def request(text: Text) -> bytes:
    """The same as an HTTP request."""
    form, signature = signed(text)
    body = urlencode(form)
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: bench.example\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"X-Twilio-Signature: {signature}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode("ascii")
