"""What the server refuses: other hosts' names, other pages' requests, and anything loaded from another machine.

The page has no password because only this machine reaches it. But a web page that the user has open in another tab can
reach it too: by posting to it, or by making its own name resolve to 127.0.0.1 (DNS rebinding). Both are turned away
here. The content security policy makes the browser itself refuse every request to another host, whatever an article
contains.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # Gradio compiles the templates of its HTML component
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """ASGI middleware that answers only this machine's own pages and adds :data:`HEADERS` to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse with 403, or hand on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        origin = headers.get("origin")
        if _name(f"//{host}") not in LOCAL_NAMES or (origin is not None and urlsplit(origin).netloc != host):
            refusal = PlainTextResponse("This page answers only requests that come from itself.", status_code=403)
            await refusal(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self.app(scope, receive, with_headers)


def _name(url: str) -> str | None:
    """Return the host's name without port, or None where there is none that can be read."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
