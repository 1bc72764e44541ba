"""Lanes: the messages of one contact are taken one at a time, in the order in which they reached this process.

Threads alone do not keep it: the one that was given the first message may be put to sleep before it has read it, while
another answers the second. So the order is kept where there is one, on the thread that reads the network."""

import re
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock
from typing import IO, Any, Protocol

from waitress.channel import HTTPChannel
from waitress.task import ThreadedTaskDispatcher

from bot.shell import Shell
from bot.telegram import PATH as UPDATES
from bot.web import LARGEST_BODY, MESSAGES, STATUS

_SENDERS = {
    MESSAGES: re.compile(rb"(?:^|&)From=([^&]*)"),
    UPDATES: re.compile(rb'"chat"\s*:\s*\{\s*"id"\s*:\s*(-?[0-9]+)'),
}
"""Who writes, in the body of a request that brings a message."""


class Request(Protocol):
    """A request as waitress has read it, whole."""

    path: str
    content_length: int

    def get_body_stream(self) -> IO[bytes]: ...


LaneOf = Callable[[Request], Hashable | None]
"""The lane that a request stands in; None where it has no order to keep."""


def by_sender(request: Request) -> Hashable | None:
    """A lane for each contact's messages."""
    if request.path not in _SENDERS or request.content_length > LARGEST_BODY:
        return None
    body = request.get_body_stream()
    sender = _SENDERS[request.path].search(body.read())
    body.seek(0)
    return sender[1] if sender else None


def for_one_writer(request: Request) -> Hashable | None:
    """One lane for all that providers tell us. SQLite has one writer and lets those who wait try again at random: in
    line, everybody's turn comes, and soon."""
    return "" if request.path in (MESSAGES, STATUS, UPDATES) else None


@dataclass(frozen=True)
class _InLane:
    """A request that lets the one behind it go when it is done, however it ends."""

    channel: HTTPChannel
    name: Hashable
    dispatcher: "Dispatcher"

    def service(self) -> None:
        try:
            self.channel.service()
        finally:
            self.dispatcher.leave(self.name)

    def cancel(self) -> None:
        self.channel.cancel()


class Dispatcher(ThreadedTaskDispatcher):
    """Waitress's threads, each request of a lane given to one of them when the request before it is done. Nobody waits
    in a thread: a contact who writes a lot keeps one of them busy, not all."""

    def __init__(self, threads: int, lane_of: LaneOf) -> None:
        super().__init__()
        self._lane_of = lane_of
        self._lanes: dict[Hashable, deque[_InLane]] = {}
        """By name, those who wait behind the request that is being answered."""
        self._door = Lock()
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:  # a channel, which its stubs do not take for a task
        """Called by the thread that reads the network, for each request in the order they came."""
        name = self._lane_of(task.requests[0])
        if name is None:
            return super().add_task(task)
        task = _InLane(task, name, self)
        with self._door:
            if name in self._lanes:
                return self._lanes[name].append(task)
            self._lanes[name] = deque()
        return super().add_task(task)

    def leave(self, name: Hashable) -> None:
        """The request at the front of a lane is done: the next one's turn."""
        with self._door:
            behind = self._lanes[name]
            if not behind:
                del self._lanes[name]
                return
            task: Any = behind.popleft()
        super().add_task(task)


def in_order(shell: Shell, threads: int) -> Dispatcher:
    """The threads that serve a shell, with lanes as its database needs them."""
    one_writer = shell.engine.dialect.name == "sqlite"
    return Dispatcher(threads, for_one_writer if one_writer else by_sender)
