import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.errors import ArchiveLockedError
from rag.index.lock import writer_lock

HOLD = """
import sys, time
from pathlib import Path
from rag.index.lock import writer_lock
with writer_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path):
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


class TestWriterLock:
    def test_second_process_is_told_at_once_who_writes(self, holder, tmp_path):
        started = time.monotonic()
        with (
            pytest.raises(ArchiveLockedError, match=f"being written by process {holder.pid} on "),
            writer_lock(tmp_path),
        ):
            pytest.fail("two writers")
        assert time.monotonic() - started < 2

    def test_killed_holder_frees_it(self, holder, tmp_path):
        holder.kill()
        holder.wait()
        with writer_lock(tmp_path):
            pass

    def test_can_be_taken_again_after_an_error(self, tmp_path):
        with pytest.raises(RuntimeError), writer_lock(tmp_path):
            raise RuntimeError
        with writer_lock(tmp_path):
            pass

    @pytest.mark.usefixtures("holder")
    def test_unreadable_note_still_gives_a_message(self, tmp_path):
        (tmp_path / "writer.json").write_text("{")
        with pytest.raises(ArchiveLockedError, match="another process"), writer_lock(tmp_path):
            pytest.fail("two writers")
