"""Which networks a person sees: the condition that every list, card and deed asks for."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import aliased

from models import Appointment, Membership, MembershipState, Network, Person, Role, Visibility
from services import policy


def is_member(actor: Person, network: type[Network] = Network) -> ColumnElement[bool]:
    """The condition that the actor is a member of the network."""
    return network.id.in_(_joined(actor))


def _joined(actor: Person) -> Select[int]:
    """The networks of which the actor is a member; depends on nothing outside, so the database finds it once a query."""
    return select(Membership.network_id).where(
        Membership.person_id == actor.id, Membership.state == MembershipState.MEMBER
    )


def visible(actor: Person, network: type[Network] = Network) -> ColumnElement[bool]:
    """The condition that the actor sees the network: what it shows to such as them, the own ones, those they coordinate.

    The administrator sees all.
    """
    if policy.may_administer(actor):
        return network.id.is_not(None)
    shown = [Visibility.EVERYONE]
    if policy.is_registered(actor):
        shown.append(Visibility.REGISTERED)
    return or_(
        network.visibility.in_(shown),
        is_member(actor, network),
        (network.visibility == Visibility.PARENT) & network.parent_id.in_(_joined(actor)),
        network.id.in_(coordinated(actor)),
    )


def coordinated(actor: Person) -> Select[tuple[int]]:
    """The networks of the branches that the actor coordinates; depends on nothing outside, so the database finds it once a query."""
    own = select(Appointment.network_id).where(Appointment.person_id == actor.id, *policy.standing(Role.COORDINATOR))
    root, child = aliased(Network), aliased(Network)
    down = select(root.id).where(root.id.in_(own)).cte(recursive=True)
    down = down.union(select(child.id).where(child.parent_id == down.c.id))
    return select(down.c.id)
