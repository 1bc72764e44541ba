"""A real Chromium for the page tests: the one of this machine, else Debian's, installed when we may."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LOCK = Path(gettempdir()) / "chromium-for-tests.lock"
# Of a machine that does other things too.
expect.set_options(timeout=30_000)
PACKAGES = ("chromium", "fonts-dejavu-core")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium, closed at the end. Without one, the tests are skipped aloud on a desk and fail in CI."""
    path = find() or install()
    if path is None:
        missing = "no Chromium here and no right to install one: install Debian's chromium or Google Chrome"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def quiet_page(browser: Browser, base: str, **settings: Any) -> Iterator[Page]:
    """A page of a French browser far from Paris, which must stay quiet: no dialog, no script error, nothing that the
    policy had to stop. `settings`: other ones of the browser."""
    context = browser.new_context(base_url=base, locale="fr-FR", timezone_id="America/Cayenne", **settings)
    context.set_default_timeout(5000)
    page = context.new_page()
    noises: list[str] = []
    page.on("dialog", lambda dialog: (noises.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: noises.append(str(error)))
    page.on("console", lambda said: noises.append(said.text) if "Content Security" in said.text else None)
    yield page
    context.close()
    assert noises == []


def find() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> str | None:
    """Debian's Chromium, where apt-get exists and we are root; None elsewhere. One at a time: apt-get does not wait."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0:
        return None
    with LOCK.open("w") as lock:
        flock(lock, LOCK_EX)
        return find() or _install(apt)


def _install(apt: str) -> str | None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for action in (["update"], ["install", "--yes", "--no-install-recommends", *PACKAGES]):
        subprocess.run([apt, "--quiet=2", *action], env=quiet, check=False, timeout=300)
    return find()
