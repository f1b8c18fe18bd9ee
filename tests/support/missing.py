"""Programs that tests need and a machine may lack: a skip with its reason, and a failure in CI."""

import os
from typing import NoReturn

import pytest


class ProgramMissing(RuntimeError):
    """A program that some tests need is not on this machine; the text says which one and how to get it."""


def skip_or_fail(missing: ProgramMissing) -> NoReturn:
    """Skip the asking test with the reason. Where `CI=true` it fails: there every program has to be present."""
    if os.environ.get("CI") == "true":
        pytest.fail(str(missing), pytrace=False)
    pytest.skip(str(missing))
