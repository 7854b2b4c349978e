"""The emulated machine: a process of QEMU, its agent and its control socket."""

import os
import pathlib
import subprocess
import tempfile

from rig import wait
from rig.agent import Agent
from rig.qmp import Qmp

SCREEN = (800, 480)


class Machine:
    """Boots at construction; close() ends it. Nothing is ever written to the disk image."""

    def __init__(self, base, image, folder):
        self.folder = pathlib.Path(folder)
        # Unix sockets have short names only, whatever the folder is called.
        self._sockets = tempfile.TemporaryDirectory(prefix="parking-vm-")
        agent, control = (pathlib.Path(self._sockets.name) / name for name in ("agent", "qmp"))
        self._process = subprocess.Popen(
            self._command(base, image, agent, control),
            stdin=subprocess.DEVNULL,
            stdout=open(self.folder / "qemu.log", "wb"),
            stderr=subprocess.STDOUT,
        )
        wait.until("QEMU has started", lambda: self._started(agent, control), 30)
        self.agent = Agent(agent)
        self.qmp = Qmp(control)

    def wait_booted(self, seconds):
        """Waits until commands can be given."""
        self.agent.wait_ready(seconds)

    def power_off(self, seconds):
        """Shuts down as a user would."""
        self.agent.run("systemctl", "poweroff", "--no-block")
        self._process.wait(seconds)

    def close(self):
        """Ends the machine, however it is doing."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._sockets.cleanup()

    def _started(self, *sockets):
        if self._process.poll() is not None:
            raise wait.TooLate(f"QEMU ended: see {self.folder / 'qemu.log'}")
        return all(path.exists() for path in sockets)

    def _command(self, base, image, agent, control):
        options = (
            "root=/dev/vda rw console=ttyS0 quiet mitigations=off "
            f"video={SCREEN[0]}x{SCREEN[1]} systemd.show_status=no"
        )
        return [
            "qemu-system-x86_64",
            *("-accel", os.environ.get("PARKING_VM_ACCEL", "tcg,thread=multi")),
            *("-cpu", "max", "-m", "1024", "-smp", "2", "-nodefaults", "-no-reboot"),
            *("-display", "none", "-vga", "std", "-device", "virtio-tablet-pci"),
            *("-device", "virtio-rng-pci"),
            *("-kernel", base / "vmlinuz", "-initrd", base / "initrd.img", "-append", options),
            *("-drive", f"file={image},format=raw,if=virtio,snapshot=on,cache=unsafe"),
            *("-serial", f"file:{self.folder / 'console.log'}"),
            *("-qmp", f"unix:{control},server=on,wait=off"),
            *("-device", "virtio-serial-pci"),
            *("-chardev", f"socket,id=agent,path={agent},server=on,wait=off"),
            *("-device", "virtserialport,chardev=agent,name=parking.agent"),
        ]
