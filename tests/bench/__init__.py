"""Measurements: a figure means something beside another one that was taken in the same run, so each prints a ratio.

    make bench                       all of them
    make bench ARGS="search"         one

A bench is a file here with a function that carries @bench("name", "what it says"); it prepares what it needs in a
database of its own (tests/bench/__main__.py makes it), measures with `timed` or its own means, and calls `report`.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

BENCHES: dict[str, "Bench"] = {}


@dataclass(frozen=True)
class Bench:
    name: str
    says: str
    run: Callable[[], None]


def bench(name: str, says: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a bench; `says` is the line above its figures."""

    def register(run: Callable[[], None]) -> Callable[[], None]:
        BENCHES[name] = Bench(name, says, run)
        return run

    return register


def timed(call: Callable[[], object], times: int = 200, first: int = 5) -> list[float]:
    """Seconds of each of so many calls, after some that are not counted."""
    for _call in range(first):
        call()
    seconds = []
    for _call in range(times):
        began = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - began)
    return seconds


def milliseconds(seconds: list[float]) -> str:
    """“1.2 ms, 95 of 100 under 2.0 ms”"""
    ordered = sorted(seconds)
    return (
        f"{statistics.median(ordered) * 1000:.2f} ms, 95 of 100 under {ordered[int(len(ordered) * 0.95)] * 1000:.2f} ms"
    )


def report(what: str, figure: str, ratio: str = "", met: bool | None = None) -> None:
    """One line: what, how much, beside what, and (where something was promised) whether it holds."""
    mark = {True: "  holds", False: "  DOES NOT HOLD", None: ""}[met]
    print(f"  {what:<44} {figure}{f'  ({ratio})' if ratio else ''}{mark}", flush=True)
    if met is False:
        MISSED.append(what)


MISSED: list[str] = []
