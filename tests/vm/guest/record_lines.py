"""Writes down every change of the barrier lines, one JSON object a line: gate, line, value, ms.

The simulator tells nobody when an output changes, so the values are sampled, often enough for a
pulse of half a second. The driver could not: its own way into the machine is slower than a pulse.
"""

import json
import os
import pathlib
import time

BARRIERS = (22, 25)
PERIOD_S = 0.01
STATE = pathlib.Path("/run/parking-vm")


def main():
    banks = json.loads((STATE / "banks.json").read_text())
    lines = {}
    for gate, bank in banks.items():
        for line in BARRIERS:
            path = f"{bank}/sim_gpio{line}/value"
            lines[(int(gate), f"GPIO{line}")] = os.open(path, os.O_RDONLY)

    seen = {}
    with open(STATE / "lines.jsonl", "w", encoding="utf-8", buffering=1) as record:
        while True:
            for key, descriptor in lines.items():
                value = int(os.pread(descriptor, 8, 0))
                if seen.get(key) != value:
                    seen[key] = value
                    entry = dict(zip(("gate", "line"), key))
                    entry.update(value=value, ms=time.monotonic_ns() // 1_000_000)
                    record.write(json.dumps(entry) + "\n")
            time.sleep(PERIOD_S)


main()
