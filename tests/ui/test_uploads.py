import pytest

import rag
from rag.errors import ArchiveError
from ui.adding import add_files
from ui.uploads import forget, keep

TEXT = "Der Hafen in Hamburg wächst. Im Mai kamen drei Prozent mehr Schiffe an."


def dropped(folder, name, text=TEXT):
    """Store a file as Gradio does: in a folder of its own."""
    place = folder / f"drop{len(list(folder.glob('drop*')))}"
    place.mkdir()
    (place / name).write_text(text, encoding="utf-8")
    return str(place / name)


class TestKeep:
    def test_files_move_to_the_archive_under_their_names(self, tmp_path):
        source = dropped(tmp_path, "Größe #1 (neu).txt")
        assert keep([source], tmp_path / "archive") == [tmp_path / "archive" / "uploads" / "Größe #1 (neu).txt"]
        assert not (tmp_path / "drop0" / "Größe #1 (neu).txt").exists()

    def test_a_later_upload_of_the_name_takes_the_place(self, tmp_path):
        first = keep([dropped(tmp_path, "a.txt", "old")], tmp_path)
        second = keep([dropped(tmp_path, "a.txt", "new")], tmp_path)
        assert first == second
        assert second[0].read_text() == "new"

    def test_two_files_of_one_name_in_one_drop_both_stay(self, tmp_path):
        kept = keep([dropped(tmp_path, "a.txt", "one"), dropped(tmp_path, "a.txt", "two")], tmp_path)
        assert [path.name for path in kept] == ["a.txt", "a (2).txt"]
        assert [path.read_text() for path in kept] == ["one", "two"]

    def test_a_folder_that_cannot_be_written_is_said_in_one_line(self, tmp_path):
        (tmp_path / "uploads").write_text("a file where the folder should be")
        with pytest.raises(ArchiveError, match=r"cannot be stored in .*uploads"):
            keep([dropped(tmp_path, "a.txt")], tmp_path)


class TestForget:
    def test_only_uploaded_files_are_deleted(self, tmp_path):
        (uploaded,) = keep([dropped(tmp_path, "a.txt")], tmp_path / "archive")
        own = tmp_path / "own.txt"
        own.write_text("mine")
        forget(str(uploaded), tmp_path / "archive")
        forget(str(own), tmp_path / "archive")
        forget(None, tmp_path / "archive")
        assert not uploaded.exists()
        assert own.exists()


class TestAddFiles:
    def test_progress_and_then_the_receipt(self, archive, tmp_path):
        *progress, receipt = add_files(archive, [dropped(tmp_path, "a.txt")])
        assert all("<progress" in page for page in progress)
        assert "1 added" in receipt
        assert [info.title or info.origin.rsplit("/")[-1] for info in archive.list()] == ["a.txt"]

    def test_a_new_version_replaces_the_article(self, archive, tmp_path):
        list(add_files(archive, [dropped(tmp_path, "a.txt")]))
        *_, second = add_files(archive, [dropped(tmp_path, "a.txt", TEXT + " Im Juni waren es vier.")])
        assert "1 replaced" in second
        assert len(archive.list()) == 1

    def test_what_became_no_article_is_told_and_not_kept(self, archive, tmp_path):
        *_, receipt = add_files(archive, [dropped(tmp_path, "empty.txt", ""), dropped(tmp_path, "x.xyz")])
        assert "failed" in receipt or "skipped" in receipt
        assert list((archive.directory / "uploads").iterdir()) == []

    def test_a_locked_archive_is_an_error_and_leaves_nothing(self, archive, tmp_path):
        archive.add([rag.Article("a", TEXT)])
        with rag.Archive.open(archive.directory) as other:

            def while_locked(_):
                with pytest.raises(rag.errors.ArchiveLockedError):
                    list(add_files(archive, [dropped(tmp_path, "b.txt")]))

            other.add([rag.Article("c", TEXT + " Neu.")], progress=while_locked)
        assert list((archive.directory / "uploads").iterdir()) == []
