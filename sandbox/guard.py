"""Who may speak to the server: a developer's own tools and pages, not the pages of the world.

A page from elsewhere can make a browser send requests to loopback, by a name that is made to resolve to 127.0.0.1 (DNS
rebinding) or by a plain cross-origin form. The first betrays itself by the Host header, the second by Origin.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
    " media-src 'self' blob:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)


def host_name(header: str) -> str:
    """The name of a Host header, without port and brackets."""
    return (urlsplit(f"//{header}").hostname or "").rstrip(".")


def is_own(header: str, own: frozenset[str], local_address: str | None) -> bool:
    """Whether a Host header names loopback, the address the request really came to, or a name given at the start."""
    try:
        name = host_name(header)
    except ValueError:
        return False
    if name in own or name == "localhost":
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or name == local_address


def guard(own: frozenset[str]) -> Middleware:
    """A middleware which answers 403 to strange hosts and to writes from strange origins."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        host = request.headers.get("Host", "")
        sockname = request.transport.get_extra_info("sockname") if request.transport is not None else None
        if not is_own(host, own, sockname[0] if sockname else None):
            return web.json_response({"error": "this host name is not served here"}, status=403)
        origin = request.headers.get("Origin")
        if origin is not None and request.method not in ("GET", "HEAD") and urlsplit(origin).netloc != host:
            return web.json_response({"error": "requests from other sites are not served"}, status=403)
        response = await handler(request)
        if not response.prepared:
            response.headers.setdefault("X-Content-Type-Options", "nosniff")
            response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
        return response

    return check
