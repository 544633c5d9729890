from collections.abc import Iterator
from pathlib import Path

import pytest

import rag

ROOT = Path(__file__).parents[1]
SEED = ROOT / "seeds" / "000_6dea5b3e4e647803.txt"


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the machine's settings or touches its user's archive."""
    for name in rag.Settings.model_fields:
        monkeypatch.delenv(f"RAG_{name.upper()}", raising=False)
    monkeypatch.setenv("RAG_ARCHIVE", str(tmp_path / "default-archive"))
    monkeypatch.setenv("RAG_REPORT", str(tmp_path / "report"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[rag.Archive]:
    with rag.Archive.open(tmp_path / "archive") as opened:
        yield opened


@pytest.fixture
def seed() -> Path:
    return SEED
