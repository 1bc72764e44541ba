"""The web application: every door, on one shell."""

from flask import Flask

import admin
from bot import web
from bot.demo import phone
from bot.headers import protect
from bot.shell import Shell


def create_app(shell: Shell) -> Flask:
    """The Flask application. Raises `SettingsRefused` when it would not be safe to serve."""
    shell.settings.require_secret()
    app = Flask(__name__, static_folder=None)
    app.secret_key = shell.settings.secret_key or "demo"
    protect(app)
    app.register_blueprint(web.doors(shell))
    app.register_blueprint(admin.pages(shell.sessions, shell.clock, open_to_all=shell.settings.demo))
    if shell.settings.demo:
        app.register_blueprint(phone.phone_blueprint(shell))
    return app
