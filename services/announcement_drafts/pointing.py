"""What drafts name in their audience, where no foreign key keeps it true."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import AnnouncementDraft, DraftState


async def repoint_organisation(session: AsyncSession, old_id: int, new_id: int | None) -> None:
    """An organisation is another one now, or none at all: the audiences of drafts say so, of templates and of what is scheduled too.

    A part that nobody is meant by any more goes. Whoever looks at such a draft has to look again before sending it: it is another
    version. What was sent stays as it was sent.
    """
    drafts = await session.scalars(
        select(AnnouncementDraft)
        .where(AnnouncementDraft.state != DraftState.SENT)
        .order_by(AnnouncementDraft.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for draft in drafts:
        if all(part.get("organisation_id") != old_id for part in draft.audience):
            continue
        audience = []
        for part in draft.audience:
            here = {**part, "organisation_id": new_id} if part.get("organisation_id") == old_id else part
            is_nobody = new_id is None and here is not part
            if not is_nobody and here not in audience:
                audience.append(here)
        draft.audience = audience
        draft.version += 1
    await session.flush()
