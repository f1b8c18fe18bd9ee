"""The Telegram accounts of the invented city, for the sandbox: computed without the database."""

from __future__ import annotations

from dataclasses import dataclass

from demo import words
from demo.plan import FIRST_TELEGRAM_ID, Inhabitant, inhabitants

NEWCOMER_ID = FIRST_TELEGRAM_ID - 1
"""The new teacher, who is not in the database."""

ADMINISTRATOR_ID = FIRST_TELEGRAM_ID + 3
"""The administrator of the centre, for the setting `ADMIN_IDS` of the demo: the fourth of the players in the database."""


@dataclass(frozen=True, slots=True)
class Account:
    """A Telegram account. `note` is a hint for whoever plays it, `group` the organisation it is listed under;
    the `pinned` ones are played first."""

    telegram_id: int
    first_name: str
    last_name: str
    username: str | None
    language_code: str
    note: str
    pinned: bool
    group: str = ""


def accounts() -> list[Account]:
    """Everyone of the 863 and the new teacher: the pinned ones first, then by organisation and name."""
    organisations = [organisation.title for organisation in words.organisations()]
    everyone = [_account(inhabitant, organisations) for inhabitant in inhabitants()]
    pinned = [account for account in everyone if account.pinned]
    others = [account for account in everyone if not account.pinned]
    places = {title: place for place, title in enumerate(organisations)}
    others.sort(key=lambda account: (places[account.group], account.last_name, account.first_name, account.telegram_id))
    return [*_newcomers(), *pinned, *others]


def _newcomers() -> list[Account]:
    return [
        Account(
            telegram_id=NEWCOMER_ID,
            first_name=player.first_name,
            last_name=player.last_name,
            username=player.username,
            language_code=player.language_code,
            note=player.note,
            pinned=True,
        )
        for player in words.players()
        if player.main is None
    ]


def _account(inhabitant: Inhabitant, organisations: list[str]) -> Account:
    surname, first_name, _ = inhabitant.full_name.split()
    player = inhabitant.player
    return Account(
        telegram_id=inhabitant.telegram_id,
        first_name=player.first_name or first_name if player else first_name,
        last_name=player.last_name or surname if player else surname,
        username=player.username if player else None,
        language_code=inhabitant.language,
        note=player.note if player else _note(inhabitant),
        pinned=player is not None,
        group=organisations[inhabitant.post.organisation],
    )


def _note(inhabitant: Inhabitant) -> str:
    """Position, subjects, and what they are appointed to."""
    called, networks = words.roles(), words.networks()
    facts = [inhabitant.post.position, ", ".join(inhabitant.subjects)]
    facts += [f"{called[role]}: {networks[network].title}" for network, role in inhabitant.roles.items()]
    return " · ".join(facts)
