"""Settings: half a configuration, or a dangerous one, is refused with every error at once."""

import pytest

from bot.settings import Settings, SettingsRefused, TelegramSettings, TwilioSettings

ACCOUNT = {"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_AUTH_TOKEN": "token"}
PAIR = "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: set both, or neither"
SENDER = "TWILIO_MESSAGING_SERVICE_SID or TWILIO_FROM: set one of them, SMS leave from it"


def refused(environ: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsRefused) as refusal:
        Settings.read(environ)
    return refusal.value.errors


def test_without_a_word_everything_is_on_this_machine_and_nothing_is_sent() -> None:
    settings = Settings.read({})
    assert settings == Settings(
        database_url="sqlite:///var/rdv.db",
        redis_url=None,
        public_url="http://127.0.0.1:8000",
        secret_key="",
        demo=False,
        twilio=None,
    )


def test_a_variable_set_to_nothing_is_not_set() -> None:
    names = ("DATABASE_URL", "REDIS_URL", "PUBLIC_URL", "RDV_DEMO", *ACCOUNT, "TWILIO_FROM", "TWILIO_API_BASE")
    assert Settings.read(dict.fromkeys(names, "")) == Settings()


def test_each_variable_is_read() -> None:
    environ = {
        "DATABASE_URL": "postgresql+psycopg://db/rdv",
        "REDIS_URL": "redis://broker",
        "PUBLIC_URL": "https://rdv.example.fr",
        "SECRET_KEY": "s" * 32,
        **ACCOUNT,
        "TWILIO_FROM": "+33938000001",
        "TWILIO_API_BASE": "http://127.0.0.1:4010",
    }
    assert Settings.read(environ) == Settings(
        database_url="postgresql+psycopg://db/rdv",
        redis_url="redis://broker",
        public_url="https://rdv.example.fr",
        secret_key="s" * 32,
        demo=False,
        twilio=TwilioSettings("AC0", "token", None, "+33938000001", "http://127.0.0.1:4010"),
    )


def test_sms_may_leave_from_a_messaging_service_rather_than_a_number() -> None:
    twilio = Settings.read({**ACCOUNT, "TWILIO_MESSAGING_SERVICE_SID": "MG0"}).twilio
    assert twilio == TwilioSettings("AC0", "token", "MG0", None, None)


@pytest.mark.parametrize("written", ["https://rdv.example.fr/", "https://rdv.example.fr//"])
def test_a_public_url_may_end_with_a_slash(written: str) -> None:
    # Paths are put behind it, and what Twilio signs is compared to the letter.
    assert Settings.read({"PUBLIC_URL": written}).public_url == "https://rdv.example.fr"


@pytest.mark.parametrize(
    ("environ", "errors"),
    [
        ({"TWILIO_ACCOUNT_SID": "AC0"}, [PAIR, SENDER]),
        ({"TWILIO_AUTH_TOKEN": "token"}, [PAIR, SENDER]),
        ({"TWILIO_FROM": "+33938000001"}, [PAIR]),
        ({"TWILIO_MESSAGING_SERVICE_SID": "MG0"}, [PAIR]),
        ({"TWILIO_ACCOUNT_SID": "AC0", "TWILIO_FROM": "+33938000001"}, [PAIR]),
        (ACCOUNT, [SENDER]),
    ],
)
def test_half_a_twilio_account_is_refused_with_every_error(environ: dict[str, str], errors: list[str]) -> None:
    assert refused(environ) == errors


def test_the_demo_never_holds_a_real_account() -> None:
    environ = {"RDV_DEMO": "1", **ACCOUNT, "TWILIO_FROM": "+33938000001"}
    (error,) = refused(environ)
    assert error.startswith("RDV_DEMO: ")
    assert "unset TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_FROM" in error
    assert Settings.read({"RDV_DEMO": "1"}).demo


def test_the_demo_refuses_half_an_account_too_and_says_both() -> None:
    errors = refused({"RDV_DEMO": "1", "TWILIO_AUTH_TOKEN": "token"})
    assert "unset TWILIO_AUTH_TOKEN, or RDV_DEMO" in errors[0]
    assert errors[1:] == [PAIR, SENDER]


BOT = {"TELEGRAM_BOT_TOKEN": "4242:token"}


def test_a_bot_is_a_token_and_the_secret_of_its_door() -> None:
    environ = {**BOT, "TELEGRAM_WEBHOOK_SECRET": "un-secret_1", "TELEGRAM_API_BASE": "http://127.0.0.1:8081"}
    assert Settings.read(environ).telegram == TelegramSettings("4242:token", "un-secret_1", "http://127.0.0.1:8081")
    assert Settings.read(BOT).telegram == TelegramSettings("4242:token", None, None)


@pytest.mark.parametrize("name", ["TELEGRAM_WEBHOOK_SECRET", "TELEGRAM_API_BASE"])
def test_half_a_bot_is_refused(name: str) -> None:
    (error,) = refused({name: "x"})
    assert error.startswith("TELEGRAM_BOT_TOKEN: set it too")


@pytest.mark.parametrize("secret", ["deux mots", "é", "x" * 257])
def test_a_secret_that_telegram_would_not_take_is_refused(secret: str) -> None:
    (error,) = refused({**BOT, "TELEGRAM_WEBHOOK_SECRET": secret})
    assert error.startswith("TELEGRAM_WEBHOOK_SECRET: ")


def test_the_demo_never_holds_a_real_bot() -> None:
    (error,) = refused({"RDV_DEMO": "1", **BOT})
    assert "unset TELEGRAM_BOT_TOKEN, or RDV_DEMO" in error


@pytest.mark.parametrize("key", ["", "s" * 31])
def test_a_web_process_needs_a_long_secret(key: str) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        Settings.read({"SECRET_KEY": key}).require_secret()
    assert refusal.value.errors == ["SECRET_KEY: must hold at least 32 characters"]


def test_a_long_secret_will_do_and_the_demo_needs_none() -> None:
    Settings.read({"SECRET_KEY": "s" * 32}).require_secret()
    Settings.read({"RDV_DEMO": "1"}).require_secret()


@pytest.mark.parametrize("url", ["rdv.db", "foo://rdv", "mysql://db/rdv"])
def test_a_database_of_an_unknown_kind_is_refused_with_an_example(url: str) -> None:
    (error,) = refused({"DATABASE_URL": url})
    assert error.startswith("DATABASE_URL: ")
    assert "postgresql+psycopg://" in error
