"""Understanding: from the text of a message to what it means, in layers, each pure and readable on its own.

`spelling` and `said` tell the words that are meant; `patterns` finds the sentences of the `tables` in them; `alarm`,
`sentences`, `about`, `when`, `identity` and `choice` each read one thing; `message` holds what they read, `meaning` decides
between it after the open question, `slots` says what of it each intent takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from booking.souhait import Souhait
from conversations.understanding.about import language_named, language_of
from conversations.understanding.acts import Act, Context, Intent
from conversations.understanding.alarm import danger_in
from conversations.understanding.communes import Commune, read_commune
from conversations.understanding.dates import read_doubt, read_souhait, read_souhaits
from conversations.understanding.english import in_french, is_sentence, names_in_french
from conversations.understanding.identity import (
    Identity,
    read_child,
    read_identities,
    read_identity,
    read_sender,
    without_birth_date,
)
from conversations.understanding.intents import (
    acts_of,
    asks_mine,
    asks_whom,
    gives_up,
    is_of_all,
    is_thanks,
    prefers_another,
    wants_rdv,
    without_cancel,
)
from conversations.understanding.kinds import Danger, Kind
from conversations.understanding.meaning import ASK_BELOW, Meaning, understand
from conversations.understanding.numbers import line_number
from conversations.understanding.options import pick, pick_by_words, share
from conversations.understanding.said import Said
from conversations.understanding.spelling import plain
from conversations.understanding.words import Word, word_anywhere
from conversations.understanding.yes_no import is_only_yes_or_no, yes_or_no

__all__ = ["ASK_BELOW", "Context", "Danger", "Heard", "Intent", "Kind", "Meaning", "Word", "understand"]


CERTAIN = 0.9
"""How sure a sentence has to be to do what a word in capitals does."""
_MEANT = {
    Intent.STOP: Word.STOP,
    Intent.HUMAN: Word.AIDE,
    Intent.HELP: Word.AIDE,
    Intent.LANGUAGE: Word.LANGUE,
    Intent.ASK_APPOINTMENT: Word.MES_RDV,
    Intent.WRONG_NUMBER: Word.MAUVAIS_NUMERO,
}

_SOONEST = re.compile(
    r"\b(?:(?:le|au) plus (?:tot|vite|rapide|rapidement)|des que possible|maintenant|asap|as soon as possible|now|soonest"
    r"|earliest)\b"
)
_WRONG = re.compile(
    r"\b(?:tromp\w+ (?:de|sur) (?:la )?(?:personne|numero|destinataire)|mauvaise? (?:personne|numero)|faux numero"
    r"|wrong (?:person|number))\b"
)
_OF_DATA = {"access": Word.MES_DONNEES, "delete": Word.SUPPRIMER}
"""What of the questions about one's data the bot answers."""


