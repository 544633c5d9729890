"""What ``RAG_VERIFIER`` names: the bundled verifier, the chat model, or an NLI model, here tiny ones made by hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import rag
from rag.answers import Verdict
from rag.citing import Evidence, Judgement, load_verifier
from rag.citing.bundled import BundledVerifier
from rag.citing.cross_encoder import CrossEncoderVerifier
from rag.encoders import BUNDLED, StaticEncoder
from rag.errors import LanguageModelError, VerifierError
from tests.rag.chat.server import Part

STATEMENT = "The bridge is open."
SAYS = Evidence("Die Brücke ist offen.", language="de")


@pytest.fixture(scope="module")
def encoder():
    return StaticEncoder(BUNDLED)


def test_the_bundled_one_by_default(encoder):
    assert isinstance(load_verifier(rag.Settings(), encoder), BundledVerifier)


def test_the_bundled_one_needs_neither_torch_nor_langchain():
    code = (
        "import sys, rag\nfrom rag.citing import Evidence, load_verifier\n"
        "from rag.encoders import BUNDLED, StaticEncoder\n"
        "verifier = load_verifier(rag.Settings(), StaticEncoder(BUNDLED))\n"
        "print(verifier.judge('It cost 5 euros.', [Evidence('It cost 6 euros.')], 'en').verdict)\n"
        "print([name for name in ('torch', 'langchain_core', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == ["contradicted", "[]"], done.stderr


class TestChatModel:
    @pytest.mark.parametrize("verdict", Verdict)
    def test_judges(self, server, settings, encoder, verdict):
        server.part = Part(json.dumps({"reason": "So it says.", "verdict": verdict}))
        verifier = load_verifier(settings.model_copy(update={"verifier": "llm"}), encoder)
        assert verifier.judge(STATEMENT, [SAYS], "en").verdict is verdict
        assert SAYS.text in server.requests[-1].prompt

    def test_through_the_archive(self, server, settings, tmp_path):
        server.part = Part('{"reason": "It says so of another bridge.", "verdict": "unsupported"}')
        with rag.Archive.open(tmp_path / "archive", settings.model_copy(update={"verifier": "llm"})) as archive:
            archive.add([rag.Article("a", SAYS.text, language="de")])
            statement = archive.check(STATEMENT, "a")
        assert (statement.verdict, statement.reasons) == ("unsupported", ("It says so of another bridge.",))

    def test_needs_a_chat_model(self, encoder):
        with pytest.raises(LanguageModelError, match="RAG_LLM"):
            load_verifier(rag.Settings(verifier="llm"), encoder)


def make_cross_encoder(folder: Path, labels: list[str], favoured: str | None = None) -> Path:
    """Save a BERT of one layer with random weights and these labels, of which it always favours one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    letters = [*"abcdefghijklmnopqrstuvwxyzäöüß.", *(f"##{letter}" for letter in "abcdefghijklmnopqrstuvwxyzäöüß.")]
    (folder / "vocab.txt").parent.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]))
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=5 + len(letters), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=128, id2label=dict(enumerate(labels)),
        label2id={name: at for at, name in enumerate(labels)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    if favoured is not None:
        with torch.no_grad():
            model.classifier.weight.zero_()
            model.classifier.bias.copy_(torch.tensor([5.0 * (name == favoured) for name in labels]))
    model.save_pretrained(folder)
    BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


class TestCrossEncoder:
    @pytest.mark.parametrize(
        ("labels", "favoured", "verdict"),
        [
            (["contradiction", "entailment", "neutral"], "entailment", Verdict.SUPPORTED),
            (["ENTAILMENT", "NEUTRAL", "CONTRADICTION"], "CONTRADICTION", Verdict.CONTRADICTED),
            (["entailment", "neutral", "contradiction"], "neutral", Verdict.UNSUPPORTED),
            (["not_entailment", "entailment"], "not_entailment", Verdict.UNSUPPORTED),
            (["REFUTES", "SUPPORTS", "NOT ENOUGH INFO"], "SUPPORTS", Verdict.SUPPORTED),
        ],
    )
    def test_judges_by_its_labels_in_any_order(self, tmp_path, encoder, labels, favoured, verdict):
        name = str(make_cross_encoder(tmp_path / "nli", labels, favoured))
        found = load_verifier(rag.Settings(verifier=name), encoder).judge(STATEMENT, [SAYS, SAYS], "en")
        assert found.verdict is verdict
        assert bool(found.reasons) == (verdict is not Verdict.SUPPORTED)
        assert not found.reasons or "% sure" in found.reasons[0]

    def test_unsure_is_unsupported(self, tmp_path):
        name = make_cross_encoder(tmp_path / "nli", ["entailment", "neutral", "contradiction"], favoured="none of them")
        assert CrossEncoderVerifier(str(name)).judge(STATEMENT, [SAYS], "en").verdict is Verdict.UNSUPPORTED

    def test_attribution_is_looked_at_as_by_the_bundled_one(self, tmp_path):
        from rag.articles import Article
        from rag.citing import Place, evidence_at

        text = "Laut einer Quelle ist die Brücke offen."
        read = evidence_at(Place(Article("a", text, language="de"), 0, len(text)))
        name = make_cross_encoder(tmp_path / "nli", ["entailment", "neutral"], "entailment")
        verifier = CrossEncoderVerifier(str(name))
        assert verifier.judge(STATEMENT, [read], "en").verdict is Verdict.OVERSTATED
        assert verifier.judge("According to a source, the bridge is open.", [read], "en") == Judgement(
            Verdict.SUPPORTED
        )

    @pytest.mark.parametrize(
        "labels", [["LABEL_0", "LABEL_1"], ["positive", "negative"], ["not_entailment", "neutral"]]
    )
    def test_labels_that_tell_nothing_of_entailment(self, tmp_path, encoder, labels):
        name = str(make_cross_encoder(tmp_path / "other", labels))
        with pytest.raises(VerifierError, match=r"has the labels .* none of them entailment") as raised:
            load_verifier(rag.Settings(verifier=name), encoder)
        assert "\n" not in str(raised.value)

    def test_no_such_model(self, tmp_path, encoder, monkeypatch):
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
        with pytest.raises(VerifierError, match=r"RAG_VERIFIER=.*cannot be loaded"):
            load_verifier(rag.Settings(verifier=str(tmp_path / "none")), encoder)

    def test_through_the_archive(self, tmp_path):
        name = make_cross_encoder(tmp_path / "nli", ["entailment", "contradiction"], "contradiction")
        with rag.Archive.open(tmp_path / "archive", rag.Settings(verifier=str(name))) as archive:
            archive.add([rag.Article("a", SAYS.text, language="de")])
            assert archive.check(STATEMENT, "a").verdict is Verdict.CONTRADICTED
