"""Every answer carries the security headers; every refusal is a French page that says what to do."""

import logging
import re

import pytest
from flask import Flask, abort, render_template_string
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.headers import protect

STRICT = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Server": "rdv",
}


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("door")
    protect(app)

    @app.get("/")
    def page() -> str:
        return render_template_string("<script nonce='{{ csp_nonce }}'></script>")

    @app.get("/refused/<int:code>")
    def refused(code: int) -> str:
        abort(code)

    @app.get("/broken/<token>")
    def broken(token: str) -> str:
        raise RuntimeError(f"secret detail {token}")

    @app.post("/form")
    def form() -> str:
        return "reçu"

    @app.get("/moved/")
    def moved() -> str:
        return "ici"

    return app.test_client()


def policy_of(response: TestResponse) -> dict[str, str]:
    directives = response.headers["Content-Security-Policy"].split("; ")
    return {name: rest for name, _, rest in (directive.partition(" ") for directive in directives)}


@pytest.mark.parametrize("path", ["/", "/nowhere", "/form", "/broken/x", "/refused/429", "/moved"])
def test_every_answer_carries_the_headers(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert {name: response.headers.get(name) for name in STRICT} == STRICT
    assert policy_of(response)["default-src"] == "'none'"
    assert not any(name.startswith("Access-Control") for name, _ in response.headers)


def test_scripts_need_the_nonce_of_their_own_answer(client: FlaskClient) -> None:
    first, second = client.get("/"), client.get("/")
    nonces = [re.findall(r"nonce='([^']+)'", answer.text)[0] for answer in (first, second)]
    assert policy_of(first)["script-src"] == f"'nonce-{nonces[0]}' 'strict-dynamic'"
    assert policy_of(second)["script-src"] == f"'nonce-{nonces[1]}' 'strict-dynamic'"
    assert nonces[0] != nonces[1]


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    policy = policy_of(client.get("/"))
    policy.pop("script-src")
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (400, "vérifiez ce que vous avez saisi"),
        (403, "Demandez à votre administrateur"),
        (404, "Vérifiez l&#39;adresse"),
        (405, "utilisez ses boutons"),
        (413, "Raccourcissez votre message"),
        (415, "Envoyez un formulaire"),
        (429, "Attendez 1 minute"),
    ],
)
def test_a_refusal_says_in_french_what_to_do(client: FlaskClient, code: int, advice: str) -> None:
    response = client.get(f"/refused/{code}")
    assert response.status_code == code
    assert '<html lang="fr">' in response.text
    assert advice in response.text


def test_a_bug_shows_a_reference_and_keeps_its_details_for_the_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = client.get("/broken/jeton")
    reference = re.findall(r"[0-9a-f]{8}", response.text)[0]
    assert response.status_code == 500
    assert "RuntimeError" not in response.text
    assert "secret detail" not in response.text
    assert [reference in record.getMessage() for record in caplog.records] == [True]
    assert "/broken/<token>" in caplog.text


def test_a_wrong_method_still_names_the_right_ones(client: FlaskClient) -> None:
    assert "POST" in client.get("/form").headers["Allow"]


def test_a_redirection_still_redirects(client: FlaskClient) -> None:
    response = client.get("/moved")
    assert response.status_code == 308
    assert response.headers["Location"].endswith("/moved/")
