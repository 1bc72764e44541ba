"""The generator of load: messages posted over connections that stay open, as fast as they are answered or at a pace."""

import gc
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from time import perf_counter, sleep

from bot.bench.beside import Answer
from bot.bench.dialogue import Text, request


@dataclass(frozen=True)
class Load:
    """What to post to a port of this machine, over how many connections. `pace`: how many a second, whether the
    earlier ones have been answered or not (an open loop); None: each connection posts its next message when its
    last has been answered (a closed loop). Message n goes by connection n, modulo their number."""

    port: int
    texts: Sequence[Text]
    connections: int
    pace: float | None = None


@dataclass(frozen=True)
class Driven:
    """`seconds` from the first message to the last answer; `latencies`, in seconds, from when each message was
    due to its answer; `refused`, how many answers were not 2xx."""

    seconds: float
    latencies: tuple[float, ...]
    refused: int


@contextmanager
def generator() -> Iterator[Answer]:
    """For a process of its own: a `Load` is driven, a `Driven` comes back."""
    yield drive


def drive(load: Load) -> Driven:
    """Post everything; raises `OSError` when the server goes away. All is signed before the clock starts."""
    requests = [request(text) for text in load.texts]
    lines = [_Line(load.port, requests[at :: load.connections]) for at in range(load.connections)]
    gc.freeze()
    start = perf_counter()
    with ThreadPoolExecutor(load.connections) as threads:
        for _ in threads.map(lambda at: lines[at].post_all(start, load, at), range(load.connections)):
            pass
    seconds = perf_counter() - start
    gc.unfreeze()
    latencies = tuple(one for line in lines for one in line.latencies)
    return Driven(seconds, latencies, sum(line.refused for line in lines))


class _Line:
    """One connection and the messages that go by it; it is opened again where the server closes it."""

    def __init__(self, port: int, requests: Sequence[bytes]) -> None:
        self.latencies: list[float] = []
        self.refused = 0
        self._requests = requests
        self._http = HTTPConnection("127.0.0.1", port)

    def post_all(self, start: float, load: Load, at: int) -> None:
        for count, message in enumerate(self._requests):
            due = perf_counter()
            if load.pace is not None:
                due = start + (at + count * load.connections) / load.pace
                sleep(max(0.0, due - perf_counter()))
            self.refused += not 200 <= self._post(message) < 300
            self.latencies.append(perf_counter() - due)
        self._http.close()

    def _post(self, message: bytes) -> int:
        """The status of the answer, which is read to its end."""
        self._http.send(message)
        with HTTPResponse(self._http.sock, method="POST") as answer:
            answer.begin()
            answer.read()
            if answer.will_close:
                self._http.close()
            return answer.status
