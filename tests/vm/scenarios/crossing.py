"""A car comes and goes, from the edge on a line to the number on the screen."""

from rig import wait
from rig.site import CAPACITY, PATIENCE_S

# The configured pulse, and how much the emulation may stretch it.
PULSE_MS = 500
TOLERANCE_MS = 250


def a_car_enters_at_one_gate_and_leaves_at_another(site, report):
    """In at gate 1, out at gate 3, and everybody knows."""
    entry, departure = site.gates[1], site.gates[3]
    before = len(entry.pulses("in"))
    others = {n: gate.rises("in") for n, gate in site.gates.items() if gate is not entry}

    entry.arrive("in")
    report.check("an edge at the approach of gate 1 raises its barrier", True)
    wait.until("the pulse ends", lambda: len(entry.pulses("in")) > before, PATIENCE_S)
    length = entry.pulses("in")[-1]
    report.check(
        f"the barrier line is active for {PULSE_MS} ms",
        abs(length - PULSE_MS) <= TOLERANCE_MS,
        f"{length} ms",
    )
    entry.pass_through("in")
    site.wait_figures(1, 0, CAPACITY - 1)
    report.check("after the passage all gates say 1 inside and one free less", True)
    site.wait_number(CAPACITY - 1)
    report.check("the screen shows one less", True)
    report.equal("one car makes one pulse", len(entry.pulses("in")), before + 1)
    after = {n: site.gates[n].rises("in") for n in others}
    report.equal("no other barrier was told to open", after, others)

    departure.leave()
    report.check("gate 3 lets the car out", True)
    site.wait_figures(0, 0, CAPACITY)
    report.check("after the exit at gate 3 all gates say that the lot is empty", True)
    site.wait_number(CAPACITY)
    report.check("the screen shows the number of before", True)
