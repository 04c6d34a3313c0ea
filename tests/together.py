"""Several who act in the same moment, each in a thread and a connection of its own."""

import threading
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from services.actions.orders import Overtaken


def at_once(*calls) -> list[Any]:
    """What each got back, or the words with which it was refused."""
    gate, answers = threading.Barrier(len(calls)), []

    def run(call) -> None:
        gate.wait()
        try:
            answers.append(call())
        except (Overtaken, ValidationError) as error:
            answers.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
