"""Settings, only from the environment and `.env`. `.env.example` lists every one."""

from __future__ import annotations

import re
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
EMBEDDED_DATABASE = "sqlite+aiosqlite:///var/metodset.sqlite3"
USUAL_FILES = Path("var/files")


class SettingsError(Exception):
    """A setting is wrong; the message is one clear sentence for the operator."""


class Settings(BaseSettings):
    """What an operator may set. What may have a password in it is not shown where the settings are."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    bot_token: SecretStr | None = None
    bot_api_url: str = "https://api.telegram.org"
    bot_proxy: SecretStr | None = None
    database_url: SecretStr | None = None
    files_dir: Path | None = None
    sqlite_synchronous: Literal["FULL", "NORMAL"] = "FULL"
    admin_ids: Annotated[frozenset[int], NoDecode] = frozenset()
    timezone: str = "Asia/Yekaterinburg"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)
    send_rate: float = Field(default=30, gt=0, le=1000)
    announcements_a_day: int = Field(default=5, ge=1, le=100)
    keep_notifications_days: int = Field(default=90, ge=7, le=3650)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("bot_token")
    @classmethod
    def _looks_like_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        token = value.get_secret_value().strip()
        if not _TOKEN.fullmatch(token):
            raise ValueError("this is no bot token: it looks like 123456789:AAE… and comes from @BotFather")
        return SecretStr(token)

    @field_validator("bot_api_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        address = _split(value)
        if address is None or address.scheme not in {"http", "https"} or set("{}?# ") & set(value):
            raise ValueError("this is no web address (an example: https://api.telegram.org)")
        return value.rstrip("/")

    @field_validator("webhook_url")
    @classmethod
    def _reachable_address(cls, value: str | None) -> str | None:
        """Refuses what Telegram cannot post to (https://core.telegram.org/bots/api#setwebhook)."""
        if value is None:
            return None
        address = _split(value)
        if address is None or address.username is not None or set("{}?# ") & set(value):
            raise ValueError("this is no address to post to (an example: https://bot.example.org/telegram)")
        if address.scheme != "https" and not (address.scheme == "http" and _is_loopback(address.hostname)):
            raise ValueError("Telegram posts to https only (an example: https://bot.example.org/telegram)")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _allowed_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _SECRET.fullmatch(value.get_secret_value()):
            raise ValueError("it must be 1 to 256 of the characters A-Z a-z 0-9 _ -; leave it empty to have one made")
        return value

    @field_validator("bot_proxy")
    @classmethod
    def _known_proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        address = _split(value.get_secret_value())
        if address is None or address.port is None or address.scheme not in {"socks5", "socks4", "http"}:
            raise ValueError("this is no proxy (examples: socks5://user:password@host:1080 or http://host:3128)")
        return value

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split_ids(cls, value: object) -> object:
        if isinstance(value, str):
            return [part for part in value.replace(",", " ").split() if part]
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no time zone (an example: Asia/Yekaterinburg)") from error
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None:
            return None
        example = "sqlite+aiosqlite:///var/metodset.sqlite3 or postgresql+asyncpg://user:password@host/name"
        try:
            url = make_url(value.get_secret_value())
        except (ArgumentError, ValueError) as error:
            raise ValueError(f"it is no database address (examples: {example})") from error
        if url.drivername not in {"sqlite+aiosqlite", "postgresql+asyncpg"}:
            raise ValueError(f"{url.drivername!r} is not supported (examples: {example})")
        return value

    @cached_property
    def zone(self) -> ZoneInfo:
        """The centre's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def database(self) -> str:
        """The database's address: the embedded SQLite unless another one is set."""
        return EMBEDDED_DATABASE if self.database_url is None else self.database_url.get_secret_value()

    @property
    def files(self) -> Path:
        """Where the copies of people's files are kept."""
        return self.files_dir or USUAL_FILES

    @property
    def database_is_embedded(self) -> bool:
        """Whether `run` looks after the tables itself."""
        return self.database_url is None


def _split(address: str) -> SplitResult | None:
    """The parts of an address with a host; None when it is no such address."""
    try:
        parts = urlsplit(address)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:  # brackets that do not close, a port that is no number
        return None


def _is_loopback(host: str | None) -> bool:
    """Whether only this machine is meant."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:  # a name
        return False


def load() -> Settings:
    """Read the settings. Raises SettingsError with one sentence that names the setting, never its value when it is a secret."""
    try:
        return Settings()
    except (UnicodeDecodeError, OSError) as error:
        raise SettingsError(f".env: it cannot be read ({error}).") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]).upper() if first["loc"] else "settings"
        reason = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise SettingsError(f"{name}: {reason}.") from error
