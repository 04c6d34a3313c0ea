"""64-bit digests of rows of numbers: cheap, independent of order when combined, for seeing that input changed.

Each number is multiplied by an odd constant of its place and the sum is mixed by the finaliser of SplitMix64
(Steele, Lea and Flood 2014). They tell changed input from the same; they are no protection against forgery.
"""

from itertools import accumulate

import numpy as np
import numpy.typing as npt

from sla.timelines import Column

GOLDEN = 0x9E3779B97F4A7C15
FIRST_MIX, SECOND_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
FULL = (1 << 64) - 1
PLACES = [
    np.uint64(value | 1) for value in accumulate(range(16), lambda value, _: value * GOLDEN & FULL, initial=GOLDEN)
]

type Words = npt.NDArray[np.uint64]


def of_rows(*columns: Column | np.int64) -> Column:
    """One digest per row of int64 columns; a single number stands for a column of it."""
    total: Words = np.zeros(1, dtype=np.uint64)
    for column, place in zip(columns, PLACES, strict=False):
        total = total + np.atleast_1d(np.asarray(column, dtype=np.int64)).view(np.uint64) * place
    return mixed(total).view(np.int64)


def of_spans(offsets: Column, froms: Column, tos: Column) -> Column:
    """One digest per row for the spans that it owns, whatever their order."""
    sums = np.concatenate(([0], np.cumsum(of_rows(froms, tos))))
    return sums[offsets[1:]] - sums[offsets[:-1]]


def mixed(words: Words) -> Words:
    words = (words ^ (words >> np.uint64(30))) * FIRST_MIX
    words = (words ^ (words >> np.uint64(27))) * SECOND_MIX
    return words ^ (words >> np.uint64(31))
