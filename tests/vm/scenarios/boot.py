"""After power on."""

from rig import wait
from rig.site import CAPACITY

BOOT_S = 120


def everything_is_up(site, report):
    """All services reach active by themselves and the gates find each other."""
    for unit in site.units:
        site.wait_active(unit, seconds=BOOT_S)
        restarts = site.property_of(unit, "NRestarts")
        report.equal(f"{unit} became active at the first attempt", restarts, "0")

    def in_service():
        statuses = [gate.status() for gate in site.gates.values()]
        return all(_knows_everybody(status, len(site.gates) - 1) for status in statuses)

    wait.until("each gate is in service and knows the others", in_service, BOOT_S)
    report.check("each gate is in service, and hears discovery and the other gates", True)
    site.wait_figures(0, 0, CAPACITY)
    report.check("all gates say that the lot is empty", True)
    site.wait_number(CAPACITY)
    report.check("the screen shows the number of free spaces", True)
    opened = {n: gate.rises("in") + gate.rises("out") for n, gate in site.gates.items()}
    report.equal("no barrier was told to open while starting", set(opened.values()), {0})


def the_local_sockets_are_for_their_group(site, report):
    """Operators in the group may talk to the gate, others not."""
    socket = site.gates[1].socket
    command = ("parkingctl", "--socket", socket, "status", "--json")
    may = site.agent.run("runuser", "-u", "lot-operator", "--", *command)
    report.check("a member of the group parking may ask for the status", may.code == 0, may.err)
    may_not = site.agent.run("runuser", "-u", "stranger", "--", *command)
    report.equal("anybody else may not", may_not.code, 3)
    readable = site.agent.run("runuser", "-u", "stranger", "--", "cat", "/etc/parking/gate.toml")
    report.check("nor read the hash of the PIN", readable.code != 0, readable.out)


def _knows_everybody(status, others):
    if not status or status["gate"]["state"] != "in_service":
        return False
    alive = [peer for peer in status["peers"] if peer["state"] == "alive"]
    # The office may be listed among the peers.
    return len(alive) >= others and status["discovery"]["state"] == "alive"
