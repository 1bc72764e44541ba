"""What is answered to a message: alarm first, then the words that work anywhere, then the open question, then the
sentences that mean one of those words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from booking.desk import Desk
from conversations import asked as questions
from conversations import donnees, instead
from conversations.book import open_book, reopen
from conversations.change import (
    ChooseRdv,
    ConfirmCancel,
    is_asked,
    list_mine,
    moved,
    open_cancel,
    open_move,
    restore,
    take_another,
)
from conversations.coordonnees import correct
from conversations.engine import PAST, Aide, Dialogue, Step, Turn, again, end, go, miss
from conversations.invite import accept
from conversations.langue import FRENCH, named, spoken
from conversations.messages import Moment, Say, say
from conversations.person import aide, perdu, question, toujours_perdu
from conversations.remind import Reminded
from conversations.switch import asked_for, choice, offer
from conversations.understanding import Context, Heard, Intent, Word
from conversations.verify import AskNaissance, ask_who, whose
from conversations.wishes import headed

MISSES = 2
"""How many misunderstandings in a row bring in a person."""
QUESTION = "question"
"""Why an agent should look: somebody wrote what only a person can answer."""
UNCLEAR = ("greet.unclear", "greet.unclear_suite")
"""Phrases that answer a first message of which nothing was understood."""


@dataclass(frozen=True)
class Reply:
    """What to say, where the dialogue stands, and what the shell has to note: a reason for an agent to look,
    whether the person just stopped (True) or reopened (False) our messages or asked for discreet ones, and whether they
    were understood."""

    says: tuple[Say, ...]
    dialogue: Dialogue
    flag: str | None = None
    stopped: bool | None = None
    discreet: bool = False
    understood: bool = True
    langue: str = FRENCH
    """The language to say it in."""
    intent: str = ""
    """What the message was found to mean, for agents to read."""
    elsewhere: tuple[str, Say] | None = None
    """A number (E.164) that is written to as well, and what."""


def reply(dialogue: Dialogue, text: str, desk: Desk) -> Reply:
    """Answer one message. Pure but for what the desk does: same dialogue, text and desk, same reply."""
    dialogue = _with_whom(dialogue, desk)
    opened = Dialogue() if dialogue.is_late(desk.now) else dialogue
    local = desk.now.astimezone(desk.zone).replace(tzinfo=None)
    heard = Heard(text, local, opened.step.context if opened.step else Context.IDLE, lang=desk.langue)
    answer = _answer(dialogue, opened, heard, desk)
    offered = offer(heard, desk)
    # Who tells of danger has no time to choose.
    langue = heard.language if heard.is_alarm and heard.language in spoken() else desk.langue
    says = (offered, *answer.says) if offered else answer.says
    return replace(answer, says=says, langue=langue, intent=heard.meaning.intent)


def _answer(dialogue: Dialogue, opened: Dialogue, heard: Heard, desk: Desk) -> Reply:
    helped = dialogue.aide_at(desk.now)
    dialogue, opened = replace(dialogue, aide=None), replace(opened, aide=None)
    is_moot = opened.step is not None and opened.step.is_moot(desk)
    asked = opened.step
    if heard.is_alarm:
        return _alarm(dialogue, desk)
    word = _word(heard)
    if word is not None and (is_moot or not (asked and asked.answers_to(word))):
        return _anywhere(word, _without_moot(opened, desk) if is_moot else opened, heard, desk)
    if asked is None:
        return _outside(dialogue.step, helped, heard, desk)
    if asked.is_notice and heard.meant is Word.MAUVAIS_NUMERO:
        return _mauvais_numero(dialogue, heard, desk)
    if dialogue.is_cold and not is_moot:
        return _ask_anew(dialogue, heard, desk)
    if helped is not None and heard.is_sure and heard.meaning.intent in _FOR_A_PERSON:
        return replace(_aside(dialogue, question(desk), desk), flag=QUESTION)
    turn = _hear(asked, heard, desk)
    meant = _meant_instead(heard, helped)
    if turn.missed and meant is not None:
        return _anywhere(meant, _without_moot(dialogue, desk) if is_moot else dialogue, heard, desk)
    if turn.missed and helped is not None:
        return replace(_aside(dialogue, question(desk), desk), flag=QUESTION)
    return _took(dialogue, turn, desk)


def _outside(late: Step | None, helped: Aide | None, heard: Heard, desk: Desk) -> Reply:
    """A message outside of any question but the one that has closed, if one has."""
    if helped is not None and _is_for_an_agent(heard):
        return _to_an_agent(helped, heard, desk)
    if (corrected := correct(heard, desk)) is not None:
        return _took(Dialogue(), corrected, desk)
    if (told := questions.told(heard, desk)) is not None:
        return _took(Dialogue(), told, desk)
    if (meant := _meant(heard)) is not None:
        return _anywhere(meant, Dialogue(), heard, desk)
    return _took(Dialogue(), _open_late(late, heard, desk) if late else _open(heard, desk), desk)


def _word(heard: Heard) -> Word | None:
    """The word that works anywhere which the message is; the name of a language of ours is LANGUE."""
    return Word.LANGUE if named(heard.text) else heard.word


def _alarm(dialogue: Dialogue, desk: Desk) -> Reply:
    """The numbers that save, before anything else. What comes next, and answers nothing, is for whoever looks."""
    asked_at = dialogue.asked_at if dialogue.step else desk.now
    return Reply((say("person.alarme"),), replace(dialogue, aide=Aide.DEMANDEE, asked_at=asked_at), flag="alarme")


def _is_for_an_agent(heard: Heard) -> bool:
    """Whether what follows AIDE is more than the bot can answer by itself."""
    if heard.is_thanks or heard.meant not in (None, Word.AIDE):
        return False
    return not (heard.is_sure and heard.meaning.intent in _DONE_HERE)


def _to_an_agent(helped: Aide, heard: Heard, desk: Desk) -> Reply:
    """A question for an agent, acknowledged once, in however many messages it comes. "Ok" asks none yet."""
    if helped is Aide.DEMANDEE and heard.yes_or_no and len(heard.text.split()) == 1:
        return _aside(Dialogue(asked_at=desk.now, aide=helped), aide(desk), desk)
    says = () if helped is Aide.ECRITE else (question(desk),)
    return Reply(says, Dialogue(asked_at=desk.now, aide=Aide.ECRITE), flag=QUESTION)


def _meant_instead(heard: Heard, helped: Aide | None) -> Word | None:
    """The word that a sentence stands for which answers no question. Who is answering questions is not the wrong
    person, whatever "ce n'est pas moi" answers; who just asked for a person is not asking again."""
    if heard.is_wrong_number:
        return Word.MAUVAIS_NUMERO
    if heard.meant is Word.MAUVAIS_NUMERO or (helped is not None and heard.meant is Word.AIDE):
        return None
    return heard.meant


def _ask_anew(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    """An agent has spoken since the question was asked: a yes may be to them, and answers it only once it is asked
    again."""
    if (meant := _meant_instead(heard, None)) is not None:
        return _anywhere(meant, dialogue, heard, desk)
    if heard.gives_up and desk.rdvs() and not is_asked(dialogue.step):
        return _took(dialogue, open_cancel(heard, desk), desk)
    return _aside(dialogue, say("person.reprise"), desk)


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
    if (turn := _after_giving_up(heard, desk) or _after_a_yes(heard, desk)) is not None:
        return turn
    if _is_hidden(desk) and (heard.asks_mine or heard.gives_up or heard.moves):
        return ask_who(desk)
    if heard.moves and desk.rdvs():
        return open_move(heard, desk)
    if heard.moves_mine:
        return end(questions.none_known(desk))
    if heard.asks_mine and desk.rdvs():
        return end(list_mine(desk))
    if heard.gives_up and desk.rdvs():
        return open_cancel(heard, desk)
    return open_book(heard, desk)


def _after_giving_up(heard: Heard, desk: Desk) -> Turn | None:
    """Who comes after all, or on another day, when they have just given an RDV up."""
    given_up = desk.just_given_up()
    if given_up is None:
        return None
    if heard.comes:
        return end(restore(desk))
    return take_another(heard, given_up, desk) if heard.moves else None


def _after_a_yes(heard: Heard, desk: Desk) -> Turn | None:
    """A yes or a no to no question: said again of what was just agreed to, or in answer to a reminder that came
    elsewhere, or before STOP."""
    if heard.yes_or_no is None or heard.souhait is not None:
        return None
    if heard.yes_or_no and (coming := desk.just_confirmed()) is not None:
        return end(say("remind.deja", debut=Moment(coming.debut, "semaine_heure")))
    reminded = desk.reminded()
    return None if reminded is None else Reminded.of(reminded).hear(replace(heard, context=Context.REMINDER_SENT), desk)


def _open_late(step: Step, heard: Heard, desk: Desk) -> Turn:
    """A message after the question has closed: an answer to it acts on nothing."""
    if heard.yes_or_no is None and heard.number is None:
        turn = _open(heard, desk)
        is_lost = any(one.key in UNCLEAR for one in turn.says)
        return (_went_on(step, heard, desk) if is_lost else None) or turn
    return step.hear_late(desk) or _after_a_yes(heard, desk) or reopen(desk)


def _went_on(step: Step, heard: Heard, desk: Desk) -> Turn | None:
    """A name, a date, an address that was asked for and comes too late: what was said is kept, and nothing is booked
    by it. None where it is none of these."""
    if not isinstance(step, instead.KEPT):
        return None
    turn = step.hear(replace(heard, context=step.context), desk)
    return None if turn.missed or turn.step is None else headed(turn, "greet.reprise")


def _hear(step: Step, heard: Heard, desk: Desk) -> Turn:
    """A message within a question. Giving an RDV up is heard anywhere: it is why most people write again."""
    if (turn := _of_an_rdv(step, heard, desk)) is not None:
        return turn
    turn = instead.hear(step, heard, desk)
    if turn.missed and (told := questions.beside(step, heard, desk)) is not None:
        return told
    if turn.missed and (corrected := correct(heard, desk)) is not None:
        return corrected if corrected.step else go(step, *corrected.says)
    if turn.missed and heard.gives_up and desk.rdvs() and not is_asked(step):
        return open_cancel(heard, desk)
    return turn


def _of_an_rdv(step: Step, heard: Heard, desk: Desk) -> Turn | None:
    """What is said of an RDV that exists, and answers no question about one that is taken: to move it, or to give up
    the one that was being moved."""
    moving = moved(step)
    if moving is not None:
        rdv = desk.rdv(moving) if heard.cancels else None
        if rdv is None:
            return None
        step.leave(desk)
        return go(ConfirmCancel(rdv))
    if step.is_notice or isinstance(step, ChooseRdv | ConfirmCancel) or not heard.moves_mine:
        return None
    if not desk.rdvs():
        return Turn((say("change.aucun_encore"), step.ask()), step)
    return open_move(heard, desk)


def _took(dialogue: Dialogue, turn: Turn, desk: Desk) -> Reply:
    before = dialogue.resumed(desk.now) if turn.step is None else None
    if before is not None and before.step is not None and not before.step.is_moot(desk):
        asked = _ask_again(before, before.step, desk, *turn.says)
        return replace(asked, flag=turn.flag or asked.flag)
    turn = _renewed(dialogue, turn, desk)
    after = dialogue.after(turn, desk.now)
    if turn.step is not None and turn.missed and after.misses >= MISSES:
        # Told the same twice in a row, nobody reads it a third time.
        lost = toujours_perdu(desk) if after.misses % 3 == 1 else perdu(turn.says[-1], desk)
        return Reply((lost,), after, flag="incompris", understood=False)
    understood = not turn.missed and not any(one.key in UNCLEAR for one in turn.says)
    return Reply(turn.says, after, flag=turn.flag, understood=understood)


def _renewed(dialogue: Dialogue, turn: Turn, desk: Desk) -> Turn:
    """A list that was shown before and is shown again, as it is now."""
    if turn.step not in (dialogue.step, *dialogue.past) or not (turn.says and turn.says[-1].options):
        return turn
    now = turn.step.renewed(desk) if turn.step else None
    return replace(turn, says=(*turn.says[:-1], *now.says), step=now.step) if now else turn


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
    return _ask_again(Dialogue(before, dialogue.past[:-1]), before, desk)


def _suite(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    turn = dialogue.step.more(desk) if dialogue.step else None
    if turn is None or dialogue.step is None:
        return _aside(dialogue, say("anywhere.pas_de_suite"), desk)
    # RETOUR leads back to the page that was left.
    read = dialogue.past if turn.step == dialogue.step else (*dialogue.past, dialogue.step)[-PAST:]
    return _took(replace(dialogue, past=read), turn, desk)


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
    given_up = desk.just_given_up() if dialogue.step is None else None
    if given_up is not None and (turn := take_another(heard, given_up, desk)) is not None:
        return _took(dialogue, turn, desk)
    return _took(dialogue, open_move(heard, desk) if desk.rdvs() else open_book(heard, desk), desk)


def _deplacer(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    if dialogue.step is not None and not desk.rdvs():
        return _aside(dialogue, say("change.aucun_encore"), desk)
    return _took(dialogue, open_move(heard, desk), desk)


def _retablir(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return _aside(dialogue, restore(desk), desk)


def _mauvais_numero(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    """The same answer whoever is known at this number, and nothing about them."""
    desk.refuse_number()
    return Reply((say("anywhere.mauvais_numero"),), Dialogue(), flag="mauvais numéro")


def _aide(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    asked = replace(dialogue, aide=Aide.DEMANDEE, asked_at=desk.now)
    return replace(_aside(asked, aide(desk), desk), flag="aide")


def _mes_donnees(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return replace(_aside(dialogue, donnees.kept(desk), desk), flag=donnees.ACCES)


def _supprimer(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return _took(dialogue, donnees.open_erasure(), desk)


def _discret(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return replace(_aside(dialogue, donnees.hide(desk), desk), discreet=True)


def _complet(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    return replace(_aside(dialogue, donnees.show(desk), desk), flag=donnees.COMPLETS)


def _langue(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    chosen = asked_for(heard, desk)
    if chosen is None:
        return _aside(dialogue, choice(heard, desk), desk)
    desk.speak(chosen)
    return _aside(dialogue, say("anywhere.langue_choisie" if dialogue.step else "anywhere.langue_choisie_libre"), desk)


def _stop(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    desk.stop()
    if dialogue.step is not None:
        dialogue.step.leave(desk)
    key = "anywhere.stop_en_cours" if instead.is_booking(dialogue.step) else "anywhere.stop"
    return Reply((say(key),), Dialogue(), stopped=True)


def _start(dialogue: Dialogue, heard: Heard, desk: Desk) -> Reply:
    desk.start()
    return Reply((say("anywhere.start"),), Dialogue(), stopped=False)


def _aside(dialogue: Dialogue, said: Say, desk: Desk) -> Reply:
    """Say something and ask the open question again: it is still the one to answer."""
    if dialogue.step is None:
        return Reply((said,), dialogue)
    return _ask_again(dialogue, dialogue.step, desk, said)


def _ask_again(dialogue: Dialogue, step: Step, desk: Desk, *before: Say) -> Reply:
    """Ask a question of the dialogue again, as things are now, after saying something else or not."""
    turn = again(step, desk)
    asked = replace(dialogue, step=turn.step) if turn.step else Dialogue(aide=dialogue.aide)
    return Reply((*before, *turn.says), replace(asked, asked_at=desk.now), flag=turn.flag)


_DONE_HERE = (Intent.BOOK, Intent.CANCEL, Intent.RESCHEDULE)
"""What the bot does by itself, whoever was asked for."""
_FOR_A_PERSON = (Intent.HUMAN, Intent.HELP, Intent.ASK_ADDRESS, Intent.ASK_BRING, Intent.ASK_HOURS)
"""What answers no question, whatever it has in common with an answer."""
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
    Word.MES_DONNEES: _mes_donnees,
    Word.SUPPRIMER: _supprimer,
    Word.DISCRET: _discret,
    Word.COMPLET: _complet,
    Word.STOP: _stop,
    Word.START: _start,
}
