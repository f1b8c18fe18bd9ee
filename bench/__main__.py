"""`python -m bench`: one table."""

from __future__ import annotations

import tempfile
from pathlib import Path

import structlog
import uvloop

from bench import claims, delivery, limited, processes, unlimited, updates
from bench.table import drawn


async def main() -> None:
    """Measure all, then tell."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))  # only errors
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [
            *await updates.measure(folder),
            *await delivery.measure(folder),
            *await limited.measure(folder),
            *await unlimited.measure(folder),
            *await claims.measure(folder),
            *await processes.measure(folder),
        ]
    print(drawn(lines))


uvloop.run(main())
