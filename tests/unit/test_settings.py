"""Settings: sensible without any, and every wrong one is told in one sentence that names it, never a secret's value."""

from __future__ import annotations

import traceback
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr

from bot.app import make_session
from bot.settings import EMBEDDED_DATABASE, Settings, SettingsError, load

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine, and a folder without `.env`."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_sensible_default() -> None:
    settings = load()
    assert settings.bot_token is None
    assert settings.bot_api_url == "https://api.telegram.org"
    assert settings.bot_proxy is None
    assert (settings.webhook_url, settings.webhook_secret) == (None, None)
    assert settings.database == EMBEDDED_DATABASE
    assert settings.database_is_embedded
    assert settings.sqlite_synchronous == "FULL"
    assert settings.admin_ids == frozenset()
    assert settings.zone == ZoneInfo("Asia/Yekaterinburg")
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert (settings.send_rate, settings.announcements_a_day) == (30, 5)
    assert settings.keep_notifications_days == 90
    assert settings.log_level == "INFO"


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("BOT_TOKEN", f" {TOKEN} ", "bot_token", SecretStr(TOKEN)),
        ("BOT_API_URL", "http://127.0.0.1:8081/", "bot_api_url", "http://127.0.0.1:8081"),
        ("BOT_PROXY", "socks5://user:password@host:1080", "bot_proxy", SecretStr("socks5://user:password@host:1080")),
        ("BOT_PROXY", "http://host:3128", "bot_proxy", SecretStr("http://host:3128")),
        ("DATABASE_URL", "postgresql+asyncpg://u:p@host/name", "database", "postgresql+asyncpg://u:p@host/name"),
        ("SQLITE_SYNCHRONOUS", "NORMAL", "sqlite_synchronous", "NORMAL"),
        ("ADMIN_IDS", "1, 2 3,4503599627370495", "admin_ids", frozenset({1, 2, 3, 4503599627370495})),
        ("ADMIN_IDS", "700000001", "admin_ids", frozenset({700000001})),
        ("TIMEZONE", "Europe/Kaliningrad", "zone", ZoneInfo("Europe/Kaliningrad")),
        ("WEBHOOK_URL", "https://bot.example.org/telegram", "webhook_url", "https://bot.example.org/telegram"),
        ("WEBHOOK_URL", "http://127.0.0.1:8080/telegram", "webhook_url", "http://127.0.0.1:8080/telegram"),
        ("WEBHOOK_URL", "http://localhost:8080", "webhook_url", "http://localhost:8080"),
        ("WEBHOOK_SECRET", "aZ09_-", "webhook_secret", SecretStr("aZ09_-")),
        ("HTTP_HOST", "0.0.0.0", "http_host", "0.0.0.0"),
        ("HTTP_PORT", "0", "http_port", 0),
        ("ANNOUNCEMENTS_A_DAY", "3", "announcements_a_day", 3),
        ("KEEP_NOTIFICATIONS_DAYS", "365", "keep_notifications_days", 365),
        ("LOG_LEVEL", "DEBUG", "log_level", "DEBUG"),
    ],
)
def test_good_values_are_read(monkeypatch: pytest.MonkeyPatch, name: str, value: str, field: str, read: object) -> None:
    monkeypatch.setenv(name, value)
    assert getattr(load(), field) == read


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load() == Settings(_env_file=None)


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("HTTP_PORT=9000\nLOG_LEVEL=ERROR\nSOMETHING_ELSE=1\n", encoding="utf-8")
    monkeypatch.setenv("HTTP_PORT", "9001")
    assert load().http_port == 9001
    assert load().log_level == "ERROR"


