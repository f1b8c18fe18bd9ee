"""Getting updates: by long polling, or by a webhook."""

from __future__ import annotations

import re
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook

from sandbox.methods.registry import Context, serves
from sandbox.records import Json, Webhook
from sandbox.refusals import bad_request

LONGEST_POLL = 50
USUAL_CONNECTIONS = 40
MOST_CONNECTIONS = 100
WEBHOOK_PORTS = (443, 80, 88, 8443)
LONGEST_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]*")


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


@serves(SetWebhook)
def set_webhook(ctx: Context, method: SetWebhook) -> bool:
    """Post updates to an address from now on; an empty one is deleteWebhook (https://core.telegram.org/bots/api#setwebhook).

    The same webhook again changes nothing but the kinds of updates; another one begins with what waits, without the
    pauses of the former one's failures. Refuses addresses and secrets that Telegram refuses, except that plain HTTP
    and any port will do on loopback.
    """
    if not method.url:
        return _remove_webhook(ctx, drop=bool(method.drop_pending_updates))
    secret = method.secret_token or ""
    _check_address(method.url)
    if len(secret) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if method.drop_pending_updates:
        ctx.world.delivery.forget_pending(ctx.bot.id)
    connections = USUAL_CONNECTIONS if method.max_connections is None else method.max_connections
    webhook = Webhook(method.url, secret, min(max(connections, 1), MOST_CONNECTIONS))
    if _without_errors(ctx.bot.webhook) != webhook or method.drop_pending_updates:
        ctx.world.delivery.set_webhook(ctx.bot.id, webhook)
    ctx.world.delivery.choose(ctx.bot.id, method.allowed_updates)
    return True


@serves(DeleteWebhook)
def delete_webhook(ctx: Context, method: DeleteWebhook) -> bool:
    """Keep updates for getUpdates again; what waits stays, unless it is to be dropped."""
    return _remove_webhook(ctx, drop=bool(method.drop_pending_updates))


@serves(GetWebhookInfo)
def get_webhook_info(ctx: Context, method: GetWebhookInfo) -> Json:
    """The webhook, how many updates wait, and the last failure (https://core.telegram.org/bots/api#webhookinfo)."""
    waiting = len(ctx.world.delivery.pending(ctx.bot.id))
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": waiting}
    if ctx.bot.allowed_updates is not None:
        info["allowed_updates"] = list(ctx.bot.allowed_updates)
    webhook = ctx.bot.webhook
    if webhook is None:
        return info
    info |= {"url": webhook.url, "max_connections": webhook.max_connections}
    if webhook.last_error_date is not None:
        info |= {"last_error_date": webhook.last_error_date, "last_error_message": webhook.last_error_message}
    return info


def _remove_webhook(ctx: Context, *, drop: bool) -> bool:
    if drop:
        ctx.world.delivery.forget_pending(ctx.bot.id)
    if ctx.bot.webhook is not None:
        ctx.world.delivery.set_webhook(ctx.bot.id, None)
    return True


def _without_errors(webhook: Webhook | None) -> Webhook | None:
    return webhook and replace(webhook, last_error_date=None, last_error_message="")


def _check_address(url: str) -> None:
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:  # brackets that do not close, a port that is no number
        raise bad_request("invalid webhook URL specified") from None
    if address.scheme not in ("http", "https") or not address.hostname:
        raise bad_request("invalid webhook URL specified")
    if _is_loopback(address):
        return
    if address.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in (None, *WEBHOOK_PORTS):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    # This world posts nothing to the net: for it there are no other hosts.
    raise bad_request("bad webhook: Failed to resolve host: Name or service not known")


def _is_loopback(address: SplitResult) -> bool:
    host = address.hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
