"""Meaning: what the usager is doing, out of everything the layers found and of the question that is open."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from conversations.understanding.about import for_whom, motifs_of
from conversations.understanding.acts import Act, Context, Intent
from conversations.understanding.alarm import danger_in
from conversations.understanding.choice import Option, label
from conversations.understanding.identity import identity_slots
from conversations.understanding.message import Message
from conversations.understanding.options import pick_by_words
from conversations.understanding.said import Said
from conversations.understanding.sentences import LIKELY, SURE
from conversations.understanding.slots import phone_in, slots_of
from conversations.understanding.spelling import folded
from conversations.understanding.tables import contexts

MOST_LETTERS = 4000
"""More than the longest message has: what is longer is pasted, and not read to its end."""
ASK_BELOW = 0.6
"""A reading less sure than this is a question to ask, never something to do."""
_BAND = 0.2
"""How much less sure than the best reading one may be and still be answered before it."""
_ORDER = {intent: place for place, intent in enumerate(contexts.FIRST)}


@dataclass(frozen=True)
class Meaning:
    """`intent` and `slots` as the corpora name them; `also`, the other meanings; `confidence` from 0 to 1: below
    `ASK_BELOW`, ask."""

    intent: Intent
    slots: dict[str, Any] = field(default_factory=dict)
    also: tuple[Intent, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True)
class Reading:
    """One thing that a message may mean."""

    intent: Intent
    confidence: float
    slots: dict[str, Any] = field(default_factory=dict)


def understand(
    text: str,
    context: Context = Context.IDLE,
    options: Sequence[Option] = (),
    *,
    now: datetime,
    lang: str = "fr",
) -> Meaning:
    """What a message means after the question that is open, in front of the options shown. Pure; `now` is the local
    wall time, naive; `lang` is the language the person is known to write."""
    heard = Message(Said(text[:MOST_LETTERS]), context, tuple(map(label, options)), now, lang)
    readings = [reading for reader in _READERS for reading in reader(heard)]
    best = max((reading.confidence for reading in readings), default=0.0)
    chosen = min(
        (reading for reading in readings if reading.confidence >= best - _BAND),
        key=lambda reading: (_ORDER[reading.intent], -reading.confidence),
        default=Reading(Intent.OUT_OF_SCOPE, _lost(heard)),
    )
    return Meaning(
        chosen.intent,
        {**slots_of(heard, chosen.intent), **chosen.slots},
        _also(chosen.intent, readings),
        chosen.confidence,
    )


def _lost(heard: Message) -> float:
    """How sure it is that a message means nothing we do: never very."""
    return 0.5 if len(heard.said.words) <= 2 else 0.4


_ONLY_ALONE = {Intent.THANKS, Intent.GREETING, Intent.HELP, Intent.OUT_OF_SCOPE, Intent.BOOK}


def _also(chosen: Intent, readings: Sequence[Reading]) -> tuple[Intent, ...]:
    others = {reading.intent for reading in readings if reading.confidence >= LIKELY - 0.1}
    return tuple(sorted(others - _ONLY_ALONE - {chosen}, key=_ORDER.__getitem__))


# The readers: what a message may mean, one layer each


def _wonders(heard: Message) -> Iterator[Reading]:
    """A question mark and nothing else."""
    if not heard.said.words and heard.said.is_question:
        yield Reading(Intent.HELP, 0.85)


def _danger(heard: Message) -> Iterator[Reading]:
    if (danger := danger_in(heard.said)) is not None:
        yield Reading(Intent.EMERGENCY, 1.0, {"kind": danger.kind.value, "numbers": list(danger.numbers)})


_FORMS = (Context.ENTERING_NAME, Context.ENTERING_BIRTHDATE)
_BREAKS_A_FORM = {
    Act.WHY, Act.WHO, Act.HELP, Act.HUMAN, Act.STOP, Act.RESTART, Act.LANGUAGE, Act.WRONG_NUMBER, Act.INSULT, Act.CANCEL,
    Act.DELETE, Act.ACCESS, Act.HOW_NUMBER, Act.NO, Act.ASK_BRING,
}  # fmt: skip
"""What is heard where a name or a date was asked: "Ana Oui" is somebody."""


def _breaks_a_form(act: Act, confidence: float, heard: Message) -> bool:
    if act is Act.NO:
        return bool(heard.said.core) and heard.said.core[0] in ("non", "no", "je", "pas", "prefere")
    return act in _BREAKS_A_FORM and confidence >= SURE


def _acts(heard: Message) -> Iterator[Reading]:
    after = contexts.AFTER.get(heard.context, {})
    for act, confidence in heard.acts.items():
        if heard.context in _FORMS and not _breaks_a_form(act, confidence, heard):
            continue
        intent = after.get(act, contexts.EVERYWHERE[act])
        if act in _OF_TIME and heard.context is Context.IDLE and _asks(heard):
            continue
        if act in _OF_TIME and Act.NO in heard.acts and heard.context in _OFFERED:
            continue
        if act in _OF_TIME and heard.context is Context.CHOOSING_SLOT and heard.when.moments:
            intent = Intent.GIVE_AVAILABILITY
        yield Reading(intent, _weighed(act, confidence, heard), dict(contexts.SLOTS.get(act, {})))


_OFFERED = (Context.CONFIRMING, Context.WAITLIST_OFFER)
"""One créneau was put forward: no is no to it, whatever the reason."""
_OF_TIME = {Act.LATER, Act.EARLIER, Act.UNABLE}
"""Beside a day or an hour, part of when one can come."""


def _weighed(act: Act, confidence: float, heard: Message) -> float:
    """Small words weigh less the more is said beside them, and a yes to nothing asked is hardly one."""
    if act is Act.BOOK and heard.context in _ABOUT_AN_RDV:
        return 0.65
    if act is Act.UNABLE and heard.context is Context.IDLE and not heard.when.moments:
        return 0.55
    if act is Act.UNABLE and heard.context is Context.REMINDER_SENT:
        # Who cannot come has not said to cancel: sure enough to ask, not to be sure.
        return 0.7
    if act not in _SMALL:
        return confidence
    if heard.context is Context.IDLE and act in (Act.YES, Act.NO, Act.COMING):
        return 0.55
    beside = max(0, len(heard.said.core) - 4)
    return max(_SMALL[act], confidence - 0.03 * beside)


_ABOUT_AN_RDV = {Context.REMINDER_SENT, Context.CONFIRMING, Context.WAITLIST_OFFER}
"""Where the RDV spoken of is one that exists."""
_SMALL = {Act.YES: 0.72, Act.NO: 0.76, Act.COMING: 0.74, Act.THANKS: 0.5, Act.GREETING: 0.45, Act.HELP: 0.7, Act.ASAP: 0.6,
          Act.EARLIER: 0.7, Act.LATER: 0.7, Act.UNABLE: 0.7, Act.OTHER: 0.7}  # fmt: skip


def _choice(heard: Message) -> Iterator[Reading]:
    """A line of the list, or all but one."""
    words = heard.said.core
    if heard.labels and len(words) > 1 and words[0] in ("pas", "sauf") and not heard.when.moments:
        refused = pick_by_words(" ".join(words[1:]), heard.labels)
        if refused is not None:
            yield Reading(Intent.NONE_OF_THESE, 0.9, {"not_option": refused + 1})
            return
    if heard.context is Context.CHOOSING_CHILD and for_whom(heard.said) == "self" and "moi" in words:
        yield Reading(Intent.NONE_OF_THESE, 0.85, {"for_whom": "self"})
        return
    if heard.choice is not None and not _stands_aside(heard):
        yield Reading(Intent.PICK_OPTION, heard.choice.confidence, dict(heard.choice.slots))


_ASIDE = {Act.UNABLE, Act.LATER, Act.EARLIER, Act.NONE, Act.CANCEL, Act.RESCHEDULE, Act.STOP, Act.ASK_APPOINTMENT}


def _stands_aside(heard: Message) -> bool:
    """Whether a day of the list was named to say something else of it."""
    slots = heard.choice.slots if heard.choice else {}
    is_plain = "option" in slots and len(heard.said.core) <= 2
    return not is_plain and bool(_ASIDE.intersection(heard.acts))


_TIMES = {
    Context.CHOOSING_SLOT: (Intent.GIVE_AVAILABILITY, 0.88),
    Context.CONFIRMING: (Intent.GIVE_AVAILABILITY, 0.8),
    Context.WAITLIST_OFFER: (Intent.GIVE_AVAILABILITY, 0.75),
    Context.REMINDER_SENT: (Intent.RESCHEDULE, 0.72),
    Context.IDLE: (Intent.GIVE_AVAILABILITY, 0.75),
    Context.CHOOSING_LIEU: (Intent.GIVE_AVAILABILITY, 0.65),
    Context.CHOOSING_MOTIF: (Intent.GIVE_AVAILABILITY, 0.65),
}
"""What naming a day or an hour is, after each question."""


def _times(heard: Message) -> Iterator[Reading]:
    """A day or an hour, when it is not the name of a line of the list nor that of the RDV agreed to."""
    if not heard.when.moments or heard.context not in _TIMES:
        return
    if heard.context is Context.IDLE and _asks(heard):
        return
    is_agreed = heard.context in (Context.CONFIRMING, Context.REMINDER_SENT, Context.WAITLIST_OFFER) and (
        Act.YES in heard.acts or Act.COMING in heard.acts
    )
    if heard.context is Context.REMINDER_SENT and _MOVED.intersection(heard.acts):
        return
    if (is_agreed and not contexts.PIVOTS.intersection(heard.said.words)) or (
        heard.choice and not _stands_aside(heard)
    ):
        return
    yield Reading(*_TIMES[heard.context])


_MOVED = {Act.CANCEL, Act.RESCHEDULE, Act.UNABLE, Act.LATE, Act.ON_THE_WAY, Act.ASK_APPOINTMENT}
"""Beside these, after a reminder, a day is the RDV's own, or is told by them."""


