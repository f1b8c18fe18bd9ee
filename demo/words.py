"""The words of the invented city, read from the TOML files beside this one: no name or title stands in the code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationWords:
    """A school or kindergarten and how many people work there."""

    title: str
    kind: str
    address: str
    managers: int
    teachers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagersWords:
    """What the managers of a kind of organisation are called, and how many of a hundred are men."""

    head: str
    deputy: str
    men: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkWords:
    """A network and who is in it; the numbers are explained at the head of networks.toml."""

    key: str
    title: str
    form: str
    audience: str
    goal: str
    description: str
    parent: str | None = None
    join: str = "open"
    agreement: str = ""
    subjects: Sequence[str] = ()
    positions: Sequence[str] = ()
    for_young_specialists: bool = False
    members: int = 0
    borrowed: int = 0
    lender: str | None = None
    outside: int = 0
    men: int = 0
    staff: Mapping[str, int] = field(default_factory=dict)

    @property
    def specialists(self) -> int:
        """How many people of the city teach this before anything else."""
        return self.members - self.borrowed + self.outside


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidWords:
    """A word in a consultation, so many hours after the question, by the asker or the expert."""

    by: str
    after: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationWords:
    """A question and what was said about it; explained at the head of consultations.toml."""

    network: str
    hours_ago: float
    question: str
    asker: str = ""
    expert: str = ""
    said: Sequence[SaidWords] = ()
    closed: str = ""
    rating: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayerWords:
    """Somebody whom a visitor of the demo may play. Without a `main` network they are not in the database."""

    key: str
    note: str
    username: str
    full_name: str = ""
    first_name: str = ""
    last_name: str = ""
    language_code: str = "ru"
    main: str | None = None
    more_subjects: Sequence[str] = ()
    experience: int = 0
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """An event of a network; the numbers are explained at the head of events.toml."""

    network: str
    kind: str
    title: str
    annotation: str
    in_days: int
    at: str
    place: str
    seats: int
    come: int
    wait: int = 0
    going: Sequence[str] = ()
    waiting: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """A document of a work."""

    name: str
    heading: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """What a coordinator has added to the card of a network."""

    network: str
    orientation: str
    status: str = "formal"
    chat: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentWords:
    """A document of a network's card."""

    network: str
    days_ago: int
    paper: PaperWords


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedWords:
    """Who follows the news of a network: these players, and so many others."""

    network: str
    others: int
    players: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductWords:
    """A work that somebody handed in `days_ago`; explained at the head of products.toml."""

    network: str
    kind: str
    title: str
    annotation: str
    days_ago: int
    files: Sequence[PaperWords]
    author: str = ""
    state: str = "published"
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementWords:
    """What was announced; explained at the head of announcements.toml."""

    network: str
    days_ago: int
    at: str
    whom: str
    blocked: int
    failed: int
    twice: int
    html: str
    acknowledged: int | None = None
    days_to_acknowledge: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWords:
    """What is to be announced; explained in announcements.toml."""

    network: str
    state: str
    html: str
    importance: str = "usual"
    in_days: int = 0
    at: str = ""
    button: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstNames:
    """First names by the years a person has worked."""

    older: Sequence[str]
    middle: Sequence[str]
    younger: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tradition:
    """Surnames and patronymics (a man's, a woman's) and first names that go together."""

    share: int
    surnames: Sequence[Sequence[str]]
    patronymics: Sequence[Sequence[str]]
    women: FirstNames
    men: FirstNames


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("demo").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def organisations() -> list[OrganisationWords]:
    """All schools, then all kindergartens."""
    return [OrganisationWords(**table) for table in _read("organisations")["organisations"]]


def managers() -> dict[str, ManagersWords]:
    """The managers' positions by the kind of organisation."""
    return {kind: ManagersWords(**table) for kind, table in _read("organisations")["managers"].items()}


def networks() -> dict[str, NetworkWords]:
    """The networks by key, a parent always before its children."""
    return {table["key"]: NetworkWords(**table) for table in _read("networks")["networks"]}


def events() -> list[EventWords]:
    """What is planned and was held, as it stands in the file."""
    return [EventWords(**table) for table in _read("events")["events"]]


def topics() -> dict[str, str]:
    """What one may ask about: the title by the key of its network."""
    titles: dict[str, str] = _read("consultations")["topics"]
    return titles


def consultations() -> list[ConsultationWords]:
    """What was asked, with what was said about it."""
    return [
        ConsultationWords(**{**table, "said": [SaidWords(**word) for word in table.get("said", [])]})
        for table in _read("consultations")["consultations"]
    ]


def players() -> list[PlayerWords]:
    """Everybody to play, the newcomer first."""
    return [PlayerWords(**table) for table in _read("players")["players"]]


def products() -> list[ProductWords]:
    """What was handed in."""
    return [
        ProductWords(**{**table, "files": [PaperWords(**paper) for paper in table["files"]]})
        for table in _read("products")["products"]
    ]


def cards() -> list[CardWords]:
    """What was added to the cards of networks."""
    return [CardWords(**table) for table in _read("cards")["cards"]]


def documents() -> list[DocumentWords]:
    """The documents of the cards, the oldest first in each network."""
    return [DocumentWords(**{**table, "paper": PaperWords(**table["paper"])}) for table in _read("cards")["documents"]]


def followed() -> list[FollowedWords]:
    """Whose news are followed."""
    return [FollowedWords(**table) for table in _read("cards")["followed"]]


def announcements() -> list[AnnouncementWords]:
    """What was announced, the oldest first."""
    return [AnnouncementWords(**table) for table in _read("announcements")["announcements"]]


def drafts() -> list[DraftWords]:
    """What is to be announced."""
    return [DraftWords(**table) for table in _read("announcements")["drafts"]]


def roles() -> dict[str, str]:
    """What a role in a network is called."""
    names: dict[str, str] = _read("players")["roles"]
    return names


def order_number(number: int) -> str:
    """The number of an order as the centre's office writes it."""
    pattern: str = _read("players")["order_number"]
    return pattern.format(number=number)


def traditions() -> list[Tradition]:
    """Of what names are made."""
    return [
        Tradition(**{**table, "women": FirstNames(**table["women"]), "men": FirstNames(**table["men"])})
        for table in _read("names")["traditions"]
    ]
