"""Networks for stories."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from models import (
    Found,
    JoinPolicy,
    Network,
    NetworkForm,
    NetworkSubject,
    Subject,
    Visibility,
)
from services import search
from tests.support.house import House


async def put_network(
    house: House,
    title: str,
    *,
    form: str = "Городское предметное объединение",
    parent: Network | None = None,
    subjects: tuple[str, ...] = (),
    policy: JoinPolicy = JoinPolicy.OPEN,
    visibility: Visibility = Visibility.EVERYONE,
    archived_at: datetime | None = None,
    young: bool = False,
    chat_url: str | None = None,
) -> Network:
    """A network as the administrator, the import or the coordinator would leave it."""
    async with house.db.write() as session:
        network = Network(
            title=title,
            form_id=(await session.scalars(select(NetworkForm.id).where(NetworkForm.title == form))).one(),
            parent_id=parent.id if parent else None,
            join_policy=policy,
            visibility=visibility,
            archived_at=archived_at,
            for_young_specialists=young,
            chat_url=chat_url,
            created_at=house.clock.now(),
        )
        session.add(network)
        await session.flush()
        for subject_id in await session.scalars(select(Subject.id).where(Subject.title.in_(subjects))):
            session.add(NetworkSubject(network_id=network.id, subject_id=subject_id))
        await search.index(session, Found.NETWORK, network.id, title)
    return network
