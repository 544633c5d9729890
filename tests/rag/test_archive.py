import threading

import pytest

import rag
from rag.errors import ArchiveError, EncoderError, FilterError, UnknownArticleError, UnknownQuoteError
from rag.receipts import Outcome

MUSK = (
    "Laut einer mit der Angelegenheit vertrauten Quelle habe Musk auch Telefongespräche mit dem russischen Präsidenten "
    "Wladimir Putin geführt."
)


def outcomes(receipt: rag.Receipt) -> list[str]:
    return [entry.outcome.value for entry in receipt.entries]


class TestAdd:
    def test_file_is_added_once_and_found(self, archive, seed):
        first, second = archive.add(seed), archive.add([seed])
        assert (outcomes(first), outcomes(second)) == (["added"], ["unchanged"])
        assert first.entries[0].passages == archive.status().passages == 4
        assert "Putin" in archive.search("Putin", limit=1)[0].passage.text

    def test_changed_file_replaces_its_old_self(self, archive, tmp_path):
        file = tmp_path / "note.txt"
        file.write_text("The ferry to Texel is late.")
        archive.add(file)
        file.write_text("The ferry to Texel sank.")
        receipt = archive.add(file)
        assert outcomes(receipt) == ["replaced"]
        assert [hit.passage.text for hit in archive.search("ferry to Texel")] == ["The ferry to Texel sank."]
        assert archive.status().consistent

    def test_copy_of_a_file_is_skipped_and_names_the_first(self, archive, tmp_path):
        (tmp_path / "in").mkdir()
        for name in ("a.txt", "b.txt"):
            (tmp_path / "in" / name).write_text("The ferry to Texel is late.")
        receipt = archive.add(tmp_path / "in")
        assert outcomes(receipt) == ["added", "skipped"]
        assert receipt.entries[0].article_id in receipt.entries[1].reason

    def test_article_objects_keep_their_ids_even_with_equal_texts(self, archive):
        receipt = archive.add([rag.Article("a1", "Same words."), rag.Article("a2", "Same words.")])
        assert outcomes(receipt) == ["added", "added"]
        assert {info.id for info in archive.list()} == {"a1", "a2"}

    def test_one_id_twice_in_one_call_keeps_the_last(self, archive):
        receipt = archive.add([rag.Article("a1", "First words."), rag.Article("a1", "Second words.")])
        assert outcomes(receipt) == ["added", "replaced"]
        assert archive.article("a1").text == "Second words."
        assert archive.status().consistent

    def test_record_that_left_its_file_leaves_the_archive(self, archive, tmp_path):
        file = tmp_path / "news.jsonl"
        file.write_text('{"id": "x", "text": "The ferry sank."}\n{"id": "y", "text": "The bridge opened."}\n')
        archive.add(file)
        file.write_text('{"id": "y", "text": "The bridge opened."}\n')
        receipt = archive.add(file)
        assert outcomes(receipt) == ["unchanged", "replaced"]
        assert [hit.passage.text for hit in archive.search("ferry bridge")] == ["The bridge opened."]

    def test_record_is_kept_while_its_file_has_errors(self, archive, tmp_path):
        file = tmp_path / "news.jsonl"
        file.write_text('{"id": "x", "text": "The ferry sank."}\n')
        archive.add(file)
        file.write_text("{broken\n")
        assert outcomes(archive.add(file)) == ["failed"]
        assert len(archive.list()) == 1

    def test_progress_is_told_of_each_entry_after_it_is_durable(self, archive):
        seen = []

        def note(step):
            seen.append((step.done, step.total, step.entry.article_id, archive.article(step.entry.article_id).id))

        archive.add([rag.Article("a1", "One word."), rag.Article("a2", "Two words.")], progress=note)
        assert [step[2] for step in seen] == [step[3] for step in seen] == ["a1", "a2"]
        assert seen[-1][:2] == (2, 2)

    def test_article_without_words_fails_with_a_reason(self, archive):
        receipt = archive.add([rag.Article("a1", " \n ")])
        assert receipt.entries[0].outcome is Outcome.FAILED
        assert receipt.entries[0].reason
        assert receipt.nothing_added


