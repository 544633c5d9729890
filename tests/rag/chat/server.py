"""A server on the loopback that speaks the three chat protocols and plays the part that a test gives it.

``Part`` says what the model does, in words that fit all three: the same part is played to the OpenAI, the Anthropic and
the Ollama client. What the clients sent is kept in ``requests``.
"""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Part:
    """What the model does.

    :param reply: the text it writes, in pieces of ``piece`` characters.
    :param status: an HTTP status other than 200 refuses the request.
    :param cut_after: pieces after which the stream ends; None sends them all.
    :param cut: ``abruptly`` closes the connection, ``cleanly`` ends the response as if all was said.
    :param error: an error that the stream reports after the pieces.
    :param hangs: sends headers and the pieces, then nothing more.
    :param finish: why the model stopped: ``stop``, ``length`` or ``refusal``.
    :param structured: what it writes where a schema is asked for; None: the same reply.
    :param refuses: an HTTP status that refuses requests with a schema.
    :param headers: of a refusal.
    :param usage: tokens in and out; the OpenAI protocol sends them only when asked to.
    :param pause: seconds between two pieces.
    :param reasoning: what it thinks, sent apart from its reply as each protocol does.
    """

    reply: str = ""
    piece: int = 7
    status: int = 200
    cut_after: int | None = None
    cut: str = "abruptly"
    error: str | None = None
    hangs: bool = False
    finish: str = "stop"
    structured: str | None = None
    refuses: int | None = None
    headers: Mapping[str, str] = field(default_factory=lambda: {"Retry-After-Ms": "1"})
    usage: tuple[int, int] = (9, 5)
    pause: float = 0.0
    reasoning: str = ""


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: dict

    @property
    def prompt(self) -> str:
        """Everything the model is told, system message and question."""
        told = [self.body.get("system", "")] + [message["content"] for message in self.body["messages"]]
        return "\n".join(part if isinstance(part, str) else json.dumps(part, ensure_ascii=False) for part in told)

    @property
    def schema(self) -> dict | None:
        """The JSON schema that is asked for."""
        openai = self.body.get("response_format", {}).get("json_schema", {}).get("schema")
        anthropic = self.body.get("output_config", {}).get("format", {}).get("schema")
        return openai or anthropic or self.body.get("format") or None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is part of the play."""


@dataclass
class ChatServer:
    """Use as a context manager; ``part`` may be changed between requests, ``script`` holds what is played before it."""

    part: Part = field(default_factory=Part)
    script: list[Part] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "ChatServer":
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.chat = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def base_url(self, provider: str) -> str:
        """The URL as a user would write it: OpenAI's ends in /v1."""
        return f"{self.address}/v1" if provider == "openai" else self.address


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.path, headers, body)
        chat = self.server.chat
        chat.requests.append(request)
        part = chat.script.pop(0) if chat.script else chat.part
        protocol = _PROTOCOLS.get(self.path)
        if protocol is None:
            self._refuse(404, "no such path", part)
        elif part.status != 200:
            self._refuse(part.status, "the server\nhas had enough", part)
        elif part.refuses is not None and request.schema is not None:
            self._refuse(part.refuses, "unknown parameter", part)
        else:
            self._play(part, protocol, request)

    def _play(self, part: Part, protocol, request: Request) -> None:
        self.send_response(200)
        kind = "application/x-ndjson" if protocol is _Ollama else "text/event-stream"
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        reply = part.reply if part.structured is None or request.schema is None else part.structured
        pieces = [reply[at : at + part.piece] for at in range(0, len(reply), part.piece)]
        for line in protocol.start():
            self._send(line)
        if part.reasoning:
            self._send(protocol.reasoning(part.reasoning))
        for piece in pieces[: part.cut_after]:
            time.sleep(part.pause)
            self._send(protocol.piece(piece))
        if part.hangs:
            self.server.chat.stopping.wait(20)
            self.close_connection = True
            return
        if part.error is not None:
            self._send(protocol.error(part.error))
        elif part.cut_after is None:
            for line in protocol.end(part.finish, part.usage, request):
                self._send(line)
        if part.cut_after is not None and part.cut == "abruptly":
            self.close_connection = True
        else:
            self.wfile.write(b"0\r\n\r\n")

    def _send(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _refuse(self, status: int, message: str, part: Part) -> None:
        error = message if self.path == "/api/chat" else {"type": "error", "message": message}
        data = json.dumps({"type": "error", "error": error}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        for name, value in part.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


class _OpenAI:
    @staticmethod
    def _event(delta: dict, finish: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        data = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "test", "choices": [choice]}
        return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"

    @classmethod
    def start(cls) -> Iterator[str]:
        yield ": a comment, as routers send to keep the connection\n\n"
        yield cls._event({"role": "assistant", "content": ""})

    @classmethod
    def piece(cls, text: str) -> str:
        return cls._event({"content": text})

    @classmethod
    def reasoning(cls, text: str) -> str:
        return cls._event({"reasoning_content": text})

    @classmethod
    def end(cls, finish: str, usage: tuple[int, int], request: Request) -> Iterator[str]:
        yield cls._event({}, {"refusal": "content_filter"}.get(finish, finish))
        if request.body.get("stream_options", {}).get("include_usage"):
            counted = {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}
            data = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "test", "choices": []}
            yield f"data: {json.dumps({**data, 'usage': counted})}\n\n"
        yield "data: [DONE]\n\n"

    @staticmethod
    def error(message: str) -> str:
        return f"data: {json.dumps({'error': {'message': message}})}\n\n"


class _Anthropic:
    @staticmethod
    def _event(kind: str, **data: object) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **data}, ensure_ascii=False)}\n\n"

    @classmethod
    def start(cls) -> Iterator[str]:
        usage = {"input_tokens": 1, "output_tokens": 1}
        message = {"id": "m1", "type": "message", "role": "assistant", "model": "test", "content": [], "usage": usage}
        yield cls._event("message_start", message={**message, "stop_reason": None, "stop_sequence": None})
        yield cls._event("content_block_start", index=0, content_block={"type": "text", "text": ""})
        yield cls._event("ping")

    @classmethod
    def piece(cls, text: str) -> str:
        return cls._event("content_block_delta", index=0, delta={"type": "text_delta", "text": text})

    @classmethod
    def reasoning(cls, text: str) -> str:
        thought = cls._event("content_block_start", index=1, content_block={"type": "thinking", "thinking": ""})
        thought += cls._event("content_block_delta", index=1, delta={"type": "thinking_delta", "thinking": text})
        return thought + cls._event("content_block_stop", index=1)

    @classmethod
    def end(cls, finish: str, usage: tuple[int, int], request: Request) -> Iterator[str]:
        reason = {"stop": "end_turn", "length": "max_tokens", "refusal": "refusal"}[finish]
        yield cls._event("content_block_stop", index=0)
        counted = {"input_tokens": usage[0], "output_tokens": usage[1]}
        yield cls._event("message_delta", delta={"stop_reason": reason, "stop_sequence": None}, usage=counted)
        yield cls._event("message_stop")

    @classmethod
    def error(cls, message: str) -> str:
        return cls._event("error", error={"type": "overloaded_error", "message": message})


class _Ollama:
    @staticmethod
    def _line(content: str, **more: object) -> str:
        message = {"role": "assistant", "content": content}
        data = {"model": "test", "created_at": "2024-11-08T00:00:00Z", "message": message, "done": False, **more}
        return json.dumps(data, ensure_ascii=False) + "\n"

    @classmethod
    def start(cls) -> Iterator[str]:
        yield cls._line("")

    @classmethod
    def piece(cls, text: str) -> str:
        return cls._line(text)

    @classmethod
    def reasoning(cls, text: str) -> str:
        message = {"role": "assistant", "content": "", "thinking": text}
        return cls._line("", message=message)

    @classmethod
    def end(cls, finish: str, usage: tuple[int, int], request: Request) -> Iterator[str]:
        yield cls._line("", done=True, done_reason=finish, prompt_eval_count=usage[0], eval_count=usage[1])

    @staticmethod
    def error(message: str) -> str:
        return json.dumps({"error": message}) + "\n"


_PROTOCOLS = {"/v1/chat/completions": _OpenAI, "/v1/messages": _Anthropic, "/api/chat": _Ollama}