def _asks(heard: Message) -> bool:
    """Whether an RDV is asked for, whose day is then a part of it."""
    return (
        Act.BOOK in heard.acts
        or Act.ASAP in heard.acts
        or bool({"rdv", "creneau"}.intersection(heard.said.words))
        or bool(motifs_of(heard.said))
    )


def _moves(heard: Message) -> Iterator[Reading]:
    """After a reminder, who cannot come and names another day is moving the RDV."""
    if heard.context is not Context.REMINDER_SENT or not {Act.UNABLE, Act.CANCEL}.intersection(heard.acts):
        return
    turns = contexts.PIVOTS.intersection(heard.said.words) or {"avez", "auriez"}.intersection(heard.said.words)
    if heard.when.wanted and turns and (heard.when.refused or Act.UNABLE in heard.acts):
        yield Reading(Intent.RESCHEDULE, 0.9)


_SUBJECTS = {
    Context.IDLE: 0.8,
    Context.CHOOSING_MOTIF: 0.7,
}


def _subject(heard: Message) -> Iterator[Reading]:
    """A motif named is an RDV asked for, where that is what is being asked."""
    found = motifs_of(heard.said)
    if heard.context not in _SUBJECTS or Act.OUT_OF_SCOPE in heard.acts or "c est quoi" in " ".join(heard.said.words):
        return
    if found:
        yield Reading(Intent.BOOK, _SUBJECTS[heard.context])
    elif {"rdv", "creneau"}.intersection(heard.said.words) and heard.context is Context.IDLE:
        yield Reading(Intent.BOOK, 0.75 if len(heard.said.core) <= 4 else 0.7)


