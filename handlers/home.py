"""The first screen of whoever asks: the menu, the unfinished form, or the welcome."""

from __future__ import annotations

from dataclasses import replace

import screens.menu
import screens.registration
from models import Database, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import consultations, dialogs, networks, persons, policy, roles
from services.errors import DomainError


async def draw_home(db: Database, person: Person, t: L10n) -> Screen:
    """Where `person` begins: registered people get the menu, others what they need to become so."""
    async with db.read() as session:
        waiting = await dialogs.waiting(session, person)
        if not policy.is_registered(person):
            if await persons.standing_consent(session, person) is None:
                return screens.registration.welcome(t)
            return screens.registration.unfinished_form(t, waiting)
        if persons.must_consent_again(person):
            return screens.registration.consent_again(t)
        joined = await networks.count_joined(session, person)
        has = await roles.of(session, person)
        asked_and_answered = await consultations.counts(session, person)
    return screens.menu.main_menu(
        t,
        person,
        roles=has,
        waiting=waiting,
        networks=joined,
        consultations=asked_and_answered,
    )


async def draw_over(refusal: DomainError, *, db: Database, person: Person, t: L10n) -> Screen:
    """The first screen for whoever pressed a button whose deed is no more, with the reason."""
    return replace(await draw_home(db, person, t), toast=t.plain(refusal.key, **refusal.values))
