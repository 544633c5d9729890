import os
import socket
from pathlib import Path

import pytest

from rag.ingest import Record, find_files


def found(*paths):
    """Return the files as paths and what is not read as {name: (skipped, reason)}."""
    things = list(find_files(paths))
    records = {Path(thing.origin).name: (thing.skipped, thing.reason) for thing in things if isinstance(thing, Record)}
    return [thing for thing in things if not isinstance(thing, Record)], records


def touch(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
    return path


class TestFindFiles:
    def test_walks_in_sorted_order_at_any_depth(self, tmp_path):
        files = [touch(tmp_path / name) for name in ("a.txt", "b/1.md", "b/c/2.PDF", "b/d.csv", "z.HTML")]
        assert found(tmp_path) == (files, {})

    def test_keeps_the_order_and_the_form_of_what_is_named(self, tmp_path, monkeypatch):
        touch(tmp_path / "b.txt")
        touch(tmp_path / "a.txt")
        monkeypatch.chdir(tmp_path)
        assert found(Path("b.txt"), Path("a.txt"))[0] == [Path("b.txt"), Path("a.txt")]

    def test_unsupported_type_is_skipped_with_the_choices(self, tmp_path):
        touch(tmp_path / "photo.jpg")
        touch(tmp_path / "README")
        files, records = found(tmp_path)
        assert files == []
        assert records["photo.jpg"] == (
            True,
            "type '.jpg' is not supported; supported are .txt .md .html .htm .pdf .docx .jsonl .csv",
        )
        assert records["README"][1].startswith("a name without a suffix is not supported")

    def test_hidden_and_temporary_are_skipped_in_a_folder(self, tmp_path):
        for name in (".hidden.txt", "~$open.docx", ".git/config.txt", "a.txt"):
            touch(tmp_path / name)
        files, records = found(tmp_path)
        assert files == [tmp_path / "a.txt"]
        assert set(records) == {".hidden.txt", "~$open.docx", ".git"}
        assert all(skipped and "hidden or temporary" in reason for skipped, reason in records.values())

    def test_hidden_file_that_is_named_is_read(self, tmp_path):
        path = touch(tmp_path / ".hidden.txt")
        assert found(path) == ([path], {})

    def test_missing_path_fails(self, tmp_path):
        assert found(tmp_path / "no.txt")[1]["no.txt"] == (
            False,
            "there is no such file; it may have been moved or removed",
        )

    def test_name_with_a_nul_fails(self):
        ((skipped, reason),) = found(Path("a\0b.txt"))[1].values()
        assert not skipped
        assert "null byte" in reason

    def test_empty_folder_that_is_named_is_told(self, tmp_path):
        assert found(tmp_path)[1][tmp_path.name] == (True, "the folder is empty")


class TestTwice:
    def test_each_file_once_though_reached_twice(self, tmp_path):
        path = touch(tmp_path / "news" / "a.txt")
        (tmp_path / "news" / "b.txt").symlink_to(path)
        files, records = found(tmp_path / "news", path, tmp_path / "news")
        assert files == [path]
        assert records["a.txt"] == (True, f"the same file as {path}")
        assert records["b.txt"] == (True, f"the same file as {path}")
        assert records["news"] == (True, f"the same folder as {tmp_path / 'news'}")

    def test_symlink_loops_end(self, tmp_path):
        path = touch(tmp_path / "news" / "deep" / "a.txt")
        (tmp_path / "news" / "deep" / "up").symlink_to(tmp_path / "news")
        (tmp_path / "news" / "self").symlink_to(tmp_path / "news" / "self")
        files, records = found(tmp_path / "news")
        assert files == [path]
        assert records["up"] == (True, f"a symlink loop: it leads back to {tmp_path / 'news'}")
        assert records["self"] == (True, "a symlink loop: it leads back to itself")

    def test_link_to_nothing_fails(self, tmp_path):
        (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
        assert found(tmp_path)[1]["a.txt"] == (False, "a link to something that does not exist")


class TestNotRegular:
    def test_pipe_socket_and_device_are_skipped(self, tmp_path):
        os.mkfifo(tmp_path / "pipe.txt")
        (tmp_path / "null.txt").symlink_to("/dev/null")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(tmp_path / "socket.txt"))
            files, records = found(tmp_path)
        assert files == []
        assert records["pipe.txt"] == (True, "not a regular file but a named pipe")
        assert records["socket.txt"] == (True, "not a regular file but a socket")
        assert records["null.txt"] == (True, "not a regular file but a device")

    def test_unreadable_folder_fails_and_the_rest_is_found(self, tmp_path, monkeypatch):
        locked = touch(tmp_path / "locked" / "a.txt").parent
        path = touch(tmp_path / "open.txt")
        iterdir = Path.iterdir

        def refuse(folder):
            if folder == locked:
                raise PermissionError(13, "Permission denied", str(folder))
            return iterdir(folder)

        monkeypatch.setattr(Path, "iterdir", refuse)
        assert found(tmp_path) == ([path], {"locked": (False, "permission denied; make it readable for this user")})

    @pytest.mark.skipif(os.name == "nt", reason="names are bytes on POSIX only")
    def test_name_that_is_not_utf8_can_be_shown(self, tmp_path):
        os.close(os.open(os.fsencode(tmp_path) + b"/\xff.jpg", os.O_CREAT))
        ((name, _),) = found(tmp_path)[1].items()
        assert name == "\ufffd.jpg"
