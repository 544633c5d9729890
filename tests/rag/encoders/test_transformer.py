"""Any sentence-transformers model may take the bundled encoder's place; here tiny ones made by hand."""

import logging
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import rag
from rag.encoders import BUNDLED, load_encoder
from rag.encoders.transformer import TransformerEncoder
from rag.errors import EncoderError, SettingsError

TEXTS = ["Musk telefonierte mit Putin.", "a", "", "Die Ukraine und Starlink im Krieg. " * 4]


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    """The bundled model with prompts, as another model's folder."""
    from sentence_transformers import SentenceTransformer

    loaded = SentenceTransformer(str(BUNDLED), device="cpu", local_files_only=True)
    loaded.prompts = {"query": "question: ", "document": "passage: "}
    folder = tmp_path_factory.mktemp("other-model")
    loaded.save(str(folder))
    return folder


@pytest.fixture(scope="module")
def vocabulary() -> str:
    return (Path(__file__).parents[3] / "seeds" / "000_6dea5b3e4e647803.txt").read_text(encoding="utf-8")


def make_bert(folder: Path, vocabulary: str, pooling: str = "mean", limit: int = 64) -> Path:
    """Save a BERT of two layers with random weights, whose word pieces come from the text."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import BertConfig, BertModel, BertTokenizerFast

    pieces = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    pieces.normalizer = normalizers.BertNormalizer()
    pieces.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces.train_from_iterator([vocabulary], trainers.WordPieceTrainer(vocab_size=600, special_tokens=special))
    pieces.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    torch.manual_seed(1)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    BertModel(BertConfig(vocab_size=pieces.get_vocab_size(), **sizes)).save_pretrained(folder / "bare")
    BertTokenizerFast(tokenizer_object=pieces, model_max_length=limit).save_pretrained(folder / "bare")
    modules = [Transformer(str(folder / "bare")), Pooling(32, pooling)]
    made = SentenceTransformer(modules=modules, device="cpu", prompts={"query": "frage: ", "document": ""})
    made.save(str(folder / "model"))
    return folder / "model"


@pytest.fixture(scope="module")
def bert(tmp_path_factory, vocabulary) -> Path:
    return make_bert(tmp_path_factory.mktemp("bert"), vocabulary)


@pytest.fixture(scope="module")
def exported(tmp_path_factory, vocabulary) -> Path:
    pytest.importorskip("onnx", reason="exporting needs the package onnx: pip install 'newsrag[onnx]'")
    from rag.encoders.export import export

    folder = make_bert(tmp_path_factory.mktemp("exported"), vocabulary)
    export(folder)
    return folder


class TestTransformerEncoder:
    def test_uses_the_models_own_prompts(self, model):
        encoder = TransformerEncoder(str(model))
        query, passage = encoder.encode_queries(["ferry"])[0], encoder.encode_passages(["ferry"])[0]
        assert np.linalg.norm(query) == pytest.approx(1, abs=1e-3)
        assert query @ passage < 0.999
        assert encoder.fingerprint["encoder"] == str(model)
        assert "question: " in str(encoder.fingerprint["prompts"])

    def test_vectors_are_the_librarys(self, bert):
        from sentence_transformers import SentenceTransformer

        library = SentenceTransformer(str(bert), device="cpu", local_files_only=True)
        encoder = TransformerEncoder(str(bert))
        expected = library.encode_query(TEXTS, normalize_embeddings=True)
        np.testing.assert_allclose(encoder.encode_queries(TEXTS), expected, atol=1e-5)
        expected = library.encode_document(TEXTS, normalize_embeddings=True)
        np.testing.assert_allclose(encoder.encode_passages(TEXTS), expected, atol=1e-5)
        assert encoder.encode_passages([]).shape == (0, encoder.dimension)

    def test_prompts_of_the_settings_replace_the_models(self, bert, model):
        own = TransformerEncoder(str(bert))
        e5 = load_encoder(
            rag.Settings(encoder=str(bert), encoder_query_prompt="query: ", encoder_passage_prompt="passage: ")
        )
        bare = TransformerEncoder(str(bert), query_prompt="", passage_prompt="")
        assert e5.fingerprint["prompts"] == "document='passage: ', query='query: '"
        assert bare.fingerprint["prompts"] == ""
        np.testing.assert_allclose(
            e5.encode_passages(["Musk"]), bare.encode_passages(["passage: Musk"]), rtol=0, atol=1e-5
        )
        np.testing.assert_allclose(
            own.encode_queries(["Musk"]), bare.encode_queries(["frage: Musk"]), rtol=0, atol=1e-5
        )

    def test_cut_passages_are_told_once_with_the_size_that_fits(self, bert, caplog):
        encoder = TransformerEncoder(str(bert))
        with caplog.at_level(logging.WARNING, logger="rag"):
            encoder.encode_passages(["short"])
            assert caplog.messages == []
            encoder.encode_passages(["short", "Putin " * 150])
            encoder.encode_passages(["Putin " * 150])
        assert len(caplog.messages) == 1
        assert "reads 64 word pieces" in caplog.messages[0]
        assert "1 of 2 passages" in caplog.messages[0]
        assert "RAG_PASSAGE_CHARS=" in caplog.messages[0]

    @pytest.mark.parametrize("made", ["model", "bert"])
    def test_archive_works_with_it_and_refuses_the_other(self, tmp_path, made, seed, request):
        folder = request.getfixturevalue(made)
        settings = rag.Settings(encoder=str(folder))
        with rag.Archive.open(tmp_path / "archive", settings) as archive:
            archive.add(seed)
            assert archive.status().indexed_with["encoder"] == str(folder)
            hits = archive.search("Telefongespräche mit Putin", limit=2)
            answer = archive.ask("Hat Musk mit Putin telefoniert?")
            assert len(hits) == 2
            if made == "model":  # the other has random weights
                assert "Putin" in " ".join(hit.passage.text for hit in hits)
                assert answer.answered
        with rag.Archive.open(tmp_path / "archive", rag.Settings()) as archive:
            with pytest.raises(EncoderError, match=r"other settings.*rag rebuild"):
                archive.search("Putin")
            archive.rebuild()
            assert archive.ask("Did Musk talk to Putin?").answered
        with rag.Archive.open(tmp_path / "archive", settings) as archive:
            archive.rebuild()
            assert archive.search("Putin", limit=1)

    def test_unknown_model_names_value_and_remedy(self, tmp_path, monkeypatch):
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with rag.Archive.open(tmp_path, rag.Settings(encoder=str(tmp_path / "nothing"))) as archive:
            with pytest.raises(EncoderError, match=r"RAG_ENCODER=.*nothing.*unset RAG_ENCODER"):
                archive.add(rag.Article("a1", "One word."))
            assert archive.list() == []

    def test_folder_that_is_no_model_is_one_line(self, tmp_path):
        for backend in ("torch", "onnx"):
            with pytest.raises(EncoderError) as raised:
                TransformerEncoder(str(tmp_path), backend)
            assert "\n" not in str(raised.value)

    def test_settings_of_a_model_without_a_model_are_refused(self):
        with pytest.raises(EncoderError, match=r"RAG_ENCODER_BACKEND is set without RAG_ENCODER"):
            load_encoder(rag.Settings(encoder_backend="onnx"))

    def test_unknown_backend_names_the_choices(self):
        with pytest.raises(SettingsError, match=r"RAG_ENCODER_BACKEND.*'tensorrt'.*'onnx'"):
            rag.Settings(encoder_backend="tensorrt")


class TestExportedModel:
    @pytest.mark.parametrize("backend", ["onnx", "openvino"])
    def test_full_precision_gives_torchs_vectors_and_fingerprint(self, exported, backend):
        pytest.importorskip({"onnx": "onnxruntime"}.get(backend, backend))
        torch, other = TransformerEncoder(str(exported)), TransformerEncoder(str(exported), backend, "onnx/model.onnx")
        np.testing.assert_allclose(other.encode_passages(TEXTS), torch.encode_passages(TEXTS), atol=1e-5)
        np.testing.assert_allclose(other.encode_queries(TEXTS), torch.encode_queries(TEXTS), atol=1e-5)
        assert other.fingerprint == torch.fingerprint

    def test_int8_is_near_and_has_its_own_fingerprint(self, exported):
        torch = TransformerEncoder(str(exported))
        int8 = TransformerEncoder(str(exported), "onnx", "model_qint8.onnx")
        cosines = (torch.encode_passages(TEXTS) * int8.encode_passages(TEXTS)).sum(axis=1)
        assert cosines.min() > 0.99
        assert int8.fingerprint == {**torch.fingerprint, "encoder_file": "onnx/model_qint8.onnx"}

    @pytest.mark.parametrize("pooling", ["cls", "max", "lasttoken"])
    def test_pooling_is_the_librarys(self, exported, pooling, tmp_path, vocabulary):
        folder = make_bert(tmp_path, vocabulary, pooling)  # the same seed: the same transformer
        (folder / "onnx").symlink_to(exported / "onnx")
        torch, onnx = TransformerEncoder(str(folder)), TransformerEncoder(str(folder), "onnx")
        np.testing.assert_allclose(onnx.encode_passages(TEXTS), torch.encode_passages(TEXTS), atol=1e-5)

    def test_cut_passages_are_counted_as_torch_counts_them(self, exported, caplog):
        texts = ["short", "Musk und Putin sprechen. " * 30]
        for backend in ("torch", "onnx"):
            TransformerEncoder(str(exported), backend).encode_passages(texts)
        assert len(caplog.messages) == 2
        assert caplog.messages[0] == caplog.messages[1]

    def test_archive_made_with_int8(self, exported, tmp_path, seed):
        settings = rag.Settings(encoder=str(exported), encoder_backend="onnx", encoder_file="onnx/model_qint8.onnx")
        with rag.Archive.open(tmp_path, settings) as archive:
            archive.add(seed)
            assert archive.search("Putin", limit=1)
        refused = pytest.raises(EncoderError, match=r"encoder_file 'onnx/model_qint8.onnx' there, None here")
        with rag.Archive.open(tmp_path, rag.Settings(encoder=str(exported))) as archive, refused:
            archive.search("Putin")

    def test_imports_no_torch(self, exported):
        code = (
            "import sys; from rag.encoders.transformer import TransformerEncoder as T; "
            f"T({str(exported)!r}, 'onnx').encode_queries(['Putin']); sys.exit('torch' in sys.modules)"
        )
        assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0

    def test_missing_file_names_those_that_are_there(self, exported, bert):
        with pytest.raises(EncoderError, match=r"RAG_ENCODER_FILE to one of: onnx/model.onnx, onnx/model_qint8.onnx"):
            TransformerEncoder(str(exported), "onnx", "onnx/model_O4.onnx")
        with pytest.raises(EncoderError, match=r"python -m rag.encoders.export"):
            TransformerEncoder(str(bert), "onnx")

    def test_missing_package_names_the_command(self, bert, monkeypatch):
        monkeypatch.setitem(sys.modules, "openvino", None)
        with pytest.raises(EncoderError, match=r"pip install openvino"):
            TransformerEncoder(str(bert), "openvino")

    def test_module_that_needs_torch_is_refused(self, tmp_path, vocabulary):
        folder = make_bert(tmp_path, vocabulary, "weightedmean")
        (folder / "onnx").mkdir()
        (folder / "onnx" / "model.onnx").write_bytes(b"")
        with pytest.raises(EncoderError, match=r"weightedmean.*RAG_ENCODER_BACKEND=torch"):
            TransformerEncoder(str(folder), "onnx")