class TestRemove:
    def test_no_search_finds_it(self, archive, seed):
        archive.add([seed, rag.Article("other", "Putin reiste nach Peking.")])
        archive.remove(next(info.id for info in archive.list() if info.id != "other"))
        assert {hit.passage.article_id for hit in archive.search("Musk Putin Selenskyj")} == {"other"}
        assert archive.status().passages == archive.status().vectors == archive.status().terms == 1

    def test_unknown_id_removes_nothing(self, archive):
        archive.add(rag.Article("a1", "One word."))
        with pytest.raises(UnknownArticleError, match=r"'a2'.*rag list"):
            archive.remove(["a1", "a2"])
        assert [info.id for info in archive.list()] == ["a1"]


class TestAsk:
    def test_the_first_question(self, archive, seed):
        archive.add(seed)
        answer = archive.ask("Did Musk talk to Putin?")
        assert answer.answered
        first = answer.statements[0].citations[0]
        assert first.quote == MUSK
        assert answer.statements[0].text == MUSK
        for statement in answer.statements:
            for citation in statement.citations:
                assert archive.article(citation.article_id).text[citation.start : citation.end] == citation.quote

    def test_somebody_else_is_not_answered_for(self, archive, seed):
        archive.add(seed)
        answer = archive.ask("Did Musk talk to Xi Jinping?")
        assert (answer.answered, answer.text, answer.statements) == (False, rag.NOT_ANSWERED, ())
        assert answer.hits

    def test_at_most_three_statements(self, archive, seed):
        archive.add(seed)
        assert 1 <= len(archive.ask("Musk Selenskyj Trump Gespräch Krieg Ukraine").statements) <= 3

    @pytest.mark.parametrize("question", ["", "   ", "?!", "😀", "\x00"])
    def test_question_without_words_is_not_answered(self, archive, seed, question):
        archive.add(seed)
        assert not archive.ask(question).answered

    def test_empty_archive_answers_nothing(self, archive):
        answer = archive.ask("Did Musk talk to Putin?")
        assert (answer.answered, answer.hits) == (False, ())
        assert "holds no articles yet" in answer.notice

    def test_stream_ends_with_what_ask_returns(self, archive, seed):
        archive.add(seed)
        *_, last = archive.stream("Did Musk talk to Putin?")
        assert last == archive.ask("Did Musk talk to Putin?")


