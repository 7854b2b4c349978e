"""A lot of three spaces and four cars."""

from rig import wait
from rig.site import CAPACITY, PATIENCE_S


def a_car_too_many_waits_and_is_let_in_when_one_leaves(site, report):
    """The fourth car is refused wherever it comes, and is let in by itself when there is room."""
    for number in (1, 2, 3):
        site.gates[number].enter()
    site.wait_figures(CAPACITY, 0, 0)
    report.check("three cars enter, one at each gate, whoever held the permits", True)
    site.wait_number(0)
    report.check("the screen shows 0", True)

    for gate in site.gates.values():
        before = gate.rises("in")
        gate.sensor("in", "approach", True)
        _wait_refused(gate)
        report.check(f"a fourth car is refused at {gate.name}: the lot is full", True)
        report.equal(f"the barrier of {gate.name} stays shut", gate.rises("in"), before)
        gate.sensor("in", "approach", False)

    waiting = site.gates[2]
    before = waiting.rises("in")
    waiting.sensor("in", "approach", True)
    _wait_refused(waiting)
    site.gates[3].leave()
    waiting.wait_opened("in", before)
    report.check("when a car leaves at gate 3, the one waiting at gate 2 is let in by itself", True)
    waiting.pass_through("in")
    site.wait_figures(CAPACITY, 0, 0)
    report.check("the lot is full again, not more than full", True)

    for number in (1, 2, 3):
        site.gates[number].leave()
    site.wait_figures(0, 0, CAPACITY)
    report.check("the three leave and the lot is empty", True)


def _wait_refused(gate):
    def refused():
        lane = gate.lane("in")
        return lane.get("state") == "refused" and lane.get("reason") == "lot_full"

    wait.until(f"{gate.name} refuses with lot_full", refused, PATIENCE_S)
