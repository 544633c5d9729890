"""A chat model for any test that asks for one: a real client, and a server that plays the model."""

import pytest

import rag
from rag.chat import PROVIDERS
from tests.rag.chat.server import ChatServer


@pytest.fixture
def server(monkeypatch):
    """The server; what models refused in another test is forgotten, and no proxy stands between."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr("rag.chat.chat._without_schema", set())
    monkeypatch.setattr("rag.chat.chat._WAIT", 0.01)
    with ChatServer() as running:
        yield running


@pytest.fixture(params=PROVIDERS)
def provider(request):
    return request.param


@pytest.fixture
def settings(provider, server):
    """Settings for each provider's client, pointing at the server."""
    return rag.Settings(
        llm=f"{provider}:test", llm_base_url=server.base_url(provider), llm_api_key="sk-secret", llm_timeout=5
    )