def _identity(heard: Message) -> Iterator[Reading]:
    """Names, a birth date, a phone number."""
    if heard.context in _FORMS:
        slots = identity_slots(heard.said.text, heard.now.date(), of_birth=heard.context is Context.ENTERING_BIRTHDATE)
        if slots and not any(_breaks_a_form(act, sure, heard) for act, sure in heard.acts.items()):
            yield Reading(Intent.GIVE_IDENTITY, 0.95 if len(heard.said.words) <= 8 else 0.7, slots)
    elif phone := phone_in(heard.said.text):
        is_alone = len(re.findall(r"[a-z]{3,}", folded(heard.said.text))) <= 4
        yield Reading(Intent.GIVE_IDENTITY, 0.9 if is_alone else 0.6, {"phone": phone})
    elif heard.context in (Context.IDLE, Context.CHOOSING_CHILD) and re.match(
        r"\W*n[ée]e? le\b", heard.said.text.lower()
    ):
        yield Reading(Intent.GIVE_IDENTITY, 0.8, identity_slots(heard.said.text, heard.now.date(), of_birth=True))


_READERS: tuple[Callable[[Message], Iterator[Reading]], ...] = (
    _wonders, _danger, _acts, _choice, _times, _moves, _subject, _identity,
)  # fmt: skip
