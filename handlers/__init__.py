"""Somebody did something. Routers are asked in this order; the first that wants an update serves it."""

from aiogram import Router

from handlers import dialogs, events, freetext, groups, networks, organisations, profile, roles, start, strangers

ORDER = (
    groups.router,
    start.router,
    dialogs.router,
    strangers.router,
    networks.router,
    profile.router,
    organisations.router,
    roles.router,
    events.router,
    freetext.router,
)


def routers() -> tuple[Router, ...]:
    """All routers in their order."""
    return ORDER
