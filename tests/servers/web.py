"""The product behind an address of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server


class Site:
    """A server whose address is known before the application is: `url`, then `serve(app)`."""

    def __init__(self) -> None:
        self._app = Flask("not there yet")
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def _answer(self, environ, start_response):  # type: ignore[no-untyped-def]  # WSGI
        return self._app(environ, start_response)

    def serve(self, app: Flask) -> None:
        self._app = app

    def __enter__(self) -> "Site":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def site() -> Iterator[Site]:
    """A site of this machine while the block lasts; nothing answers before `serve`."""
    with Site() as here:
        yield here
