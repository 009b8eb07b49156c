"""The same thing at the same moment, in threads that each have a connection of their own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def together(*what: Callable[[], T]) -> list[T]:
    """What each of them gave, in order. An error in any thread is raised here."""
    gate = threading.Barrier(len(what))
    gave: dict[int, T] = {}
    errors: list[BaseException] = []

    def run(index: int) -> None:
        try:
            gate.wait(timeout=10)
            gave[index] = what[index]()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[index]) for index in range(len(what))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    if errors:
        raise errors[0]
    return [gave[index] for index in range(len(what))]
