"""The demonstration's incidents: a real export whose incidents all open within three days, moved apart in time.

Each incident moves by its own whole number of weeks in local time, so that weekdays and hours stay as they were and
openings spread over five closed quarters and the running one. What lies after the moment of loading has not happened.
"""

import csv
import gzip
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kit.quarters import Quarter

EXPORT = Path(__file__).parents[2] / "sla" / "data" / "servicenow_incident_events.csv.gz"
WRITTEN = "%d-%m-%Y %H:%M"
MISSING = "?"
UPDATED, OPENED, NUMBER = "sys_updated_at", "opened_at", "number"
ENDS = ("resolved_at", "closed_at")
INSTANTS = (OPENED, "sys_created_at", UPDATED, *ENDS)
CLOSED_QUARTERS = 5
WEEK = timedelta(weeks=1)

type Row = dict[str, str]


def read_export() -> list[Row]:
    with gzip.open(EXPORT, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_export(path: Path, rows: Iterable[Row]) -> None:
    ordered = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(ordered[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(ordered)


def moved(rows: Iterable[Row], cut_off: datetime) -> Iterator[Row]:
    """The rows that have happened by `cut_off` (local, naive), each incident moved by its own number of weeks."""
    first = beginning(cut_off)
    for row in rows:
        weeks = _weeks(row[NUMBER], datetime.strptime(row[OPENED], WRITTEN), first, cut_off)  # noqa: DTZ007
        later = row | {name: _later(row[name], weeks) for name in INSTANTS}
        if _read(later[UPDATED]) <= cut_off:
            yield later | {name: MISSING for name in ENDS if _read(later[name]) > cut_off}


def beginning(cut_off: datetime) -> datetime:
    """The first instant of the five closed quarters before the running one."""
    return datetime.combine(Quarter.of(cut_off.date()).shifted(-CLOSED_QUARTERS).first, datetime.min.time())


def _weeks(number: str, opened: datetime, first: datetime, cut_off: datetime) -> int:
    """The number of weeks that this incident moves: always the same, spread evenly over what is possible."""
    fewest = -((opened - first) // WEEK)
    most = (cut_off - opened) // WEEK
    digest = hashlib.sha256(number.encode()).digest()
    return fewest + int.from_bytes(digest[:8], "big") % (most - fewest + 1)


def _later(text: str, weeks: int) -> str:
    return text if text == MISSING else (_read(text) + weeks * WEEK).strftime(WRITTEN)


def _read(text: str) -> datetime:
    """Local and naive, as the export has it; what is missing has not come yet in no time at all."""
    return datetime.min if text == MISSING else datetime.strptime(text, WRITTEN)  # noqa: DTZ007, DTZ901


def spread(rows: Iterable[Row], column: str, shares: dict[str, int]) -> dict[str, str]:
    """Each value of a column to one of the keys of `shares`, so that their numbers of incidents come near the shares.

    The most frequent value first, each to the key that lacks most.
    """
    incidents = {row[NUMBER]: row[column] for row in rows}
    counts = Counter(incidents.values()).most_common()
    lacking: dict[str, Any] = {key: share * len(incidents) / sum(shares.values()) for key, share in shares.items()}
    placed: dict[str, str] = {}
    for value, count in counts:
        key = max(lacking, key=lacking.__getitem__)
        placed[value] = key
        lacking[key] -= count
    return placed
