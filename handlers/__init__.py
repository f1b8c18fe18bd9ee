"""Somebody did something. Routers are asked in this order; the first that wants an update serves it."""

from aiogram import Router

from handlers import (
    agreements,
    announcements,
    consultations,
    dialogs,
    events,
    freetext,
    groups,
    invitations,
    joining,
    networks,
    organisations,
    products,
    profile,
    roles,
    start,
    strangers,
)

ORDER = (
    groups.router,
    start.router,
    consultations.replies,
    dialogs.router,
    strangers.router,
    networks.router,
    joining.router,
    agreements.router,
    invitations.router,
    profile.router,
    organisations.router,
    roles.router,
    consultations.router,
    events.router,
    products.router,
    announcements.router,
    freetext.router,
)


def routers() -> tuple[Router, ...]:
    """All routers in their order."""
    return ORDER
