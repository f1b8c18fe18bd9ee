"""Inline mode: what people type after `@bot ` in any chat (https://core.telegram.org/bots/api#inline-mode)."""

from __future__ import annotations

from sandbox import wire
from sandbox.clock import real_seconds
from sandbox.deeds import Impossible
from sandbox.records import InlineAnswer, InlineQuery, StoredUpdate
from sandbox.world import World

LONGEST_QUERY = 256
KEPT_QUERIES = 1_000


def ask(
    world: World, bot_id: int, person_id: int, text: str, offset: str = ""
) -> tuple[InlineQuery, list[StoredUpdate]]:
    """Type `@bot text`. While an answer to the same words is kept, Telegram gives it by itself and the bot hears nothing.

    Raises Impossible for a bot without inline mode and for people who deleted their account.
    """
    person, bot = world.state.people[person_id], world.state.bots[bot_id]
    if not bot.inline:
        raise Impossible(f"@{bot.username} has no inline mode")
    if person.deactivated:
        raise Impossible(f"{person.first_name} has deleted the account")
    query = text[:LONGEST_QUERY]
    kept = _kept(world, bot_id, person_id, query, offset)
    asked = world.state.inline_queries.put(
        InlineQuery(
            id=str(5_000_000_000_000_000_000 + world.state.next_number("inline")),
            bot_id=bot_id,
            person_id=person_id,
            query=query,
            offset=offset,
            asked_at=real_seconds(),
            answer=kept,
        )
    )
    for old in list(world.state.inline_queries)[:-KEPT_QUERIES]:
        world.state.inline_queries.drop(old.id)
    if kept is not None:
        return asked, []
    body = {"id": asked.id, "from": wire.person_user(person), "query": query, "offset": offset}
    update = world.delivery.enqueue(bot_id, "inline_query", body)
    return asked, [] if update is None else [update]


def _kept(world: World, bot_id: int, person_id: int, query: str, offset: str) -> InlineAnswer | None:
    """The answer that Telegram keeps for these words: everybody's, or this person's own."""
    now = real_seconds()
    for one in world.state.inline_queries:
        answer = one.answer
        if answer is None or answer.cached_until <= now or (answer.is_personal and one.person_id != person_id):
            continue
        if (one.bot_id, one.query, one.offset) == (bot_id, query, offset):
            return answer
    return None
