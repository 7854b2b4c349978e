"""One line for each check, and the sum at the end."""

import time


class Report:
    """Prints and counts."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self._start = time.monotonic()

    def say(self, text):
        """A line that is no check."""
        print(f"  {time.monotonic() - self._start:6.1f} s  {text}", flush=True)

    def check(self, what, holds, detail=""):
        """A check: `what` is what must hold, `detail` what was seen instead."""
        if holds:
            self.passed += 1
            self.say(f"ok    {what}")
        else:
            self.failed += 1
            self.say(f"FAIL  {what}" + (f": {detail}" if detail else ""))
        return bool(holds)

    def equal(self, what, seen, wanted):
        """A check that two values are the same."""
        return self.check(what, seen == wanted, f"seen {seen!r}, wanted {wanted!r}")

    def close(self):
        """Prints the sum; the exit code."""
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0
