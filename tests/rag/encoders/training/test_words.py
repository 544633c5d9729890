import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, models
from torch.nn.functional import normalize

from rag.encoders.training.losses import late_scores, mean_scores
from rag.encoders.training.words import WordRules, group_words, word_side

VOCABULARY = ["[UNK]", "ze", "##len", "##sky", "talks", ".", "普", "##京", "##'", "putin"]
TOKEN = {token: number for number, token in enumerate(VOCABULARY)}
COUNTS = np.array([0, 5, 5, 5, 50, 90, 5, 5, 5, 10], dtype=np.uint32)


@pytest.fixture
def rules():
    return WordRules.of(Tokenizer(models.WordPiece(TOKEN, unk_token="[UNK]")), COUNTS, 100)


def ids(*texts):
    longest = max(len(text.split()) for text in texts)
    padded = np.zeros((len(texts), longest), dtype=np.int64)
    for row, text in zip(padded, texts, strict=True):
        row[: len(text.split())] = [TOKEN[token] for token in text.split()]
    return padded


def spelled(words):
    """Return each text's words as the tokens they consist of."""
    ends = np.append(words.starts, len(words.tokens))
    names = [" ".join(VOCABULARY[t] for t in words.tokens[ends[i] : ends[i + 1]]) for i in range(len(words.starts))]
    return [[names[number - 1] for number in row if number] for row in words.layout]


class TestWordRules:
    def test_rarity_is_bm25s(self, rules):
        assert np.isclose(rules.rarity[TOKEN["talks"]], np.log1p((100 - 50 + 0.5) / (50 + 0.5)))


class TestGroupWords:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("ze ##len ##sky talks", ["ze ##len ##sky", "talks"]),
            ("ze ze ##len", ["ze", "ze ##len"]),
            ("普 ##京 talks", ["普", "##京", "talks"]),  # in scripts without spaces every token is a word
            ("putin . [UNK] talks .", ["putin", "talks"]),
            ("ze ##' ##len", ["ze ##len"]),
            ("##sky talks", ["##sky", "talks"]),  # a text cut in a word
        ],
    )
    def test_words_begin_where_tokens_continue_nothing(self, rules, text, words):
        assert spelled(group_words(ids(text), rules)) == [words]

    def test_no_word_reaches_into_the_next_text(self, rules):
        assert spelled(group_words(ids("ze", "##len ze", ".", "ze"), rules)) == [["ze"], ["##len", "ze"], [], ["ze"]]

    def test_a_word_is_kept_once(self, rules):
        words = group_words(ids("ze ##len talks ze ##len", "ze ##len"), rules)
        assert len(words.starts) == 2
        assert words.layout[1, 0] == words.layout[0, 0] == words.layout[0, 2]

    def test_order_of_pieces_tells_words_apart(self, rules):
        words = group_words(ids("ze ##len ##sky ze ##sky ##len"), rules)
        assert words.layout[0, 0] != words.layout[0, 1]

    def test_texts_without_words_have_none(self, rules):
        words = group_words(ids(".", "[UNK] ."), rules)
        assert len(words.starts) == 0
        assert not words.layout.any()


def new_table():
    table = torch.randn(len(VOCABULARY), 6, generator=torch.Generator().manual_seed(0))
    table[0] = 0
    return table.requires_grad_()


def words_of(table, text, rules):
    """Return vectors and weights of a text's words by definition; `text` marks words by commas."""
    pieces = [[TOKEN[token] for token in word.split()] for word in text.split(",")]
    vectors = torch.stack([table[word].sum(0) for word in pieces])
    weights = [sum(table[t].norm() * float(rules.rarity[t]) for t in word) for word in pieces]
    return vectors, torch.stack(weights)


QUERIES = ("ze ##len ##sky, talks", "talks, putin, talks")
DOCUMENTS = ("putin, ze ##len", "talks, putin, 普, ##京", "ze ##sky")


class TestWordSide:
    def side(self, table, texts, rules):
        return word_side(table, ids(*(text.replace(",", "") for text in texts)), rules)

    def by_definition(self, table, query, document, rules):
        (q, weights), (d, _) = words_of(table, query, rules), words_of(table, document, rules)
        best = (normalize(q, dim=1) @ normalize(d, dim=1).T).amax(dim=1)
        return (weights * best).sum() / weights.sum()

    def test_late_interaction_over_words_is_what_its_definition_says(self, rules):
        table = new_table()
        scores = late_scores(self.side(table, QUERIES, rules), self.side(table, DOCUMENTS, rules))
        for i, query in enumerate(QUERIES):
            for j, document in enumerate(DOCUMENTS):
                torch.testing.assert_close(scores[i, j], self.by_definition(table, query, document, rules))

    def test_its_gradient_too(self, rules):
        table, other = new_table(), new_table()
        late_scores(self.side(table, QUERIES, rules), self.side(table, DOCUMENTS, rules)).square().sum().backward()
        sum(self.by_definition(other, q, d, rules).square() for q in QUERIES for d in DOCUMENTS).backward()
        torch.testing.assert_close(table.grad.to_dense(), other.grad)

    def test_mean_pooling_of_words_is_that_of_their_tokens(self, rules):
        table = new_table()
        scores = mean_scores(self.side(table, QUERIES[:1], rules), self.side(table, DOCUMENTS[:1], rules))
        left, right = table[[1, 2, 3, 4]].mean(0), table[[9, 1, 2]].mean(0)
        torch.testing.assert_close(scores[0, 0], torch.cosine_similarity(left, right, dim=0))

    def test_a_text_without_words_scores_zero(self, rules):
        table = new_table()
        empty = self.side(table, (".", "[UNK]"), rules)
        full = self.side(table, DOCUMENTS, rules)
        for scores in (late_scores(empty, full), late_scores(full, empty), mean_scores(empty, full)):
            assert not scores.any()