WRONG = [
    ("BOT_TOKEN", "Geheim", "@BotFather"),
    ("BOT_TOKEN", "123456789:Geheim!", "@BotFather"),
    ("BOT_API_URL", "api.telegram.org", "https://api.telegram.org"),
    ("BOT_API_URL", "ftp://user:Geheim@host", "https://api.telegram.org"),
    ("BOT_API_URL", "http://[::1", "https://api.telegram.org"),
    ("BOT_API_URL", "https://host/{path}", "https://api.telegram.org"),
    ("BOT_PROXY", "host:1080", "socks5://"),
    ("BOT_PROXY", "socks5://user:Geheim@host", "socks5://"),
    ("BOT_PROXY", "ssh://user:Geheim@host:22", "socks5://"),
    ("BOT_PROXY", "http://user:Geheim@host:port", "socks5://"),
    ("DATABASE_URL", "user:Geheim@host", "postgresql+asyncpg://"),
    ("DATABASE_URL", "postgresql://user:Geheim@host/name", "postgresql+asyncpg://"),
    ("DATABASE_URL", "postgresql+asyncpg://user:Geheim@host:port/name", "postgresql+asyncpg://"),
    ("DATABASE_URL", "mysql+aiomysql://user:Geheim@host/name", "postgresql+asyncpg://"),
    ("WEBHOOK_URL", "bot.example.org/telegram", "https://bot.example.org/telegram"),
    ("WEBHOOK_URL", "http://bot.example.org/telegram", "posts to https only"),
    ("WEBHOOK_URL", "ftp://127.0.0.1/telegram", "posts to https only"),
    ("WEBHOOK_URL", "https://user:Geheim@bot.example.org/telegram", "no address to post to"),
    ("WEBHOOK_URL", "https://bot.example.org/telegram?secret=Geheim", "no address to post to"),
    ("WEBHOOK_URL", "https://bot.example.org/{telegram}", "no address to post to"),
    ("WEBHOOK_URL", "https://[::1", "no address to post to"),
    ("WEBHOOK_SECRET", "Geheim!", "A-Z a-z 0-9 _ -"),
    ("WEBHOOK_SECRET", "Geheim" * 43, "1 to 256"),
    ("SQLITE_SYNCHRONOUS", "OFF", "'FULL' or 'NORMAL'"),
    ("ADMIN_IDS", "@anna", "integer"),
    ("ADMIN_IDS", "1;2", "integer"),
    ("TIMEZONE", "Urals", "Asia/Yekaterinburg"),
    ("TIMEZONE", "../../etc/passwd", "Asia/Yekaterinburg"),
    ("SEND_RATE", "0", "greater than 0"),
    ("SEND_RATE", "fast", "number"),
    ("ANNOUNCEMENTS_A_DAY", "0", "greater than or equal to 1"),
    ("ANNOUNCEMENTS_A_DAY", "all", "integer"),
    ("HTTP_PORT", "http", "integer"),
    ("HTTP_PORT", "65536", "65535"),
    ("HTTP_PORT", "-1", "0"),
    ("KEEP_NOTIFICATIONS_DAYS", "6", "greater than or equal to 7"),
    ("KEEP_NOTIFICATIONS_DAYS", "for ever", "integer"),
    ("LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
]


@pytest.mark.parametrize(("name", "value", "help_"), WRONG)
def test_a_wrong_value_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, help_: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        load()
    sentence = str(refusal.value)
    assert sentence.startswith(f"{name}: ")
    assert sentence.endswith(".")
    assert not sentence.endswith("..")
    assert "\n" not in sentence
    assert help_ in sentence
    assert "Geheim" not in sentence


def test_every_setting_that_can_be_wrong_is_tested() -> None:
    takes_anything = {"http_host", "files_dir"}
    assert {name.lower() for name, _, _ in WRONG} == Settings.model_fields.keys() - takes_anything


def test_an_unreadable_file_is_told_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"LOG_LEVEL=\xff\xfe\n")
    with pytest.raises(SettingsError, match=r"^\.env: it cannot be read"):
        load()


SECRET = {
    "BOT_TOKEN": TOKEN,
    "BOT_PROXY": "socks5://user:Geheim@host:1080",
    "DATABASE_URL": "postgresql+asyncpg://user:Geheim@host/name",
    "WEBHOOK_SECRET": "Geheim",
}


def test_no_secret_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRET.items():
        monkeypatch.setenv(name, value)
    settings = load()
    printed = f"{settings} {settings!r} {settings.model_dump()} {settings.model_dump_json()}"
    assert TOKEN not in printed
    assert "Geheim" not in printed
    assert settings.database == SECRET["DATABASE_URL"]
    proxy = make_session(settings).proxy
    assert proxy == SECRET["BOT_PROXY"]


@pytest.mark.parametrize(("name", "value", "_"), [case for case in WRONG if "Geheim" in case[1]])
def test_no_secret_stands_in_a_traceback(monkeypatch: pytest.MonkeyPatch, name: str, value: str, _: str) -> None:
    """Not even in one of somebody who forgot to catch the refusal."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        load()
    assert "Geheim" not in "".join(traceback.format_exception(refusal.value))