@dataclass(frozen=True)
class Heard:
    """One message, and what each layer makes of it. `now` is the local wall time, naive; `context` and `options` are
    the question that is open and the lines it showed; `lang` is the language the person is known to write."""

    text: str
    now: datetime
    context: Context = Context.IDLE
    options: tuple[str, ...] = ()
    lang: str = "fr"

    @cached_property
    def meaning(self) -> Meaning:
        """Intent, slots, the other intents and how sure they are, after the open question."""
        found = understand(self.text, self.context, self.options, now=self.now, lang=self.lang)
        if found.intent is not Intent.OUT_OF_SCOPE or self._read == self.text:
            return found
        return understand(self._read, self.context, self.options, now=self.now, lang=self.lang)

    @cached_property
    def language(self) -> str:
        """The language that the message is written in, as an ISO 639 code; French where nothing says otherwise."""
        return language_of(Said(self.text))

    @property
    def language_named(self) -> str | None:
        """The language that the message speaks of."""
        return language_named(Said(self.text))

    @cached_property
    def _read(self) -> str:
        """The message in the words that the layers below read: English ones in French."""
        return in_french(self.text) if self._is_english else self.text

    @property
    def _is_english(self) -> bool:
        return "en" in (self.lang, self.language)

    @property
    def is_sure(self) -> bool:
        """Whether the meaning may be acted on without asking."""
        return self.meaning.confidence >= ASK_BELOW

    @property
    def meant(self) -> Word | None:
        """The word that works anywhere which a sentence stands for: "je veux parler à quelqu'un" is AIDE."""
        if self.meaning.intent is Intent.PRIVACY and self.meaning.confidence >= CERTAIN:
            return _OF_DATA.get(self.meaning.slots.get("request", ""))
        return _MEANT.get(self.meaning.intent) if self.meaning.confidence >= CERTAIN else None

    @property
    def is_wrong_number(self) -> bool:
        """Whether it says in so many words that it is for somebody else: "ce n'est pas moi" may answer a question."""
        return self.meant is Word.MAUVAIS_NUMERO and _WRONG.search(plain(self.text)) is not None

    @property
    def refuses_all(self) -> bool:
        """None of the lines shown suits, without saying what would."""
        return self.meaning.intent is Intent.NONE_OF_THESE and self.is_sure and not self.meaning.slots

    @property
    def takes_any(self) -> bool:
        """Any of the lines shown will do."""
        return self.meaning.intent is Intent.PICK_OPTION and bool(self.meaning.slots.get("any"))

    @cached_property
    def danger(self) -> Danger | None:
        """The danger told of, with its kind and the numbers that save from it."""
        return danger_in(Said(self.text))

    @property
    def is_alarm(self) -> bool:
        return self.danger is not None

    @cached_property
    def word(self) -> Word | None:
        return word_anywhere(self.text)

    @cached_property
    def yes_or_no(self) -> bool | None:
        # "No entiendo" and "no hablo francés" refuse nothing.
        return None if self.meaning.intent is Intent.LANGUAGE else yes_or_no(self._read)

    @property
    def yes_to_giving_up(self) -> bool | None:
        """Yes or no to "do you give it up?", where "oui annulez" is a yes."""
        return yes_or_no(without_cancel(self._read)) if self.gives_up else self.yes_or_no

    @property
    def number(self) -> int | None:
        return line_number(self._read)

    @cached_property
    def souhait(self) -> Souhait | None:
        # A birth date is no day that they would like.
        read = without_birth_date(self._read, self.now.date()) if self.child else self._read
        return read_souhait(read, self.now)

    @property
    def souhaits(self) -> tuple[Souhait, ...]:
        """Every day and hour wished for, in the order said."""
        return read_souhaits(self._read, self.now)

    @property
    def jours(self) -> tuple[Souhait, ...]:
        """Every day and hour spoken of, those that do not suit too."""
        return read_souhaits(self._read, self.now, refused=True)

    @property
    def doubt(self) -> Souhait | None:
        """The day that may be meant, where it has to be asked."""
        return read_doubt(self._read, self.now)

    @property
    def souhait_today(self) -> Souhait | None:
        """The same, where the name of today's weekday may mean today: it does in front of a list that shows it."""
        return read_souhait(self._read, self.now - timedelta(days=1))

    @property
    def identity(self) -> Identity:
        given = read_identity(self._names_read, self.now.date())
        is_named = not (self._is_english and (is_sentence(self.text) or self.number is not None))
        return given if is_named else replace(given, prenom=None, nom=None)

    @property
    def identities(self) -> tuple[Identity, ...]:
        """Everybody that an answer names, one at least, empty or not."""
        found = read_identities(self._names_read, self.now.date())
        return found if len(found) > 1 else (self.identity,)

    @property
    def sender(self) -> Identity | None:
        """Who a sentence says is writing."""
        return read_sender(self.text, self.now.date())

    @property
    def child(self) -> Identity | None:
        """The child that a sentence says it is for, with their birth date."""
        return read_child(self._names_read, self.now.date())

    @property
    def _names_read(self) -> str:
        return names_in_french(self.text) if self._is_english else self.text

    @property
    def is_only_an_answer(self) -> bool:
        """Whether it is a yes, a no or thanks, and nothing else."""
        return self.is_thanks or is_only_yes_or_no(self._read)

    @property
    def commune(self) -> Commune | None:
        return read_commune(self.text)

    @cached_property
    def gives_up(self) -> bool:
        return gives_up(self.text) or gives_up(self._read)

    @property
    def moves(self) -> bool:
        """Whether it asks for another day in place of the one of an RDV; a day alone may be anything."""
        if self.word in (Word.AUTRE, Word.DEPLACER) or self.prefers_another_day:
            return True
        if self._acts == {Act.ASAP}:
            # "Urgent" says nothing of an RDV that exists.
            return False
        said = understand(self.text, Context.REMINDER_SENT, now=self.now, lang=self.lang)
        return said.intent is Intent.RESCHEDULE and said.confidence >= (CERTAIN if self.jours else ASK_BELOW)

    @property
    def moves_mine(self) -> bool:
        """Whether it asks to move an RDV that exists, by that name: "changer mon rdv"."""
        return Act.RESCHEDULE in self._acts and "rdv" in Said(self._read).words

    @property
    def prefers_another_day(self) -> bool:
        """ "Plutôt vendredi", "pas jeudi": a day, and that it is said in place of another."""
        return bool(self.jours) and prefers_another(self._read)

    @property
    def cancels(self) -> bool:
        """Whether it asks to cancel, in so many words: who only cannot come may want another day."""
        return self.gives_up and without_cancel(self._read) != plain(self._read)

    @property
    def comes(self) -> bool:
        """Whether it says, in more than a yes, that somebody is coming."""
        return not self.gives_up and not self._acts.isdisjoint({Act.COMING, Act.KEEP})

    @property
    def is_of_all(self) -> bool:
        """Whether it speaks of every line of a list: "les deux"."""
        return is_of_all(self._read)

    @property
    def asks_whom(self) -> bool:
        """Whether it asks with whom an RDV is, or who is writing."""
        is_about_who = self.meaning.intent is Intent.PRIVACY and self.meaning.slots.get("request") == "who"
        return is_about_who or asks_whom(self.text)

    @cached_property
    def _acts(self) -> frozenset[Act]:
        """What the words say, in whichever of the two languages."""
        return acts_of(self.text) | acts_of(self._read)

    @property
    def asks_mine(self) -> bool:
        return asks_mine(self.text) or asks_mine(self._read)

    @property
    def wants_rdv(self) -> bool:
        return wants_rdv(self.text) or wants_rdv(self._read)

    @property
    def is_thanks(self) -> bool:
        return is_thanks(self._read)

    def pick(self, options: Sequence[str]) -> int | None:
        """The index of the option meant, by number or by words."""
        meant = pick(self.text, options)
        return pick(self._read, options) if meant is None else meant

    def several(self, options: Sequence[str]) -> tuple[int, ...]:
        """The indexes of the options, more than one and not all, that share what was said."""
        return share(self.text, options) or share(self._read, options)

    @property
    def wants_soonest(self) -> bool:
        """Whether it asks for the first hour that is free, without a day: "le plus tôt possible"."""
        return _SOONEST.search(plain(self._read)) is not None and self.souhait is None

    def names(self, options: Sequence[str]) -> int | None:
        """The index of the option meant by its words alone."""
        meant = pick_by_words(self.text, options)
        return pick_by_words(self._read, options) if meant is None else meant
