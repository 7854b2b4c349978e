"""Programs that are killed or hang."""

from rig import wait
from rig.site import CAPACITY, PATIENCE_S, adds_up

DISCOVERY = "parking-discovery.service"
# WatchdogSec and TimeoutAbortSec of the unit, then a start in the emulation.
HANG_S = 90


def gates_go_on_without_discovery(site, report):
    """Entries and exits go on while discovery is dead; systemd brings it back."""
    gate = site.gate_with_permit()
    pid = site.property_of(DISCOVERY, "MainPID")
    site.kill(DISCOVERY, "KILL")
    gate.enter()
    report.check("a gate that holds a permit lets a car in after discovery was killed", True)
    gate.leave()
    report.check("and lets it out", True)
    site.wait_active(DISCOVERY, not_pid=pid)
    report.check("systemd has restarted discovery", True)
    site.wait_figures(0, 0, CAPACITY)

    gate = site.gate_with_permit()
    site.agent.output("systemctl", "stop", DISCOVERY)
    wait.until(
        "the gates miss discovery",
        lambda: all(g.status()["discovery"]["state"] != "alive" for g in site.gates.values()),
        PATIENCE_S,
    )
    gate.enter()
    inside = {g.status()["lot"]["inside"] for g in site.gates.values()}
    wait.until(
        "the gates tell each other",
        lambda: {g.status()["lot"]["inside"] for g in site.gates.values()} == {1},
        PATIENCE_S,
    )
    report.check("with discovery stopped, all gates know of a car that enters", True, inside)
    site.gates[3].leave()
    site.agent.output("systemctl", "start", DISCOVERY)
    site.wait_figures(0, 0, CAPACITY, seconds=60)
    report.check("and of its exit at another gate; back again, discovery changes no figure", True)


def a_gate_killed_while_a_car_enters_that_then_backs_out(site, report):
    """Killed between barrier and passage; the operator says that the car backed out."""
    gate = _killed_in_mid_admission(site, report)
    settled = gate.ctl("settle", "in", "backed_out", "--reason", "the car drove off backwards")
    report.equal("the operator settles it: backed out", settled.code, 0)
    site.wait_figures(0, 0, CAPACITY)
    report.check("the permit is back, and no other was made", True)


def a_gate_killed_while_a_car_enters_that_then_enters(site, report):
    """Killed between barrier and passage; the operator says that the car entered."""
    gate = _killed_in_mid_admission(site, report)
    settled = gate.ctl("settle", "in", "entered", "--reason", "the car stands inside")
    report.equal("the operator settles it: entered", settled.code, 0)
    site.wait_figures(1, 0, CAPACITY - 1)
    report.check("the car counts as inside", True)
    site.gates[3].leave()
    site.wait_figures(0, 0, CAPACITY)
    report.check("and as gone when it leaves", True)


def a_gate_that_hangs_is_restarted(site, report):
    """A stopped process feeds no watchdog."""
    gate = site.gates[2]
    pid = site.property_of(gate.unit, "MainPID")
    site.kill(gate.unit, "STOP")
    site.wait_active(gate.unit, not_pid=pid, seconds=HANG_S)
    report.check("systemd restarts a gate that hangs", True)
    log = site.agent.output("journalctl", "--boot", "--no-pager", "--unit", gate.unit)
    report.check("because of its watchdog", "Watchdog timeout" in log, log[-500:])
    _wait_in_service(gate)
    site.wait_figures(0, 0, CAPACITY)
    report.check("and no count is lost", True)


def _killed_in_mid_admission(site, report):
    """Returns the gate, back again, with one held admission on lane "in"."""
    gate = site.gate_with_permit()
    gate.arrive("in")
    site.wait_figures(0, 1, CAPACITY - 1)
    pid = site.property_of(gate.unit, "MainPID")
    # The car backs out before the gate lives again, or it would be a new arrival.
    kill_and_clear = (
        f"systemctl kill --kill-whom=main --signal=KILL {gate.unit} && "
        f"echo pull-up >{gate.clear_file('in', 'approach')}"
    )
    site.agent.output("sh", "-c", kill_and_clear)
    rises = gate.rises("in")
    site.wait_active(gate.unit, not_pid=pid)
    report.check(f"systemd restarts {gate.name}, killed with its barrier open", True)
    _wait_in_service(gate)
    wait.until(
        "the lane shows its held admission", lambda: gate.lane("in").get("held") == 1, PATIENCE_S
    )
    report.check("the pending admission is shown as held on its lane", True)
    site.wait_figures(0, 1, CAPACITY - 1)
    statuses = [other.status() for other in site.gates.values()]
    report.check("permits, inside and pending make the capacity", all(map(adds_up, statuses)))
    report.equal("the restart opens no barrier", gate.rises("in"), rises)
    return gate


def _wait_in_service(gate):
    def in_service():
        return gate.status().get("gate", {}).get("state") == "in_service"

    wait.until(f"{gate.name} is in service again", in_service, 60)
