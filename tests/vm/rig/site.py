"""The car park in the machine: its gates, its central service, and cars that pass."""

import json

from rig import screen, wait
from rig.lines import Lines

CAPACITY = 3
GATES = (1, 2, 3)
# An emulated machine takes seconds for what a Pi does in milliseconds; only failures wait so long.
PATIENCE_S = 60


class Gate:
    """One gate: its unit, its socket and its two lanes."""

    # (lane, sensor) -> line, as in guest/gate.toml
    SENSORS = {
        ("in", "approach"): "GPIO17",
        ("in", "passage"): "GPIO27",
        ("out", "approach"): "GPIO23",
        ("out", "passage"): "GPIO24",
    }
    BARRIERS = {"in": "GPIO22", "out": "GPIO25"}

    def __init__(self, site, number):
        suffix = "" if number == 1 else f"-{number}"
        self._site = site
        self.number = number
        self.name = f"gate-{number}"
        self.unit = f"parking-gate{suffix}.service"
        self.socket = f"/run/parking-gate{suffix}/gate.sock"

    def ctl(self, *arguments):
        """parkingctl at this gate, whatever its exit code."""
        return self._site.agent.run("parkingctl", "--socket", self.socket, *arguments)

    def status(self):
        """The status object; empty while nobody answers."""
        return _status(self.ctl("status", "--json"))

    def lane(self, name):
        """A lane of the status object; empty while nobody answers."""
        lanes = self.status().get("lanes", [])
        return next((lane for lane in lanes if lane["name"] == name), {})

    def sensor(self, lane, sensor, covered):
        """Covers or uncovers a beam and waits until the gate has seen it."""
        self.cover(lane, sensor, covered)
        wanted = "present" if covered else "clear"
        wait.until(
            f"{self.name} sees {lane}.{sensor} {wanted}",
            lambda: self.lane(lane).get(sensor) == wanted,
            PATIENCE_S,
        )

    def cover(self, lane, sensor, covered):
        """Covers or uncovers a beam, which is active low."""
        level = "low" if covered else "high"
        self._site.lines.drive(self.number, **{self.SENSORS[lane, sensor]: level})

    def clear_file(self, lane, sensor):
        """What to write "pull-up" to, for a command that must do more in the same moment."""
        return self._site.lines.pull_file(self.number, self.SENSORS[lane, sensor])

    def rises(self, lane):
        """How often this lane's barrier was told to open since the machine started."""
        return self._site.lines.rises(self.number, self.BARRIERS[lane])

    def pulses(self, lane):
        """Lengths of those pulses in milliseconds."""
        return self._site.lines.pulses(self.number, self.BARRIERS[lane])

    def wait_opened(self, lane, rises_before):
        """Waits for one more opening than there had been."""
        wait.until(
            f"{self.name} opens lane {lane}",
            lambda: self.rises(lane) > rises_before,
            PATIENCE_S,
        )

    def arrive(self, lane):
        """A car drives up; returns when its barrier opens."""
        before = self.rises(lane)
        self.cover(lane, "approach", True)
        self.wait_opened(lane, before)

    def pass_through(self, lane):
        """The car at the approach drives through, as its front and its rear cross the beams."""
        self.sensor(lane, "passage", True)
        self.sensor(lane, "approach", False)
        self.sensor(lane, "passage", False)
        wait.until(
            f"lane {lane} of {self.name} has counted the car",
            lambda: self.lane(lane).get("state") == "idle",
            PATIENCE_S,
        )

    def enter(self):
        """A car drives in."""
        self.arrive("in")
        self.pass_through("in")

    def leave(self):
        """A car drives out."""
        self.arrive("out")
        self.pass_through("out")


class Site:
    """Everything in the machine."""

    UNITS = ("parking-discovery.service", "parking-kiosk.service")

    def __init__(self, machine, folder):
        self._machine = machine
        self._folder = folder
        self.agent = machine.agent
        self.lines = Lines(machine.agent)
        self.gates = {number: Gate(self, number) for number in GATES}

    @property
    def units(self):
        """Every service under test."""
        return [*self.UNITS, *(gate.unit for gate in self.gates.values())]

    def central(self):
        """The status object of the central service; empty while nobody answers."""
        socket = "/run/parking-discovery/discovery.sock"
        return _status(self.agent.run("parkingctl", "--socket", socket, "status", "--json"))

    def property_of(self, unit, name):
        """A property of a unit, as systemd shows it."""
        return self.agent.output("systemctl", "show", "--value", f"--property={name}", unit).strip()

    def kill(self, unit, signal):
        """Sends a signal to the main process of a unit."""
        self.agent.output("systemctl", "kill", "--kill-whom=main", f"--signal={signal}", unit)

    def wait_active(self, unit, not_pid=None, seconds=90):
        """Waits until a unit runs, in another process than not_pid when that is given."""

        def running():
            pid = self.property_of(unit, "MainPID")
            return self.property_of(unit, "ActiveState") == "active" and pid not in ("0", not_pid)

        wait.until(f"{unit} is active", running, seconds)

    def figures(self):
        """What each gate says of the lot: {gate: (inside, pending, free)}; None when silent."""
        return {n: lot_figures(gate.status()) for n, gate in self.gates.items()}

    def wait_figures(self, inside, pending, free, seconds=PATIENCE_S):
        """Waits until all gates say so; raises TooLate with what they say instead."""
        wanted = (inside, pending, free)
        seen = {}

        def agreed():
            seen.update(self.figures())
            return all(figures == wanted for figures in seen.values())

        try:
            wait.until("all gates agree", agreed, seconds)
        except wait.TooLate as late:
            raise wait.TooLate(
                f"(inside, pending, free) should be {wanted} at all gates: {seen}"
            ) from late

    def gate_with_permit(self):
        """A gate that can let a car in by itself."""

        def holder():
            return next((g for g in self.gates.values() if permits(g.status()) >= 1), None)

        return wait.until("a gate holds a permit", holder, PATIENCE_S)

    def wait_number(self, number):
        """Waits until the screen shows a number; raises TooLate with what it shows."""
        seen = []

        def shown():
            seen.append(screen.number(self.picture("screen")))
            return seen[-1] == number

        try:
            wait.until("the screen shows it", shown, PATIENCE_S)
        except wait.TooLate as late:
            raise wait.TooLate(f"the screen shows {seen[-1]}, not {number}") from late

    def picture(self, name):
        """Saves what the screen shows, for the eye beside it as PNG."""
        path = self._folder / f"{name}.ppm"
        self._machine.qmp.screendump(path)
        self._machine.qmp.screendump(path.with_suffix(".png"), "png")
        return path


def lot_figures(status):
    """(inside, pending, free) of a status object; None while nobody answers."""
    lot = status.get("lot")
    return (lot["inside"], lot["pending"], lot["free"]) if lot else None


def permits(status):
    """How many permits a gate holds; -1 while nobody answers."""
    return status["gate"]["permits"] if status else -1


def adds_up(status):
    """Whether permits, cars inside and pending admissions make the capacity."""
    lot = status.get("lot")
    if not lot:
        return False
    return lot["free"] + lot["stranded"] + lot["inside"] + lot["pending"] == lot["capacity"]


def _status(result):
    try:
        return json.loads(result.out) if result.code == 0 else {}
    except json.JSONDecodeError:
        return {}
