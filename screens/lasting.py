"""Buttons outlive the version that drew them."""

from __future__ import annotations

from typing import Any, Protocol, Self, cast

from pydantic.fields import FieldInfo


class _Packed(Protocol):
    """What an address has of CallbackData."""

    __separator__: str
    model_fields: dict[str, FieldInfo]


class Lasting:
    """Mixed into an address: a button drawn before a field was added still leads there, with that field at its default.

    So new fields go to the end of an address and have defaults.
    """

    @classmethod
    def unpack(cls, value: str) -> Self:
        """See CallbackData; aiogram by itself refuses an address with fewer parts than fields."""
        packed = cast("type[_Packed]", cls)
        given = value.count(packed.__separator__)
        for field in list(packed.model_fields.values())[given:]:
            if field.is_required():
                break
            value += packed.__separator__ + _encoded(field.default)
        unpack = super().unpack  # type: ignore[misc]  # CallbackData stands behind in every address
        return cast("Self", unpack(value))


def _encoded(default: Any) -> str:
    return str(int(default)) if isinstance(default, bool) else str(default)
