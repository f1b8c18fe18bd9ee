"""The id of a row within a button."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

RowId = Annotated[int, Field(ge=0, lt=2**63)]
"""A forged button with a number that no database has is no button of ours."""
