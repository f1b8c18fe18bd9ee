"""Stories are told in a watched house."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from models import Database
from tests.support.house import House, make_house
from tests.support.stories import Watch


@pytest.fixture
def watched(db: Database) -> Iterator[House]:
    """The house, in which no screen breaks the rules of product.md, no button is left spinning and nothing goes wrong unexpectedly."""
    house = make_house(db)
    watch = Watch(house)
    with capture_logs() as logs:
        yield house
    surprises = [entry.get("exc_info") for entry in logs if entry["event"] == "surprise"]
    assert not surprises, surprises
    watch.end()
