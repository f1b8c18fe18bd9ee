"""Getting updates by long polling, and the webhook that is not there."""

from __future__ import annotations

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo

from sandbox.methods.registry import Context, serves
from sandbox.records import Json

LONGEST_POLL = 50


@serves(GetUpdates)
async def get_updates(ctx: Context, method: GetUpdates) -> list[Json]:
    """Give 1 to 100 waiting updates; a later offset confirms them (https://core.telegram.org/bots/api#getupdates)."""
    return await ctx.world.delivery.poll(
        ctx.bot,
        offset=method.offset or 0,
        limit=min(max(method.limit or 100, 1), 100),
        seconds=min(max(method.timeout or 0, 0), LONGEST_POLL),
        allowed=method.allowed_updates,
    )


@serves(DeleteWebhook)
def delete_webhook(ctx: Context, method: DeleteWebhook) -> bool:
    """There is no webhook to delete; waiting updates are dropped if that is asked."""
    if method.drop_pending_updates:
        ctx.world.delivery.forget_pending(ctx.bot.id)
    return True


@serves(GetWebhookInfo)
def get_webhook_info(ctx: Context, method: GetWebhookInfo) -> Json:
    """No webhook; how many updates wait."""
    waiting = len(ctx.world.delivery.pending(ctx.bot.id))
    return {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}
