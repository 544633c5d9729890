import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from rag.errors import NewsragError
from ui import launch
from ui.serving import start

ROOT = Path(__file__).parents[2]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_tells_the_address_as_soon_as_it_listens(archive, free_port):
    seen = []
    url = launch(
        archive, free_port, block=False, on_ready=lambda told: seen.append((told, httpx.get(told).status_code))
    )
    assert url == f"http://127.0.0.1:{free_port}"
    assert seen == [(url, 200)]


def test_a_taken_port_is_said_with_what_to_do_and_no_other_is_taken(archive, free_port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        with pytest.raises(NewsragError, match=rf"Port {free_port} on 127.0.0.1 is in use.*--port"):
            launch(archive, free_port, block=False)


@pytest.mark.parametrize("port", [-1, 0, 65_536])
def test_a_port_that_does_not_exist(archive, port):
    with pytest.raises(NewsragError, match=f"Port {port} does not exist"):
        launch(archive, port, block=False)


def test_it_listens_on_this_machine_only(archive, free_port):
    page = start(archive, free_port)
    try:
        assert page.server.config.host == "127.0.0.1"
        assert not page.share
    finally:
        page.close(verbose=False)


def test_ctrl_c_ends_it(tmp_path, free_port):
    program = f"import rag, ui; ui.launch(rag.Archive.open({str(tmp_path)!r}), {free_port}, on_ready=print)"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, text=True
    ) as process:
        address = process.stdout.readline().strip()
        answered = httpx.get(address).status_code
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (answered, process.returncode, out, err) == (200, 0, "", "")


def test_nothing_of_the_outside_is_configured(archive, free_port):
    page = start(archive, free_port)
    try:
        url = f"http://127.0.0.1:{free_port}"
        config = httpx.get(f"{url}/config").json()
        assert config["analytics_enabled"] is False
        assert config["stylesheets"] == []
        assert httpx.get(f"{url}/gradio_api/info").json() == {"named_endpoints": {}, "unnamed_endpoints": {}}
        assert httpx.get(f"{url}/gradio_api/file={Path(__file__)}").status_code == 403
    finally:
        page.close(verbose=False)


def test_uploads_pass_through_a_folder_that_only_this_user_reads():
    folder = Path(os.environ["GRADIO_TEMP_DIR"])
    assert folder.stat().st_mode & 0o077 == 0
    assert "127.0.0.1" in os.environ["no_proxy"]
