import torch
from torch.nn.functional import normalize

from rag.encoders.training.losses import batch_loss, late_scores, look_up, mean_scores


def late_by_definition(table, query, document):
    q, d = table[query[query != 0]], table[document[document != 0]]
    best = (normalize(q, dim=1) @ normalize(d, dim=1).T).amax(dim=1)
    weights = q.norm(dim=1)
    return (weights * best).sum() / weights.sum()


def tokens(*rows):
    return torch.tensor(rows)


QUERIES = tokens([3, 4, 0], [5, 3, 3])
DOCUMENTS = tokens([4, 0, 0, 0], [6, 7, 8, 9], [3, 5, 0, 0])


def new_table():
    table = torch.randn(12, 6, generator=torch.Generator().manual_seed(0))
    table[0] = 0
    return table.requires_grad_()


class TestScores:
    def test_late_interaction_is_what_its_definition_says(self):
        table = new_table()
        scores = late_scores(look_up(table, QUERIES), look_up(table, DOCUMENTS))
        for i, query in enumerate(QUERIES):
            for j, document in enumerate(DOCUMENTS):
                torch.testing.assert_close(scores[i, j], late_by_definition(table, query, document))

    def test_its_gradient_too(self):
        table, other = new_table(), new_table()
        late_scores(look_up(table, QUERIES), look_up(table, DOCUMENTS)).square().sum().backward()
        sum(late_by_definition(other, q, d).square() for q in QUERIES for d in DOCUMENTS).backward()
        torch.testing.assert_close(table.grad.to_dense(), other.grad)

    def test_mean_pooling_leaves_padding_out(self):
        table = new_table()
        scores = mean_scores(look_up(table, QUERIES), look_up(table, DOCUMENTS))
        left, right = table[[3, 4]].mean(0), table[[3, 5]].mean(0)
        torch.testing.assert_close(scores[0, 2], torch.cosine_similarity(left, right, dim=0))

    def test_a_text_without_known_tokens_scores_zero(self):
        table = new_table()
        side = look_up(table, tokens([0, 0]))
        assert late_scores(side, look_up(table, DOCUMENTS)).tolist() == [[0, 0, 0]]
        assert mean_scores(side, look_up(table, DOCUMENTS)).tolist() == [[0, 0, 0]]


class TestBatchLoss:
    def test_right_answers_off_the_diagonal_do_not_count_against(self):
        scores = torch.tensor([[5.0, 5.0], [0.0, 5.0]])
        forbidden = torch.tensor([[False, True], [False, False]])
        assert batch_loss(scores, forbidden) < batch_loss(scores) / 10