class TestReaders:
    def test_open_archive_sees_what_another_writes_removes_and_rebuilds(self, archive):
        archive.add(rag.Article("a1", "The ferry to Texel is late."))
        with rag.Archive.open(archive.directory) as reader:
            assert len(reader.search("ferry")) == 1
            archive.add(rag.Article("a2", "The ferry to Vlieland is early."))
            assert len(reader.search("ferry")) == 2
            archive.rebuild()
            assert len(reader.search("ferry")) == 2
            archive.remove("a1")
            assert [hit.passage.article_id for hit in reader.search("ferry")] == ["a2"]

    def test_threads_share_one_archive(self, archive, seed):
        archive.add(seed)
        expected, found = archive.ask("Did Musk talk to Putin?"), []
        threads = [
            threading.Thread(target=lambda: found.append(archive.ask("Did Musk talk to Putin?"))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found == [expected] * 8


class TestFingerprint:
    def test_other_passage_size_is_refused_until_rebuilt(self, archive, seed):
        archive.add(seed)
        with rag.Archive.open(archive.directory, rag.Settings(passage_chars=300)) as other:
            with pytest.raises(EncoderError, match=r"passage_chars 800 there, 300 here.*rag rebuild"):
                other.search("Putin")
            with pytest.raises(EncoderError, match="passage_chars"):
                other.add(rag.Article("a1", "One word."))
            other.rebuild()
            assert all(len(hit.passage.text) <= 300 for hit in other.search("Putin"))
            assert other.status().consistent
            assert other.ask("Did Musk talk to Putin?").statements[0].text == MUSK


class TestOpen:
    def test_folder_that_is_a_file_is_refused(self, tmp_path):
        (tmp_path / "file").write_text("x")
        with pytest.raises(ArchiveError, match="cannot be used as an archive's folder"):
            rag.Archive.open(tmp_path / "file")

    def test_catalog_that_is_no_database_is_refused(self, tmp_path):
        (tmp_path / "catalog.sqlite").write_text("not a database, but long enough to look like one" * 40)
        with pytest.raises(ArchiveError, match="cannot be opened as an archive's catalog"):
            rag.Archive.open(tmp_path)


class TestLangChain:
    def test_retriever_gives_documents_with_their_spans(self, archive, seed):
        archive.add(seed)
        documents = archive.retriever(limit=2).invoke("Did Musk talk to Putin?")
        assert len(documents) == 2
        for document in documents:
            text = archive.article(document.metadata["article_id"]).text
            assert text[document.metadata["start"] : document.metadata["end"]] == document.page_content


class TestFilters:
    @pytest.fixture
    def dated(self, archive):
        archive.add(
            [
                rag.Article(
                    "early", "The ferry to Texel is late.", published="2023-05-01", source="Daily", language="en"
                ),
                rag.Article("late", "The ferry to Texel is not late.", published="2024-11-08", language="en"),
                rag.Article("never", "Die Fähre nach Texel ist spät.", language="de"),
            ]
        )
        return archive

    def test_an_answer_cites_only_what_passes(self, dated):
        answer = dated.ask("Is the ferry to Texel late?", rag.Filters(published_to="2023"))
        assert answer.answered
        assert {citation.article_id for statement in answer.statements for citation in statement.citations} == {"early"}
        assert {hit.passage.article_id for hit in answer.hits} == {"early"}

    def test_when_nothing_passes_the_answer_says_so_and_counts_the_undated(self, dated):
        answer = dated.ask("Is the ferry to Texel late?", rag.Filters(published_from="2030"))
        assert not answer.answered
        assert (
            answer.notice == "No article of the archive is published from 2030-01-01. 1 without a date were left out."
        )

    def test_an_empty_archive_is_not_blamed_on_the_filter(self, archive):
        answer = archive.ask("Is the ferry late?", rag.Filters(languages=("de",)))
        assert "holds no articles yet" in answer.notice

    def test_an_unknown_source_is_an_error(self, dated):
        with pytest.raises(FilterError, match="Sources there: Daily"):
            dated.ask("Is the ferry to Texel late?", rag.Filters(sources=("Nope",)))


class TestFollowUps:
    def test_is_completed_before_it_is_searched_and_shows_how(self, archive, seed):
        archive.add(seed)
        answer = archive.ask("And Selenskyj?", earlier=["Did Musk talk to Putin?"])
        assert (answer.question, answer.searched) == ("And Selenskyj?", "And Selenskyj? (Musk, talk, Putin)")
        assert answer.answered
        assert "Selenskyj" in answer.text

    def test_each_step_of_a_stream_shows_it(self, archive, seed):
        archive.add(seed)
        steps = list(archive.stream("And Selenskyj?", earlier=["Did Musk talk to Putin?"]))
        assert {(step.question, step.searched) for step in steps} == {
            ("And Selenskyj?", "And Selenskyj? (Musk, talk, Putin)")
        }

    def test_a_complete_question_is_searched_as_it_is(self, archive, seed):
        archive.add(seed)
        alone = archive.ask("Did Musk talk to Putin?")
        assert archive.ask("Did Musk talk to Putin?", earlier=["Who is Trump?"]) == alone
        assert alone.searched is None


class TestCheck:
    TEXT = "Die Brücke bei Kienitz ist gesperrt. Die Reparatur kostet 308.000 Euro."

    @pytest.fixture
    def bridges(self, archive):
        archive.add([rag.Article("a", self.TEXT, language="de")])
        return archive

    def test_a_quote_is_found_and_what_rests_on_it_judged(self, bridges):
        span = bridges.find_quote("die reparatur  kostet „308.000“ Euro", "a")
        assert self.TEXT[span.start : span.end] == "Die Reparatur kostet 308.000 Euro"
        right = bridges.check("The repair costs 308,000 euros.", "a", span.start, span.end)
        wrong = bridges.check("The repair costs 380,000 euros.", "a", span.start, span.end)
        assert (right.verdict, wrong.verdict) == ("supported", "contradicted")
        assert right.citations[0].quote == self.TEXT[span.start : span.end]

    def test_the_whole_article_by_default(self, bridges):
        found = bridges.check("The bridge at Kienitz is closed, the repair costs 308,000 euros.", "a")
        assert found.citations[0].quote == self.TEXT
        assert found.verdict == "supported"

    def test_what_is_not_there(self, bridges):
        with pytest.raises(UnknownQuoteError, match="“The bridge is open” stand nowhere in the article 'a'"):
            bridges.find_quote("The bridge is open", "a")
        for call in (lambda: bridges.find_quote("Die", "b"), lambda: bridges.check("So.", "b")):
            with pytest.raises(UnknownArticleError, match="No article 'b'"):
                call()
        with pytest.raises(ValueError, match="is not in article 'a'"):
            bridges.check("So.", "a", 5, 5)
