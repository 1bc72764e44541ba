"""What every answer of the web carries: security headers, and refusals in French that say what to do."""

import logging
from secrets import token_hex, token_urlsafe

from flask import Flask, Response, g, render_template_string, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

POLICY = (
    "default-src 'none'",
    "script-src 'nonce-{nonce}' 'strict-dynamic'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
)
HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    # Servers add their own name and version where this one is missing.
    "Server": "rdv",
}

REFUSALS = {
    400: ("Demande incomprise", "Revenez à la page précédente et vérifiez ce que vous avez saisi."),
    403: ("Accès refusé", "Cette page n'est pas dans vos droits. Demandez à votre administrateur."),
    404: ("Page introuvable", "Vérifiez l'adresse, ou repartez de la page d'accueil."),
    405: ("Action impossible ici", "Revenez à la page précédente et utilisez ses boutons."),
    413: ("Envoi trop volumineux", "Raccourcissez votre message et recommencez."),
    415: ("Format non accepté", "Envoyez un formulaire ou du JSON."),
    429: ("Trop d'essais", "Attendez 1 minute, puis recommencez."),
}
FAILURE = (
    "Une erreur est survenue",
    "Rien n'a été enregistré. Recommencez dans quelques minutes ; si cela se reproduit, "
    "donnez cette référence à votre support : {reference}.",
)
PAGE = """<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{{ title }}</title>
</head>
<body><main><h1>{{ title }}</h1><p>{{ advice }}</p></main></body>
</html>
"""

log = logging.getLogger(__name__)


def protect(app: Flask) -> None:
    """Put the security headers on every answer of `app`, errors included, and explain refusals in French.

    Pages name their scripts with the template value `csp_nonce` (also `g.csp_nonce`), new at each request.
    A view may set its own `Cache-Control`; any other answer is never stored.
    """
    app.before_request(_draw_nonce)
    app.context_processor(lambda: {"csp_nonce": g.csp_nonce})
    app.after_request(_harden)
    app.register_error_handler(Exception, _explain)


def _draw_nonce() -> None:
    g.csp_nonce = token_urlsafe(16)


def _harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "; ".join(POLICY).format(nonce=g.csp_nonce)
    response.headers.update(HEADERS)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _explain(error: Exception) -> WerkzeugResponse | HTTPException | tuple[str, int]:
    if not isinstance(error, HTTPException):
        return _fail(error)
    if error.code not in REFUSALS:
        return error
    title, advice = REFUSALS[error.code]
    # The refusal's own answer is kept for its headers: Allow, Retry-After.
    response = error.get_response()
    response.set_data(render_template_string(PAGE, title=title, advice=advice))
    return response


def _fail(error: Exception) -> tuple[str, int]:
    """A bug: its trace goes to the log under a reference, which is all that the page shows."""
    reference = token_hex(4)
    # The rule, not the path: paths carry tokens.
    log.error("reference %s: %s %s failed", reference, request.method, request.url_rule, exc_info=error)
    title, advice = FAILURE
    return render_template_string(PAGE, title=title, advice=advice.format(reference=reference)), 500
