"""Figures as JSON and back: one way to write them, so that the same figures have the same digest."""

import hashlib
import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


def plain(figures: Any) -> Any:
    """A dataclass as what JSON knows: days and instants in ISO form, decimals as text, nothing rounded."""
    return json.loads(json.dumps(asdict(figures), default=_written))


def _written(value: Any) -> str:
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
    raise TypeError(f"{value!r} cannot be frozen.")


def digest_of(data: Any) -> str:
    """SHA-256, in hex, of the JSON with sorted keys, no spaces and UTF-8."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def restored(kind: Any, data: Any) -> Any:
    """What `plain` wrote, as the dataclass it was. A field that came later has its default; TypeError without one.

    A decimal is what its digits say, also where they were once written as a number of JSON.
    """
    if data is None:
        return None
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        make: Any = kind
        known = [field.name for field in fields(kind) if field.name in data]
        return make(**{name: restored(hints[name], data[name]) for name in known})
    match get_origin(kind):
        case origin if origin is tuple:
            return tuple(restored(get_args(kind)[0], item) for item in data)
        case origin if origin is UnionType:
            return restored(next(one for one in get_args(kind) if one is not type(None)), data)
    if kind is Decimal:
        return Decimal(str(data))
    return kind.fromisoformat(data) if kind in (date, datetime) else data
