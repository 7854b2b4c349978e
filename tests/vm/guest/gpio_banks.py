"""Makes one simulated GPIO chip for each gate, with the lines of a Raspberry Pi's header.

Says in /run/parking-vm/banks.json where each chip's lines are driven and read.
"""

import json
import os
import pathlib
import subprocess

GATES = (1, 2, 3)
LINES = 28
# The beams and the fire input are active low: pulled up, nothing is in the way and nothing burns.
IDLE_HIGH = (16, 17, 23, 24, 27)

DEVICE = pathlib.Path("/sys/kernel/config/gpio-sim/gates")
STATE = pathlib.Path("/run/parking-vm")


def describe(bank, gate):
    bank.mkdir()
    (bank / "num_lines").write_text(str(LINES))
    (bank / "label").write_text(f"pinctrl-sim-{gate}")
    for line in range(LINES):
        (bank / f"line{line}").mkdir()
        (bank / f"line{line}" / "name").write_text(f"GPIO{line}")


def main():
    subprocess.run(["modprobe", "gpio-sim"], check=True)
    DEVICE.mkdir(parents=True)
    for gate in GATES:
        describe(DEVICE / f"bank{gate}", gate)
    (DEVICE / "live").write_text("1")

    device = (DEVICE / "dev_name").read_text().strip()
    banks = {}
    for gate in GATES:
        chip = (DEVICE / f"bank{gate}" / "chip_name").read_text().strip()
        lines = pathlib.Path("/sys/devices/platform") / device / chip
        for line in IDLE_HIGH:
            (lines / f"sim_gpio{line}" / "pull").write_text("pull-up")
        banks[gate] = str(lines)
    # The rule that gives the chips to their group is part of what is tested.
    subprocess.run(["udevadm", "settle"], check=True)
    os.makedirs(STATE, exist_ok=True)
    (STATE / "part").write_text(json.dumps(banks))
    (STATE / "part").rename(STATE / "banks.json")  # whoever sees it sees all of it


main()
