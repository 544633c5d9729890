import anyio
import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from ui.guard import Guard


def ask(headers):
    """Send one request to a page behind the guard."""
    routes = [Route("/", lambda _: PlainTextResponse("page"), methods=["POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(Guard)])

    async def send():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7860") as client:
            return await client.post("/", headers=headers)

    return anyio.run(send)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:7860"},
        {"Host": "localhost:7860", "Origin": "http://localhost:7860"},
        {"Host": "[::1]:7860"},
    ],
)
def test_the_pages_own_requests_pass(headers):
    response = ask(headers)
    assert response.status_code == 200
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert response.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:7860", "Origin": "http://evil.example:7860"},
        {"Host": ""},
        {"Host": "[::1"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:8080"},
        {"Origin": "null"},
    ],
)
def test_other_names_and_other_pages_are_refused(headers):
    assert ask(headers).status_code == 403


def test_the_policy_names_no_other_host():
    policy = ask({}).headers["content-security-policy"]
    assert "http" not in policy
    assert "*" not in policy
