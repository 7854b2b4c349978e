"""QEMU's own control: what the screen shows, a finger on it, and the end."""

import json
import socket


class QmpError(Exception):
    """QEMU refused a command."""


class Qmp:
    """One connection to QEMU's control socket."""

    # The tablet's axes run over this range whatever the screen's size.
    _AXIS = 0x7FFF

    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(str(path))
        self._file = self._socket.makefile("r", encoding="utf-8")
        json.loads(self._file.readline())  # the greeting
        self.command("qmp_capabilities")

    def command(self, name, **arguments):
        """The command's answer; raises QmpError when it is refused."""
        request = {"execute": name, "arguments": arguments}
        self._socket.sendall(json.dumps(request).encode() + b"\n")
        for line in self._file:
            message = json.loads(line)
            if "error" in message:
                raise QmpError(f"{name}: {message['error']['desc']}")
            if "return" in message:
                return message["return"]
        raise QmpError(f"{name}: QEMU has ended")

    def screendump(self, path, form="ppm"):
        """Saves what the screen shows."""
        self.command("screendump", filename=str(path), format=form)

    def touch(self, x, y, width, height):
        """Taps at a pixel of a screen of that size."""
        places = {"x": x * self._AXIS // width, "y": y * self._AXIS // height}
        move = [{"type": "abs", "data": {"axis": a, "value": v}} for a, v in places.items()]
        for down in (True, False):
            press = {"type": "btn", "data": {"button": "left", "down": down}}
            self.command("input-send-event", events=[*move, press])
