"""What Gradio reads from the environment when it is imported; ``ui/__init__.py`` imports this module before all others.

Gradio reports usage to its makers by default, keeps uploads in one folder that all users of the machine share, and
asks its own server for a sign of life through whatever proxy is configured. An archive may be confidential and its
machine cut off from any network, so all three are settled here.
"""

import atexit
import os
import shutil
import tempfile

LOOPBACK = "127.0.0.1"
"""The only address the page is served on."""


def _private_temp_folder() -> str:
    """Create a folder that only this user can read, for uploads on their way into the archive; removed at exit."""
    folder = tempfile.mkdtemp(prefix="newsrag-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _without_proxy(variable: str) -> str:
    """Return the variable's list of hosts with the loopback address in it."""
    hosts = [host for host in os.environ.get(variable, "").split(",") if host.strip()]
    return ",".join(hosts if LOOPBACK in hosts else [*hosts, LOOPBACK])


os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
if not os.environ.get("GRADIO_TEMP_DIR"):
    os.environ["GRADIO_TEMP_DIR"] = _private_temp_folder()
for _variable in ("no_proxy", "NO_PROXY"):  # Python's urllib and httpx prefer the lower-case one
    os.environ[_variable] = _without_proxy(_variable)
