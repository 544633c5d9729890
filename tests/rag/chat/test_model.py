import builtins

import pytest

from rag import Settings
from rag.chat.model import PROVIDERS, load_model
from rag.errors import LanguageModelError

ADDRESS = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch):
    for provider in PROVIDERS.values():
        for name in (provider.key_variable, *provider.url_variables):
            if name is not None:
                monkeypatch.delenv(name, raising=False)


def load(**settings):
    return load_model(Settings(**settings))


class TestParameters:
    """What the clients made of the settings, read from the HTTP clients that they built."""

    def test_openai(self):
        model = load(llm="openai:test", llm_base_url=f"{ADDRESS}/v1", llm_api_key="k1", llm_timeout=7)
        assert str(model.root_client.base_url) == f"{ADDRESS}/v1/"
        assert model.root_client.api_key == "k1"
        assert model.root_client.timeout == 7
        assert model.root_client.max_retries == 0
        assert (model.model_name, model.temperature) == ("test", 0)

    def test_anthropic(self):
        model = load(llm="anthropic:test", llm_base_url=ADDRESS, llm_api_key="k1", llm_timeout=7)
        assert str(model._client.base_url).rstrip("/") == ADDRESS
        assert model._client.api_key == "k1"
        assert model._client.timeout == 7
        assert model._client.max_retries == 0

    def test_ollama(self):
        model = load(llm="ollama:llama3.2:3b", llm_base_url=ADDRESS, llm_api_key="k1", llm_timeout=7)
        client = model._client._client
        assert str(client.base_url).rstrip("/") == ADDRESS
        assert client.headers["authorization"] == "Bearer k1"
        assert client.timeout.read == client.timeout.connect == 7
        assert (model.model, model.num_ctx, model.temperature) == ("llama3.2:3b", 16_384, 0)

    @pytest.mark.parametrize("model", ["openai:o3", "openai:gpt-5", "anthropic:claude-sonnet-5-5"])
    def test_models_of_the_providers_keep_their_temperature(self, model):
        assert load(llm=model, llm_api_key="k1").temperature in (None, 1)

    @pytest.mark.parametrize("named", ["openai:test", "OpenAI:test", " openai : test "])
    def test_how_the_model_is_written(self, named):
        model = load(llm=named, llm_base_url=ADDRESS)
        assert model.model_name == "test"
        assert model.get_name() == named


class TestKeys:
    @pytest.mark.parametrize("provider", PROVIDERS)
    def test_a_server_of_ones_own_needs_none(self, provider):
        load(llm=f"{provider}:test", llm_base_url=ADDRESS)

    def test_that_of_the_provider_is_not_sent_to_another_server(self, monkeypatch):
        monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
        assert load(llm="openai:test", llm_base_url=ADDRESS).root_client.api_key == "none"

    def test_that_of_the_provider_is_taken_for_the_provider(self, monkeypatch):
        monkeypatch.setenv("OPENAI_API_KEY", "sk-1")
        monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-2")
        assert load(llm="openai:test").root_client.api_key == "sk-1"
        assert load(llm="anthropic:test")._client.api_key == "sk-2"

    def test_a_server_in_the_providers_own_variable_needs_none(self, monkeypatch):
        monkeypatch.setenv("OPENAI_BASE_URL", f"{ADDRESS}/v1")
        assert str(load(llm="openai:test").root_client.base_url) == f"{ADDRESS}/v1/"

    @pytest.mark.parametrize("provider", ["openai", "anthropic"])
    @pytest.mark.parametrize("key", [None, " "])
    def test_missing(self, provider, key):
        with pytest.raises(LanguageModelError, match=rf"needs a key.*RAG_LLM_API_KEY or {provider.upper()}_API_KEY"):
            load(llm=f"{provider}:test", llm_api_key=key)


class TestErrors:
    @pytest.mark.parametrize("named", ["", "gpt-5", "openai", "openai:", ":test", "mistral:large", "bedrock:x"])
    def test_no_chat_model(self, named):
        with pytest.raises(LanguageModelError, match=r"openai:MODEL, anthropic:MODEL, ollama:MODEL") as caught:
            load(llm=named)
        assert repr(named) in str(caught.value)

    @pytest.mark.parametrize("provider", PROVIDERS)
    @pytest.mark.parametrize("url", ["localhost:1234", "ftp://host", "//host"])
    def test_no_url(self, provider, url):
        with pytest.raises(LanguageModelError, match=rf"RAG_LLM_BASE_URL='{url}' must start with http:// or https://"):
            load(llm=f"{provider}:test", llm_base_url=url)

    @pytest.mark.parametrize("provider", PROVIDERS)
    def test_missing_package(self, provider, monkeypatch):
        import importlib

        real = importlib.import_module

        def import_module(name, package=None):
            if name.startswith(("langchain_openai", "langchain_anthropic", "langchain_ollama", "langchain_community")):
                raise ImportError(name)
            return real(name, package)

        from langchain.chat_models import base

        base._get_chat_model_creator.cache_clear()
        monkeypatch.setattr(importlib, "import_module", import_module)
        with pytest.raises(LanguageModelError, match=rf"pip install 'newsrag\[{provider}\]'"):
            load(llm=f"{provider}:test", llm_base_url=ADDRESS)

    def test_missing_langchain(self, monkeypatch):
        real = builtins.__import__

        def no_langchain(name, *args, **kwargs):
            if name == "langchain.chat_models":
                raise ImportError(name)
            return real(name, *args, **kwargs)

        monkeypatch.setattr(builtins, "__import__", no_langchain)
        with pytest.raises(LanguageModelError, match="needs a package that is missing"):
            load(llm="openai:test", llm_base_url=ADDRESS)

    @pytest.mark.parametrize("provider", ["openai", "anthropic"])
    def test_what_the_client_refuses_is_one_line_without_the_key(self, provider, monkeypatch):
        monkeypatch.setattr("rag.chat.model._RETRIES", "many")
        with pytest.raises(LanguageModelError, match="cannot be used: ") as caught:
            load(llm=f"{provider}:test", llm_base_url=ADDRESS, llm_api_key="sk-secret")
        assert "\n" not in str(caught.value)
        assert "secret" not in str(caught.value)
