"""What the coordinators of the invented city have added to the cards of their networks, and who follows whose news."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from demo import words
from demo.plan import Inhabitant
from demo.products import stored
from demo.words import FollowedWords
from models import Network, NetworkDocument, NetworkFollower, NetworkStatus, Orientation
from services.copies import Copies

FOLLOWED_AFTER = timedelta(days=1)
"""So long after their registration people found whose news they want."""


async def add_cards(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    copies: Copies,
    now: datetime,
) -> None:
    """Complete the cards as of `now`; the documents go into `copies`."""
    for card in words.cards():
        network = await session.get_one(Network, network_ids[card.network])
        network.status = NetworkStatus(card.status)
        network.orientation = Orientation(card.orientation)
        network.chat_url = card.chat
    for document in words.documents():
        added_at = now - timedelta(days=document.days_ago)
        file = stored(document.paper, copies, created_at=added_at)
        session.add(file)
        await session.flush()
        title = document.paper.name.rpartition(".")[0]
        session.add(
            NetworkDocument(network_id=network_ids[document.network], file_id=file.id, title=title, added_at=added_at)
        )
    await session.flush()
    rows = [
        {
            "network_id": network_ids[followed.network],
            "person_id": person_ids[number],
            "followed_at": now - timedelta(days=people[number].registered_days_ago) + FOLLOWED_AFTER,
        }
        for followed in words.followed()
        for number in _followers(followed, people)
    ]
    await session.execute(insert(NetworkFollower), rows)


def _followers(followed: FollowedWords, people: Sequence[Inhabitant]) -> list[int]:
    """The players who are named, and some who are not in the network; all of them have been here for some days."""
    named = [number for number, one in enumerate(people) if one.player and one.player.key in followed.players]
    able = [
        number
        for number, one in enumerate(people)
        if one.player is None and followed.network not in one.joined and one.registered_days_ago > 2
    ]
    return [*named, *sorted(Random(f"the invented city: who follows {followed.network}").sample(able, followed.others))]
