"""Installing a package over itself, as an upgrade does."""

from rig.site import CAPACITY

UNIT = "parking-gate.service"
CONFIGURATION = "/etc/parking/gate.toml"


def an_upgrade_keeps_the_configuration_and_the_count(site, report):
    """The gate comes back with the same file and the same figures."""
    site.gates[1].enter()
    site.wait_figures(1, 0, CAPACITY - 1)
    before = _configuration(site)
    pid = site.property_of(UNIT, "MainPID")
    packages = "/var/cache/parking-vm/parking-gate_*.deb"
    site.agent.output("sh", "-c", f"dpkg --force-confdef --install {packages}", timeout=120)
    report.equal("the configuration is as it was, and as secret", _configuration(site), before)
    site.wait_active(UNIT, not_pid=pid)
    report.check("the gate was restarted", True)
    site.wait_figures(1, 0, CAPACITY - 1, seconds=60)
    report.check("no count is lost", True)
    site.gates[2].leave()
    site.wait_figures(0, 0, CAPACITY)


def _configuration(site):
    text = site.agent.output("cat", CONFIGURATION)
    return text, site.agent.output("stat", "--format=%U:%G %a", CONFIGURATION)
