import lzma

import numpy as np
import pytest

from rag.encoders.training.batches import both_right, pad
from rag.encoders.training.data import DataFolderError, read_corpus
from rag.encoders.training.recipe import Recipe


class TestReadCorpus:
    def test_no_held_out_sentence_is_left_in_training(self, data):
        corpus = read_corpus(data)
        held = set(corpus.parallel_dev.left) | set(corpus.parallel_dev.right)
        assert len(corpus.parallel_dev) > 50
        assert not held & (set(corpus.parallel.left) | set(corpus.parallel.right))
        assert not set(corpus.qa_dev.right) & set(corpus.qa.right)

    def test_the_same_pairs_are_held_out_every_time(self, data):
        assert read_corpus(data).parallel_dev.left == read_corpus(data).parallel_dev.left

    def test_definitions_are_no_dictionary_entries(self, data):
        assert not any("form of" in text for text in read_corpus(data).dictionary.right)

    def test_quotation_marks_are_no_part_of_names(self, data):
        assert not any('"' in text for text in read_corpus(data).names.left)

    def test_an_empty_part_is_named(self, tmp_path):
        for part in ("parallel", "dictionary", "names"):
            (tmp_path / part).mkdir()
            with lzma.open(tmp_path / part / "en-de.tsv.xz", "wt", encoding="utf8") as file:
                file.write("one\teins\n")
        with pytest.raises(DataFolderError, match="qa"):
            read_corpus(tmp_path)


class TestBothRight:
    def test_equal_texts_and_neighbouring_sentences(self):
        queries = pad([np.array([1, 2]), np.array([3]), np.array([1, 2]), np.array([4])])
        documents = pad([np.array([5]), np.array([6]), np.array([7]), np.array([6])])
        rows = np.array([10, 50, 90, 11])
        pairs = {
            kind: {tuple(p) for p in np.argwhere(both_right(kind, rows, queries, documents, Recipe())).tolist()}
            for kind in ("sentence", "window")
        }
        assert pairs["sentence"] == {(0, 2), (2, 0), (1, 3), (3, 1)}
        assert pairs["window"] == {*pairs["sentence"], (0, 3), (3, 0)}
