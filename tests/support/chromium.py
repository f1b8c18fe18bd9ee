"""The system's Chromium for tests in a real browser (playwright's own download is not used)."""

import os
import shutil
from pathlib import Path

from tests.support.missing import ProgramMissing

NAMES = ("chromium", "chromium-browser", "google-chrome")

LAUNCH_ARGS: tuple[str, ...] = (
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),  # Chromium refuses to start its sandbox as root
    "--disable-gpu",
    # A test talks to loopback only: nothing of the browser's own housekeeping may go out.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ChromiumMissing(ProgramMissing):
    """No Chromium was found on PATH."""


def find_chromium() -> Path:
    """Give the browser's path for playwright's `executable_path`. Raises ChromiumMissing."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise ChromiumMissing(f"No Chromium on PATH ({', '.join(NAMES)}); on Debian: apt install chromium")
