"""The server itself: whom it serves, and raw requests as other clients than aiogram send them."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession, FormData

from sandbox import World
from sandbox.server import serve
from tests.sandbox.conftest import House, Page


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "[::1]:80"}, 200),
        ({"Host": "city.local"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
async def test_strangers_are_not_served(world: World, headers: dict[str, str], status: int) -> None:
    server = await serve(world, names=["city.local"])
    async with (
        ClientSession(headers=headers) as session,
        session.post(f"{server.url}/control/people", json={"first_name": "А"}) as response,
    ):
        assert response.status == status
    await server.close()
    assert len(world.state.people) == (status == 200)


async def test_the_pages_own_origin_is_served(page: Page) -> None:
    own = {"Origin": page.url}
    async with page.session.post(f"{page.url}/control/people", json={"first_name": "А"}, headers=own) as response:
        assert response.status == 200


async def test_raw_requests_to_the_bot_api(page: Page, http: House) -> None:
    url = f"{page.url}/bot{http.token}"
    chat = str(http.anna.id)
    async with page.session.post(f"{url}/SENDMESSAGE", json={"chat_id": http.anna.id, "text": "json"}) as response:
        assert (await response.json())["result"]["text"] == "json"
    async with page.session.post(f"{url}/sendMessage", data={"chat_id": chat, "text": "5"}) as response:
        assert (await response.json())["result"]["text"] == "5"
    form = FormData()
    form.add_field("chat_id", chat)
    form.add_field("document", b"x", filename="x.txt")
    async with page.session.post(f"{url}/sendDocument", data=form) as response:
        assert (await response.json())["result"]["document"]["file_name"] == "x.txt"
    for data, words in (
        ({"chat_id": chat}, "Bad Request: message text is empty"),
        ({"text": "а"}, "Bad Request: chat_id is empty"),
        ({"chat_id": chat, "text": "а", "reply_markup": "{"}, "Bad Request: object expected as reply markup"),
    ):
        async with page.session.post(f"{url}/sendMessage", data=data) as response:
            body = await response.json()
            assert (response.status, body["error_code"], body["description"]) == (400, 400, words)
    async with page.session.post(f"{url}/getMe", data=b"{", headers={"Content-Type": "application/json"}) as response:
        assert (await response.json())["description"] == "Bad Request: can't parse JSON object"
    for path in (f"/bot{http.token}", "/bot", "/file/x", f"/bot{http.token}/getMe/x"):
        async with page.session.get(page.url + path) as response:
            assert (response.status, (await response.json())["description"]) == (404, "Not Found")
