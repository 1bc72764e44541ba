"""What is answered to a message: alarm first, then the words that work anywhere, then the open question, then the
sentences that mean one of those words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from booking.desk import Desk
from booking.telephones import national
from conversations.book import open_book, reopen
from conversations.change import is_asked, list_mine, open_cancel, open_move, restore
from conversations.engine import Dialogue, Step, Turn, end, miss
from conversations.invite import accept
from conversations.messages import Moment, Say, say
from conversations.person import aide, perdu
from conversations.understanding import Context, Heard, Word
from conversations.verify import AskNaissance, ask_who, whose

MISSES = 2
"""How many misunderstandings in a row bring in a person."""
UNCLEAR = ("greet.unclear", "greet.unclear_suite")
"""Phrases that answer a first message of which nothing was understood."""


@dataclass(frozen=True)
class Reply:
    """What to say, where the dialogue stands, and what the shell has to note: a reason for an agent to look,
    whether the person just stopped (True) or reopened (False) our messages, and whether they were understood."""

    says: tuple[Say, ...]
    dialogue: Dialogue
    flag: str | None = None
    stopped: bool | None = None
    understood: bool = True


def reply(dialogue: Dialogue, text: str, desk: Desk) -> Reply:
    """Answer one message. Pure but for what the desk does: same dialogue, text and desk, same reply."""
    dialogue = _with_whom(dialogue, desk)
    opened = Dialogue() if dialogue.is_late(desk.now) else dialogue
    is_moot = opened.step is not None and opened.step.is_moot(desk)
    asked = opened.step
    local = desk.now.astimezone(desk.zone).replace(tzinfo=None)
    heard = Heard(text, local, asked.context if asked else Context.IDLE)
    if heard.is_alarm:
        return Reply((say("person.alarme"),), dialogue, flag="alarme")
    if (word := heard.word) is not None and (is_moot or not (asked and asked.answers_to(word))):
        return _anywhere(word, _without_moot(opened, desk) if is_moot else opened, heard, desk)
    if asked is None and (meant := _meant(heard)) is not None:
        return _anywhere(meant, Dialogue(), heard, desk)
    if asked is None:
        late = dialogue.step
        return _took(Dialogue(), _open_late(late, heard, desk) if late else _open(heard, desk), desk)
    if asked.is_notice and heard.meant is Word.MAUVAIS_NUMERO:
        return _mauvais_numero(dialogue, heard, desk)
    turn = _hear(asked, heard, desk)
    # Who is answering questions is not the wrong person, whatever "ce n'est pas moi" answers.
    if turn.missed and heard.meant is not None and heard.meant is not Word.MAUVAIS_NUMERO:
        return _anywhere(heard.meant, _without_moot(dialogue, desk) if is_moot else dialogue, heard, desk)
    return _took(dialogue, turn, desk)


def _with_whom(dialogue: Dialogue, desk: Desk) -> Dialogue:
    """The dialogue, less what was said with whoever had this number, where somebody else may have it now."""
    step = dialogue.step
    if not desk.is_doubtful or step is None or not step.is_notice:
        return dialogue
    if isinstance(step, AskNaissance):
        return replace(dialogue, past=())
    if not step.is_moot(desk):
        return dialogue
    return Dialogue() if dialogue.is_late(desk.now) else Dialogue(whose(desk), asked_at=desk.now)


def _without_moot(dialogue: Dialogue, desk: Desk) -> Dialogue:
    """The dialogue once a question that has lost its object is dropped: what it had interrupted, if anything."""
    assert dialogue.step is not None
    dialogue.step.leave(desk)
    before = dialogue.resumed(desk.now)
    return before if before and before.step and not before.step.is_moot(desk) else Dialogue()


def _is_hidden(desk: Desk) -> bool:
    """Whether there may be RDVs here, for whoever is recognised."""
    return desk.is_doubtful and not desk.rdvs()


def _meant(heard: Heard) -> Word | None:
    """The word that a sentence stands for, outside of any question. "Je n'ai pas de rdv" asks for one, and is not
    the wrong person."""
    if heard.meant is Word.MAUVAIS_NUMERO and heard.wants_rdv:
        return None
    return heard.meant


def _open(heard: Heard, desk: Desk) -> Turn:
    """A message outside of any question."""
    if heard.is_thanks:
        return end(say("greet.merci"))
    if heard.yes_or_no and (coming := desk.just_confirmed()) is not None:
        return end(say("remind.deja", debut=Moment(coming.debut, "semaine_heure")))
    if _is_hidden(desk) and (heard.asks_mine or heard.gives_up or heard.moves):
        return ask_who(desk)
    if heard.moves and desk.rdvs():
        return open_move(heard, desk)
    if heard.asks_mine and desk.rdvs():
        return end(list_mine(desk))
    if heard.gives_up and desk.rdvs():
        return open_cancel(heard, desk)
    return open_book(heard, desk)


def _open_late(step: Step, heard: Heard, desk: Desk) -> Turn:
    """A message after the question has closed: an answer to it acts on nothing."""
    if heard.yes_or_no is None and heard.number is None:
        return _open(heard, desk)
    return step.hear_late(desk) or reopen(desk)


def _hear(step: Step, heard: Heard, desk: Desk) -> Turn:
    """A message within a question. Giving an RDV up is heard anywhere: it is why most people write again."""
    turn = step.hear(heard, desk)
    if turn.missed and heard.gives_up and desk.rdvs() and not is_asked(step):
        return open_cancel(heard, desk)
    return turn


def _took(dialogue: Dialogue, turn: Turn, desk: Desk) -> Reply:
    before = dialogue.resumed(desk.now) if turn.step is None else None
    if before is not None and before.step is not None and not before.step.is_moot(desk):
        return Reply((*turn.says, before.step.ask()), before, flag=turn.flag)
    after = dialogue.after(turn, desk.now)
    if turn.step is not None and turn.missed and after.misses >= MISSES:
        return Reply((perdu(turn.says[-1], desk),), after, flag="incompris", understood=False)
    understood = not turn.missed and not any(one.key in UNCLEAR for one in turn.says)
    return Reply(turn.says, after, flag=turn.flag, understood=understood)


# The words that work anywhere


def _anywhere(word: Word, dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    if word in _OF_RDVS and _is_hidden(desk) and not (word is Word.ANNULER and _is_booking(dialogue)):
        return _who(dialogue, desk)
    return _ANYWHERE[word](dialogue, heard, desk)


def _is_booking(dialogue: Dialogue) -> bool:
    return dialogue.step is not None and not dialogue.step.is_notice


def _who(dialogue: Dialogue, desk: Desk) -> Reply:
    if isinstance(dialogue.step, AskNaissance):
        return Reply((dialogue.step.ask(),), replace(dialogue, asked_at=desk.now))
    return _took(Dialogue(), ask_who(desk), desk)


def _rdv(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    invitation = desk.invitation() if dialogue.step is None else None
    turn = accept(invitation, heard, desk) if invitation else open_book(heard, desk)
    return _took(Dialogue(), turn, desk)


def _retour(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    if dialogue.step is None or not dialogue.past or dialogue.past[-1].is_moot(desk):
        return _aside(dialogue, say("anywhere.rien_avant"), desk)
    dialogue.step.leave(desk)
    before = dialogue.past[-1]
    return Reply((before.ask(),), Dialogue(before, dialogue.past[:-1], 0, desk.now))


def _suite(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    turn = dialogue.step.more(desk) if dialogue.step else None
    if turn is None:
        return _aside(dialogue, say("anywhere.pas_de_suite"), desk)
    return _took(dialogue, turn, desk)


def _relire(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    steps = (*dialogue.past, dialogue.step) if dialogue.step else ()
    to_read = next((said for step in reversed(steps) if (said := step.reread()) is not None), None)
    if to_read is None:
        return _aside(dialogue, say("anywhere.rien_a_relire"), desk)
    if dialogue.step is not None and dialogue.step.reread() is not None:
        return Reply((to_read,), replace(dialogue, asked_at=desk.now))
    return _aside(dialogue, to_read, desk)


def _mes_rdv(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return _aside(dialogue, list_mine(desk), desk)


def _annuler(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    if dialogue.step is not None and not desk.rdvs():
        dialogue.step.leave(desk)
        return _took(dialogue, end(say("book.refused")), desk)
    if dialogue.step is not None and is_asked(dialogue.step):
        # Said twice, it is not a yes: the question says what is, and a person comes in at the next one.
        return _took(dialogue, miss(dialogue.step), desk)
    return _took(dialogue, open_cancel(heard, desk), desk)


def _autre(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    """Outside of any question, the day of an RDV that exists; an RDV where none does."""
    return _took(dialogue, open_move(heard, desk) if desk.rdvs() else open_book(heard, desk), desk)


def _deplacer(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return _took(dialogue, open_move(heard, desk), desk)


def _retablir(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return _aside(dialogue, restore(desk), desk)


def _mauvais_numero(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    """The same answer whoever is known at this number, and nothing about them."""
    desk.refuse_number()
    return Reply((say("anywhere.mauvais_numero"),), Dialogue(), flag="mauvais numéro")


def _aide(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return replace(_aside(dialogue, aide(desk), desk), flag="aide")


def _langue(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    if desk.telephone is None:
        return _aside(dialogue, say("anywhere.langue_sans_telephone"), desk)
    return _aside(dialogue, say("anywhere.langue", telephone=national(desk.telephone)), desk)


def _stop(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return Reply((say("anywhere.stop"),), Dialogue(), stopped=True)


def _start(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return Reply((say("anywhere.start"),), Dialogue(), stopped=False)


def _aside(dialogue: Dialogue, said: Say, desk: Desk) -> Reply:
    """Say something and ask the open question again: it is still the one to answer."""
    if dialogue.step is None:
        return Reply((said,), dialogue)
    return Reply((said, dialogue.step.ask()), replace(dialogue, asked_at=desk.now))


_OF_RDVS = (Word.MES_RDV, Word.ANNULER, Word.DEPLACER, Word.RETABLIR)
"""What is about RDVs that somebody has."""
_ANYWHERE: dict[Word, Callable[[Dialogue, Heard, Desk], Reply]] = {
    Word.RDV: _rdv,
    Word.RETOUR: _retour,
    Word.SUITE: _suite,
    Word.RELIRE: _relire,
    Word.MES_RDV: _mes_rdv,
    Word.ANNULER: _annuler,
    Word.AUTRE: _autre,
    Word.DEPLACER: _deplacer,
    Word.RETABLIR: _retablir,
    Word.MAUVAIS_NUMERO: _mauvais_numero,
    Word.AIDE: _aide,
    Word.LANGUE: _langue,
    Word.STOP: _stop,
    Word.START: _start,
}
