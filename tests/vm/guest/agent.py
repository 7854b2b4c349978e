"""Carries out what the test's driver asks for, over a serial port of its own.

One JSON object a line each way. {"id", "run": [argument...], "stdin", "timeout"} answers
{"id", "code", "out", "err"} with both outputs in base64; {"id", "write": [[path, text]...]} answers
{"id", "code"}, with the reason in "err". Several may be under way at once.
"""

import base64
import json
import os
import subprocess
import sys
import threading
import time

PORT = "/dev/virtio-ports/parking.agent"


def encoded(data):
    return base64.b64encode(data).decode()


def run(request):
    try:
        done = subprocess.run(
            request["run"],
            input=request.get("stdin", "").encode(),
            capture_output=True,
            timeout=request.get("timeout", 60),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return 124, late.stdout or b"", (late.stderr or b"") + b"\ntimed out in the guest"
    except OSError as error:
        return 127, b"", str(error).encode()
    return done.returncode, done.stdout, done.stderr


def write(request):
    try:
        for path, text in request["write"]:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
    except OSError as error:
        return 1, b"", f"{path}: {error}".encode()
    return 0, b"", b""


class Port:
    def __init__(self, path):
        while not os.path.exists(path):  # the driver module may still be loading
            time.sleep(0.1)
        self._descriptor = os.open(path, os.O_RDWR)
        self._lock = threading.Lock()

    def lines(self):
        return os.fdopen(os.dup(self._descriptor), "rb", buffering=65536)

    def send(self, answer):
        data = json.dumps(answer).encode() + b"\n"
        with self._lock:
            while data:
                data = data[os.write(self._descriptor, data) :]


def serve(port, request):
    code, out, err = (write if "write" in request else run)(request)
    port.send({"id": request["id"], "code": code, "out": encoded(out), "err": encoded(err)})


def main():
    port = Port(PORT)
    port.send({"hello": os.uname().release})
    with port.lines() as lines:
        while line := lines.readline():
            threading.Thread(target=serve, args=(port, json.loads(line)), daemon=True).start()
    sys.exit("the driver's end of the port is closed")


main()
