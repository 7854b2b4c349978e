"""What a car park must do, each sentence one scenario. They run in order in one machine."""

from rig import wait
from rig.agent import GuestError
from rig.machine import Machine
from rig.qmp import QmpError
from rig.site import Site
from scenarios import boot, crossing, failure, full, upgrade

# (name, what it takes). Each leaves the car park empty and everything running.
ALL = {
    "boot": boot.everything_is_up,
    "sockets": boot.the_local_sockets_are_for_their_group,
    "crossing": crossing.a_car_enters_at_one_gate_and_leaves_at_another,
    "full": full.a_car_too_many_waits_and_is_let_in_when_one_leaves,
    "no-discovery": failure.gates_go_on_without_discovery,
    "killed-backed-out": failure.a_gate_killed_while_a_car_enters_that_then_backs_out,
    "killed-entered": failure.a_gate_killed_while_a_car_enters_that_then_enters,
    "watchdog": failure.a_gate_that_hangs_is_restarted,
    "upgrade": upgrade.an_upgrade_keeps_the_configuration_and_the_count,
}


def run_all(base, disk, folder, report, names):
    """Boots the machine and runs the scenarios of these names, or all."""
    unknown = sorted(set(names) - set(ALL))
    if unknown:
        report.check(f"scenarios are among {', '.join(ALL)}", False, ", ".join(unknown))
        return
    machine = Machine(base, disk, folder)
    try:
        machine.wait_booted(180)
        report.say("booted")
        site = Site(machine, folder)
        _run_in_order(names or ALL, site, report)
        _save_logs(site, folder)
        machine.power_off(120)
        report.say("powered off")
    except (GuestError, QmpError, wait.TooLate) as error:
        report.check("the machine works", False, error)
    finally:
        machine.close()


def _run_in_order(names, site, report):
    for name in names:
        scenario = ALL[name]
        try:
            scenario(site, report)
        except (GuestError, QmpError, wait.TooLate) as error:
            report.check(f"{name}: {scenario.__doc__}", False, error)
            site.picture(f"failed-{name}")
            if scenario is boot.everything_is_up:
                report.say("nothing else is tried in a car park that is not up")
                return


def _save_logs(site, folder):
    logs = {
        "journal.txt": ("journalctl", "--boot", "--no-pager", "--output=short-monotonic"),
        "units.txt": ("systemctl", "status", "--no-pager", "--full", *site.units),
        "lines.jsonl": ("cat", "/run/parking-vm/lines.jsonl"),
    }
    for name, command in logs.items():
        (folder / name).write_text(site.agent.run(*command).out, encoding="utf-8")
    site.picture("screen")
