"""Waiting for a condition, with a deadline, because an emulated machine has no pace to rely on."""

import time


class TooLate(Exception):
    """The condition did not come true in time; the text says what was seen last."""


def until(what, probe, seconds):
    """The first true result of probe(); raises TooLate, naming `what` and what was seen last."""
    deadline = time.monotonic() + seconds
    while True:
        result = probe()
        if result:
            return result
        if time.monotonic() > deadline:
            raise TooLate(f"not within {seconds} s: {what}")
        time.sleep(0.2)
