"""How benchmarks measure: seconds of the fastest of some rounds, told beside the bar."""

from collections.abc import Callable
from time import perf_counter

ROUNDS = 5


def seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def fastest(work: Callable[[], object]) -> float:
    return min(seconds(work) for _ in range(ROUNDS))


def tell(what: str, figure: float, bar: float) -> None:
    print(f"\n{what:<75} {figure:>8.2f}  bar {bar}")
