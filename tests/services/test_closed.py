"""A closed network is only read: every deed that would change something in it is refused, to whoever might do it before."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Database,
    DraftWish,
    EventKind,
    InvitationSort,
    InvitationTarget,
    JoinPolicy,
    Person,
    ProductKind,
    Visibility,
)
from services import (
    agreements,
    announced,
    announcement_drafts,
    announcements,
    applications,
    consultations,
    doors,
    events,
    invitations,
    memberships,
    networks,
    products,
    roles,
    tree,
)
from services.audiences import Part
from services.errors import DomainError, NetworkArchived
from tests.support.cascade import STORY, ZONE, Busy, close, make_busy
from tests.support.people import NOW

PIECES: dict[str, Any] = {"texts": [{"text": "Ура", "html": "Ура"}], "files": [], "message_ids": [1]}

Deed = Callable[[AsyncSession, Busy, dict[str, int]], Awaitable[Any]]


def _by(name: str, busy: Busy) -> Person:
    return busy.place.people[name]


CHANGES: dict[str, Deed] = {
    "join": lambda s, b, k: networks.join(s, _by("top", b), b.place.child.id, now=STORY),
    "apply": lambda s, b, k: applications.apply(s, _by("top", b), b.place.network.id, agreed=None, now=STORY, zone=UTC),
    "approve": lambda s, b, k: applications.approve(s, _by("this", b), b.application.id, now=STORY),
    "approve all": lambda s, b, k: applications.approve_all(s, _by("this", b), b.place.network.id, 10**9, now=STORY),
    "remove a member": lambda s, b, k: memberships.remove(
        s, _by("this", b), b.place.network.id, _by("member", b).id, reason="Пора", now=STORY
    ),
    "set the policy": lambda s, b, k: doors.set_join_policy(
        s, _by("this", b), b.place.network.id, JoinPolicy.OPEN, now=STORY
    ),
    "set the visibility": lambda s, b, k: doors.set_visibility(
        s, _by("this", b), b.place.network.id, Visibility.MEMBERS, now=STORY
    ),
    "publish an agreement": lambda s, b, k: agreements.publish(
        s, _by("this", b), b.place.network.id, text="Мы", now=STORY
    ),
    "accept an agreement": lambda s, b, k: agreements.accept(s, _by("member", b), b.place.network.id, 1, now=STORY),
    "invite members": lambda s, b, k: invitations.make(
        s, _by("this", b), InvitationTarget.NETWORK, b.place.network.id, InvitationSort.ONE, now=STORY
    ),
    "invite experts": lambda s, b, k: invitations.make(
        s, _by("this", b), InvitationTarget.EXPERT, b.topic.id, InvitationSort.ONE, now=STORY
    ),
    "invite coordinators": lambda s, b, k: invitations.make(
        s, _by("administrator", b), InvitationTarget.COORDINATOR, b.place.network.id, InvitationSort.ONE, now=STORY
    ),
    "appoint a coordinator": lambda s, b, k: roles.appoint_coordinator(
        s, _by("administrator", b), _by("member", b).id, b.place.network.id, order_number=None, now=STORY
    ),
    "appoint an expert": lambda s, b, k: roles.appoint_expert(
        s, _by("this", b), _by("member", b).id, b.topic.id, now=STORY
    ),
    "open a topic": lambda s, b, k: roles.create_topic(
        s, _by("administrator", b), title="Ещё тема", network_id=b.place.network.id, subject_id=None, now=STORY
    ),
    "create an event": lambda s, b, k: events.create(
        s,
        _by("this", b),
        network_id=b.place.network.id,
        kind=EventKind.WEBINAR,
        title="Ещё",
        starts_at=STORY + timedelta(days=1),
        place="Онлайн",
        seats=None,
        now=STORY,
    ),
    "move an event": lambda s, b, k: events.move(
        s, _by("this", b), b.event.id, starts_at=STORY + timedelta(days=2), now=STORY
    ),
    "rename an event": lambda s, b, k: events.entitle(s, _by("this", b), b.event.id, title="Иначе", now=STORY),
    "tell of an event": lambda s, b, k: events.invite_members(s, _by("this", b), b.event.id, now=STORY),
    "call an event off": lambda s, b, k: events.call_off(s, _by("this", b), b.event.id, reason="Нет", now=STORY),
    "sign up": lambda s, b, k: events.sign_up(s, _by("this", b), b.event.id, now=STORY),
    "hand in": lambda s, b, k: products.hand_in(
        s,
        _by("member", b),
        products.Draft(
            kind=ProductKind.LESSON, title="Ещё", annotation="О том же", network_id=b.place.network.id, files=[]
        ),
        now=STORY,
    ),
    "publish a work": lambda s, b, k: products.publish(s, _by("this", b), b.product.id, 1, now=STORY),
    "return a work": lambda s, b, k: products.send_back(s, _by("this", b), b.product.id, 1, remark="Нет", now=STORY),
    "announce": lambda s, b, k: announcements.announce(
        s,
        _by("this", b),
        b.place.network.id,
        with_branch=False,
        texts=[{"text": "Ура", "html": "Ура"}],
        said_files=[],
        now=STORY,
    ),
    "begin an announcement": lambda s, b, k: announcement_drafts.begin(
        s, _by("this", b), b.place.network.id, pieces=PIECES, now=STORY
    ),
    "change an announcement": lambda s, b, k: announcement_drafts.grant(
        s, _by("this", b), k["draft"], DraftWish.URGENT, now=STORY
    ),
    "send an announcement": lambda s, b, k: announcement_drafts.send(
        s, _by("this", b), k["draft"], version=1, zone=ZONE, now=STORY
    ),
    "correct an announcement": lambda s, b, k: announced.correct(
        s, _by("this", b), k["sent"], texts=[{"text": "Нет", "html": "Нет"}], now=STORY
    ),
    "remind of an announcement": lambda s, b, k: announced.remind(s, _by("this", b), k["sent"], zone=ZONE, now=STORY),
    "create below": lambda s, b, k: tree.require_founder(s, _by("this", b), b.place.network.id),
    "move": lambda s, b, k: tree.move(s, _by("parent", b), b.place.network.id, b.place.top.id, now=STORY),
    "move below": lambda s, b, k: tree.move(s, _by("top", b), b.place.sibling.id, b.place.network.id, now=STORY),
    "put the end off": lambda s, b, k: tree.change_end(
        s, _by("this", b), b.place.network.id, STORY.date(), zone=ZONE, now=STORY
    ),
}
"""Whatever changes something in a network, by somebody who may do it while it is open."""


async def _put_words(db: Database, busy: Busy) -> dict[str, int]:
    """A draft, an announcement that was sent, an agreement."""
    coordinator, network_id = busy.place.people["this"], busy.place.network.id
    async with db.write() as session:
        begun = await announcement_drafts.begin(session, coordinator, network_id, pieces=PIECES, now=NOW)
        await agreements.publish(session, coordinator, network_id, text="Мы", now=NOW)
        sent = await announcements.publish(
            session,
            coordinator,
            network_id,
            audience=[Part(network_id=network_id)],
            texts=PIECES["texts"],
            starts_at=NOW,
            now=NOW,
        )
    return {"draft": begun.draft.id, "sent": sent.id}


class _Undone(Exception):
    """Takes the transaction back: the next deed finds everything as it was."""


async def _closed_for(db: Database, busy: Busy, things: dict[str, int]) -> set[str]:
    """The deeds that are refused because the network is closed."""
    refused = set()
    for name, deed in CHANGES.items():
        with suppress(_Undone):
            async with db.write() as session:
                try:
                    await deed(session, busy, things)
                except NetworkArchived:
                    refused.add(name)
                except DomainError:
                    pass
                raise _Undone
    return refused


async def test_a_closed_network_is_only_read(each_db: Database) -> None:
    """By whoever may do it while it is open: then nothing is refused so."""
    busy = await make_busy(each_db)
    things = await _put_words(each_db, busy)
    assert await _closed_for(each_db, busy, things) == set()
    await close(each_db, busy.place.people["this"], busy.place.network)
    assert await _closed_for(each_db, busy, things) == set(CHANGES)


async def test_what_stays_possible(db: Database) -> None:
    """One leaves freely, and throws an unsent announcement away; nobody comes in or asks there any more."""
    busy = await make_busy(db)
    place, member, asker = busy.place, busy.place.people["member"], busy.place.people["top"]
    things = await _put_words(db, busy)
    async with db.write() as session:
        offers = [
            await invitations.make(session, place.people["this"], target, target_id, InvitationSort.ONE, now=NOW)
            for target, target_id in (
                (InvitationTarget.NETWORK, place.network.id),
                (InvitationTarget.EXPERT, busy.topic.id),
            )
        ]
        assert await consultations.can_ask(session, asker)
    await close(db, place.people["this"], place.network)
    async with db.write() as session:
        for offer in offers:
            assert await invitations.open_link(session, asker, offer.invitation.token, now=STORY) is None
        assert not await consultations.can_ask(session, asker)
        await announcement_drafts.delete_draft(session, place.people["this"], things["draft"], now=STORY)
        card = await networks.leave(session, member, place.network.id, now=STORY)
        assert card is not None
        assert not card.is_member
