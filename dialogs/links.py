"""Links as people type and paste them."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit, urlunsplit

from dialogs.questions import WrongAnswer

_EXAMPLE = "https://example.org/plan"


def read_link(typed: str) -> str:
    """The https link that was typed, «example.org/plan» without a scheme too; a host in Cyrillic as the network writes it.

    Raises WrongAnswer for everything else: http is not private, and other schemes lead nowhere from a button
    (https://core.telegram.org/bots/api#inlinekeyboardbutton).
    """
    link = typed.strip()
    if "://" not in link:
        link = f"https://{link}"
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode("ascii")
    except ValueError as error:  # a port that is no number, a host that is none (UnicodeError is one too)
        raise WrongAnswer("announcement-wrong-link", example=_EXAMPLE) from error
    is_whole = parts.scheme.lower() == "https" and not any(character.isspace() for character in link)
    if not is_whole or parts.username is not None or not _is_public(host):
        raise WrongAnswer("announcement-wrong-link", example=_EXAMPLE)
    place = host if port is None else f"{host}:{port}"
    return urlunsplit(("https", place, parts.path, parts.query, parts.fragment))


def _is_public(host: str) -> bool:
    """Whether a phone anywhere finds it: a name with a dot, no number of a machine at home."""
    name, dot, zone = host.rpartition(".")
    if not (name and dot and zone):
        return False
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return zone.replace("-", "").isalnum() and not zone.isdigit()
