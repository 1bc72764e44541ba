"""Providers that misbehave: one that answers what it is told to, one that never answers."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, str]
"""A status and a body."""
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@contextmanager
def provider(answer: Callable[[dict[str, str]], Answer], headers: Mapping[str, str] = NO_HEADERS) -> Iterator[str]:
    """The address of a provider that answers each form it is posted, and each query it is asked, as `answer`
    says, with these headers. It keeps its connections open, each in a thread of its own."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def do_GET(self) -> None:
            self._reply(urlsplit(self.path).query)

        def _reply(self, form: str) -> None:
            status, body = answer({name: values[0] for name, values in parse_qs(form).items()})
            written = body.encode()
            self.send_response_only(status)
            for name, value in {**headers, "Content-Length": str(len(written))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(written)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128

    with Server(("127.0.0.1", 0), Door) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def mute(*, keeps_the_line: bool) -> Iterator[str]:
    """The address of a provider that takes one request and never answers: it waits to be hung up on, or cuts."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                while connection.recv(65536) and keeps_the_line:
                    pass

        thread = Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join()
