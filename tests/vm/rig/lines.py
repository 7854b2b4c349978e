"""The simulated GPIO lines of the gates: sensors are driven here, barriers are read."""

import json

from rig import wait

_STATE = "/run/parking-vm"


class Lines:
    """All gates' lines. Gates are numbered from 1, lines as on a Raspberry Pi's header."""

    def __init__(self, agent):
        self._agent = agent
        banks = f"{_STATE}/banks.json"
        wait.until("the GPIO chips are there", lambda: agent.run("cat", banks).code == 0, 120)
        self._banks = json.loads(agent.output("cat", banks))

    def drive(self, gate, **levels):
        """Sets inputs, as in drive(1, GPIO17="low"); all of them in one go."""
        self._agent.write(*((self.pull_file(gate, n), f"pull-{_PULL[v]}") for n, v in levels.items()))

    def pull_file(self, gate, line):
        """Where the guest sets an input."""
        return f"{self._file(gate, line)}/pull"

    def value(self, gate, line):
        """0 or 1: the level at this moment."""
        return int(self._agent.output("cat", f"{self._file(gate, line)}/value"))

    def changes(self, gate, line):
        """[(milliseconds of the guest's clock, level)] since boot, the first of them the start."""
        record = self._agent.output("cat", f"{_STATE}/lines.jsonl").splitlines()
        entries = [json.loads(entry) for entry in record if entry.endswith("}")]
        return [(e["ms"], e["value"]) for e in entries if (e["gate"], e["line"]) == (gate, line)]

    def pulses(self, gate, line):
        """Length in milliseconds of each completed pulse since boot."""
        changes = self.changes(gate, line)
        pairs = zip(changes, changes[1:])
        return [end[0] - begin[0] for begin, end in pairs if begin[1] == 1 and end[1] == 0]

    def rises(self, gate, line):
        """How often the line has become active since boot."""
        levels = [level for _, level in self.changes(gate, line)]
        return sum(1 for before, after in zip([0, *levels], levels) if (before, after) == (0, 1))

    def _file(self, gate, line):
        return f"{self._banks[str(gate)]}/sim_{line.lower()}"


_PULL = {"high": "up", "low": "down"}
