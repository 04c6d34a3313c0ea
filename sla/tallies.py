"""Decided clocks counted per cell, in columns: a service, an organisation, a month, a target, a calendar version."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from sla.timelines import Column

LARGEST = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Tally:
    """Columns of one length. `digests` combine by exclusive or, so that the order of clocks does not matter."""

    service_ids: Column
    organisation_ids: Column
    months: Column
    target_ids: Column
    calendar_version_ids: Column
    counted: Column
    met: Column
    digests: Column

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(vars(self).values())

    def by_cell(self) -> "Tally":
        """One row per cell."""
        if not len(self.counted):
            return self
        *cells, counted, met, digests = self.columns
        keys = packed(cells)
        order = np.argsort(keys)
        keys = keys[order]
        firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        rows = [cell[order[firsts]] for cell in cells]
        rows += [np.add.reduceat(column[order], firsts) for column in (counted, met)]
        rows += [np.bitwise_xor.reduceat(digests[order], firsts)]
        return Tally(*rows)


def together(tallies: Sequence[Tally]) -> Tally:
    """One row per cell of all of them; there is at least one."""
    columns = zip(*(tally.columns for tally in tallies), strict=True)
    return Tally(*(np.concatenate(parts) for parts in columns)).by_cell()


def packed(columns: Sequence[Column]) -> Column:
    """One number for each combination of values, the same for the same."""
    spans = [int(column.max()) - int(column.min()) + 1 for column in columns]
    if prod(spans) > LARGEST:
        columns = [np.unique(column, return_inverse=True)[1] for column in columns]
        spans = [int(column.max()) + 1 for column in columns]
    keys = np.zeros_like(columns[0])
    for column, span in zip(columns, spans, strict=True):
        keys = keys * span + (column - column.min())
    return keys
