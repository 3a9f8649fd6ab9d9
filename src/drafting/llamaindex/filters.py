"""LlamaIndex's metadata filters, nested as deep as one likes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from llama_index.core.vector_stores.types import MetadataFilter, MetadataFilters

Metadata = Mapping[str, Any]


def admits(filters: MetadataFilters, metadata: Metadata) -> bool:
    """Whether `filters` let these metadata through, by LlamaIndex's own rules.

    They are those of its SimpleVectorStore, which refuses nested filters: a key that is missing (or
    null) is unequal to everything and in no list; NOT admits what none of its filters admits.
    Values that cannot be compared raise `TypeError`, as there.

    >>> own = MetadataFilter(key="jurisdiction", value="tỉnh Lạng Sơn")
    >>> admits(MetadataFilters(filters=[own]), {"jurisdiction": "tỉnh Bắc Giang"})
    False
    """
    answers = (
        admits(one, metadata) if isinstance(one, MetadataFilters) else _lets_through(one, metadata)
        for one in filters.filters
    )
    condition = filters.condition.value if filters.condition else "and"
    if not filters.filters or condition == "and":
        return all(answers)
    return any(answers) if condition == "or" else not any(answers)


def _lets_through(one: MetadataFilter, metadata: Metadata) -> bool:
    value, operator = metadata.get(one.key), one.operator.value
    if operator == "is_empty":
        return value is None or value in ("", [])
    if value is None:
        return operator in {"!=", "nin"}
    return bool(_OPERATORS[operator](value, one.value))


def _contains_text(value: Any, wanted: Any) -> bool:
    if not isinstance(value, str) or not isinstance(wanted, str):
        raise TypeError(f"TEXT_MATCH so hai chuỗi, không phải {value!r} với {wanted!r}.")
    return wanted in value


def _contains_text_of_any_case(value: Any, wanted: Any) -> bool:
    if not isinstance(value, str) or not isinstance(wanted, str):
        return _contains_text(value, wanted)
    return wanted.lower() in value.lower()


# By LlamaIndex's own signs, so that an operator missing in an older version is no error here.
_OPERATORS: dict[str, Callable[[Any, Any], object]] = {
    "==": lambda value, wanted: value == wanted,
    "!=": lambda value, wanted: value != wanted,
    ">": lambda value, wanted: value > wanted,
    ">=": lambda value, wanted: value >= wanted,
    "<": lambda value, wanted: value < wanted,
    "<=": lambda value, wanted: value <= wanted,
    "in": lambda value, wanted: value in wanted,
    "nin": lambda value, wanted: value not in wanted,
    "contains": lambda value, wanted: wanted in value,
    "any": lambda value, wanted: any(one in value for one in wanted),
    "all": lambda value, wanted: all(one in value for one in wanted),
    "text_match": _contains_text,
    "text_match_insensitive": _contains_text_of_any_case,
}
