"""Somebody did something. Routers are asked in this order; the first that wants an update serves it."""

from aiogram import Router

from handlers import (
    acknowledgements,
    agreements,
    announced,
    announcement_drafts,
    announcements,
    cards,
    consultations,
    delivery,
    dialogs,
    events,
    forms,
    freetext,
    groups,
    invitations,
    joining,
    networks,
    organisation_cards,
    organisations,
    participations,
    phones,
    products,
    profile,
    registry,
    roles,
    settings,
    start,
    strangers,
    team,
    tree,
)

ORDER = (
    groups.router,
    start.router,
    settings.router,
    phones.router,
    consultations.replies,
    dialogs.router,
    strangers.router,
    networks.router,
    cards.router,
    joining.router,
    tree.router,
    agreements.router,
    invitations.router,
    profile.router,
    organisations.router,
    organisation_cards.router,
    participations.router,
    forms.router,
    registry.router,
    roles.router,
    team.router,
    consultations.router,
    events.router,
    products.router,
    announcements.router,
    announcement_drafts.router,
    announced.router,
    acknowledgements.router,
    delivery.router,
    freetext.router,
)


def routers() -> tuple[Router, ...]:
    """All routers in their order."""
    return ORDER
