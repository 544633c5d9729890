"""Any sentence-transformers model may take the bundled encoder's place; here one made by hand, with prompts."""

from pathlib import Path

import numpy as np
import pytest

import rag
from rag.encoders import BUNDLED
from rag.errors import EncoderError


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(str(BUNDLED), device="cpu", local_files_only=True)
    loaded.prompts = {"query": "question: ", "document": "passage: "}
    folder = tmp_path_factory.mktemp("other-model")
    loaded.save(str(folder))
    return folder


class TestTransformerEncoder:
    def test_uses_the_models_own_prompts(self, model):
        from rag.encoders.transformer import TransformerEncoder

        encoder = TransformerEncoder(str(model))
        query, passage = encoder.encode_queries(["ferry"])[0], encoder.encode_passages(["ferry"])[0]
        assert np.linalg.norm(query) == pytest.approx(1, abs=1e-3)
        assert query @ passage < 0.999
        assert encoder.fingerprint["encoder"] == str(model)
        assert "question: " in str(encoder.fingerprint["prompts"])

    def test_archive_works_with_it_and_refuses_the_other(self, tmp_path, model, seed):
        settings = rag.Settings(encoder=str(model))
        with rag.Archive.open(tmp_path / "archive", settings) as archive:
            archive.add(seed)
            assert archive.status().indexed_with["encoder"] == str(model)
            assert "Putin" in " ".join(
                hit.passage.text for hit in archive.search("Telefongespräche mit Putin", limit=2)
            )
            assert archive.ask("Hat Musk mit Putin telefoniert?").answered
        with rag.Archive.open(tmp_path / "archive", rag.Settings()) as archive:
            with pytest.raises(EncoderError, match=r"other settings.*rag rebuild"):
                archive.search("Putin")
            archive.rebuild()
            assert archive.ask("Did Musk talk to Putin?").answered

    def test_unknown_model_names_value_and_remedy(self, tmp_path, monkeypatch):
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with rag.Archive.open(tmp_path, rag.Settings(encoder=str(tmp_path / "nothing"))) as archive:
            with pytest.raises(EncoderError, match=r"RAG_ENCODER=.*nothing.*unset RAG_ENCODER"):
                archive.add(rag.Article("a1", "One word."))
            assert archive.list() == []
