"""What people do in a chat besides writing: press a button, share their number, send a picture, change a message.

U  (presses "2 Puéricultrice à domicile", under a question that was answered since)
B  Cette question n'est plus ouverte.
B  Pour quel enfant ? Envoyez son prénom, son nom et sa date de naissance. Ex : Léa Martin 14/03/2025
U  (a photo)
B  Je ne lis que les messages écrits : ni photo, ni vocal, ni document n'est ouvert ici.
B  Pour quel enfant ? Envoyez son prénom, son nom et sa date de naissance. Ex : Léa Martin 14/03/2025
"""

from dataclasses import replace

from booking.desk import Desk
from conversations import link
from conversations.book import next_question
from conversations.draft import Draft
from conversations.engine import NOTHING, Dialogue, Step, again
from conversations.messages import Came, say
from conversations.reply import Reply, reply

ALARM = "alarme"
"""The flag of who told of danger."""
START = "/start"
"""What a chat sends when it is opened, and what the link that opened it carries."""


def respond(
    dialogue: Dialogue,
    text: str,
    desk: Desk,
    *,
    came: Came = Came.TEXT,
    question: str | None = None,
    code: str = "",
    is_first: bool = False,
) -> Reply:
    """Answer one message, however it was sent; `question` is the mark of the one that a button was shown with, `code`
    one that a number may be sent now. The first one of a chat is told before anything else what a chat keeps, unless
    it tells of danger."""
    answer = _answer(dialogue, text, desk, came, question)
    numero = link.typed(text) if desk.is_chat and came is Came.TEXT and code else None
    if numero is not None and not answer.understood:
        answer = _challenged(dialogue, numero, code, desk)
    if not (desk.is_chat and is_first) or answer.flag == ALARM:
        return answer
    return replace(answer, says=(link.offer(), *answer.says))


def _answer(dialogue: Dialogue, text: str, desk: Desk, came: Came, question: str | None) -> Reply:
    match came:
        case Came.BUTTON if question is not None and not _is_answered(dialogue, question, desk):
            return _aside(dialogue, "gestures.bouton", desk)
        case Came.TEXT if desk.is_chat and text.startswith(f"{START} "):
            return _linked(dialogue, text.removeprefix(START).strip(), desk)
        case Came.TEXT | Came.BUTTON:
            return reply(dialogue, text, desk)
        case Came.NUMBER:
            turn = link.shared(_open(dialogue, desk), text, desk)
            return Reply(turn.says, dialogue.after(turn, desk.now), langue=desk.langue)
        case Came.CONTACT:
            return _aside(dialogue, "gestures.contact", desk)
        case Came.MEDIA:
            return replace(_aside(dialogue, "gestures.illisible", desk), understood=False)
        case Came.EDIT if _open(dialogue, desk) is not None:
            return _aside(dialogue, "gestures.modifie", desk)
        case Came.EDIT:
            return Reply((), dialogue, langue=desk.langue)


def _is_answered(dialogue: Dialogue, question: str, desk: Desk) -> bool:
    """Whether what a button was shown with is still so: that question is open, or none is."""
    return question == dialogue.mark or (question == NOTHING and _open(dialogue, desk) is None)


def _challenged(dialogue: Dialogue, numero: str, code: str, desk: Desk) -> Reply:
    """Who types a number that answers no question shows that it is theirs by the code that it receives; the question
    that was open waits."""
    step = link.challenge(numero, code, desk)
    if isinstance(dialogue.step, link.EnterCode):
        after = replace(dialogue, step=step, misses=0, asked_at=desk.now)
    else:
        after = dialogue.interrupted_by(step, desk.now)
    return Reply((step.ask(),), after, langue=desk.langue, elsewhere=(numero, link.sms(code, desk)))


def _linked(dialogue: Dialogue, ref: str, desk: Desk) -> Reply:
    """Who follows a link to a motif has chosen it; one to anything else only begins."""
    if all(motif.ref != ref for motif in desk.motifs()):
        return reply(dialogue, START, desk)
    turn = next_question(Draft(motif=ref), desk)
    return Reply(turn.says, Dialogue().after(turn, desk.now), langue=desk.langue)


def _aside(dialogue: Dialogue, key: str, desk: Desk) -> Reply:
    """Say something, and ask the open question again; where none is, say how to begin."""
    step = _open(dialogue, desk)
    if step is None:
        return Reply((say(key), say("gestures.commencer")), dialogue, langue=desk.langue)
    turn = again(step, desk)
    after = replace(dialogue, step=turn.step) if turn.step else Dialogue()
    return Reply((say(key), *turn.says), replace(after, asked_at=desk.now), flag=turn.flag, langue=desk.langue)


def _open(dialogue: Dialogue, desk: Desk) -> Step | None:
    """The question that is open, unless it is one for whoever had this chat before."""
    step = dialogue.step
    if step is None or desk.is_doubtful or dialogue.is_late(desk.now) or step.is_moot(desk):
        return None
    return step
