"""All settings in one tree: keyword arguments, then ``RAG_*`` variables, then ``rag.toml``, then defaults."""

import tomllib
from pathlib import Path
from typing import Any, Literal

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from rag.errors import SettingsError


class Settings(BaseSettings):
    """What can be set. Each field is ``RAG_<FIELD>`` in the environment and ``<field>`` in ``rag.toml``.

    :raises SettingsError: a value cannot be used, or ``rag.toml`` has a field that does not exist.
    """

    model_config = SettingsConfigDict(
        env_prefix="RAG_", toml_file="rag.toml", extra="forbid", frozen=True, env_ignore_empty=True
    )

    archive: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("newsrag", appauthor=False)) / "archive",
        description="Folder of the archive that the command line and the page open.",
    )
    report: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("newsrag", appauthor=False)) / "evaluation",
        description="Folder of the evaluation report that the page shows; `make eval` writes it.",
    )
    encoder: str | None = Field(
        default=None,
        description="Name or path of a sentence-transformers model; unset: the bundled static multilingual encoder.",
    )
    encoder_backend: Literal["torch", "onnx", "openvino"] = Field(
        default="torch", description="What runs the model of RAG_ENCODER; onnx and openvino do without torch."
    )
    encoder_file: str | None = Field(
        default=None,
        description="The model's file for onnx or openvino, such as a quantised one; unset: the one in full precision.",
    )
    encoder_query_prompt: str | None = Field(
        default=None, description="Written before a question for the model of RAG_ENCODER; unset: the model's own."
    )
    encoder_passage_prompt: str | None = Field(
        default=None, description="Written before a passage for the model of RAG_ENCODER; unset: the model's own."
    )
    passage_chars: int = Field(
        default=800,
        ge=100,
        le=10_000,
        description="A passage takes whole sentences up to this many characters. Changing it needs `rag rebuild`.",
    )
    max_article_mb: int = Field(
        default=10, ge=1, description="One article's text may have this many megabytes; more is refused with a reason."
    )
    max_file_mb: int = Field(
        default=200, ge=1, description="A file may have, and a document may unpack to, this many megabytes."
    )
    candidates: int = Field(default=100, ge=1, le=1000, description="Passages that each search leg may propose.")
    llm: str | None = Field(
        default=None,
        description="Chat model as provider:model (openai:…, anthropic:…, ollama:…); unset: answers are quotes.",
    )
    llm_base_url: str | None = Field(
        default=None, description="Base URL of the chat model's server, for OpenAI-compatible and Ollama servers."
    )
    llm_api_key: SecretStr | None = Field(
        default=None,
        description="Key for the chat model; unset: OPENAI_API_KEY and the like, unless a base URL is set.",
    )
    llm_timeout: float = Field(default=60.0, gt=0, description="Seconds to wait for the chat model.")
    llm_context: int | None = Field(
        default=None,
        ge=1024,
        description="Tokens that the chat model can be given; unset: what is known of the model, else 8,192.",
    )
    llm_price_input: float | None = Field(
        default=None,
        ge=0,
        description="US dollars for a million tokens that the chat model reads; unset: no cost shown.",
    )
    llm_price_output: float | None = Field(
        default=None, ge=0, description="US dollars for a million tokens that the chat model writes."
    )

    verifier: str | None = Field(
        default=None,
        description="What judges statements: unset: the bundled encoder; llm: the chat model; else the name or path of "
        "a cross-encoder for natural language inference.",
    )
    on_unsupported: Literal["flag", "drop"] = Field(
        default="flag", description="What becomes of a statement that its source does not support or contradicts."
    )

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - pydantic validates them
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise SettingsError(_one_line(error)) from error
        except tomllib.TOMLDecodeError as error:
            raise SettingsError(f"rag.toml is not valid TOML: {error}. Mend it, or remove it.") from error
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"rag.toml cannot be read: {error}. Mend it, or remove it.") from error

    @field_validator("archive", "report")
    @classmethod
    def _expand_home(cls, value: Path) -> Path:
        return value.expanduser()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take keyword arguments before the environment before ``rag.toml``; read no ``.env`` and no secret files."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def _one_line(error: ValidationError) -> str:
    """Say what is wrong with the first bad field, what was given and which fields exist."""
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"Unknown setting {field!r}. Settings are: {', '.join(sorted(Settings.model_fields))}."
    return f"Setting {field!r} (RAG_{field.upper()}) has the value {first['input']!r}: {first['msg']}."
