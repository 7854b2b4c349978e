"""The driver's side of guest/agent.py."""

import base64
import dataclasses
import json
import socket
import threading


@dataclasses.dataclass
class Result:
    """How a command in the guest ended."""

    code: int
    out: str
    err: str


class GuestError(Exception):
    """The guest did not do what was asked, or did not answer."""


class Agent:
    """Commands in the guest; may be used from several threads."""

    def __init__(self, path):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.connect(str(path))
        self._file = self._socket.makefile("r", encoding="utf-8")
        self._ready = threading.Event()
        self._changed = threading.Condition()
        self._answers = {}
        self._last_id = 0
        threading.Thread(target=self._read, daemon=True).start()

    def wait_ready(self, seconds):
        """Waits for the guest's agent to say hello."""
        if not self._ready.wait(seconds):
            raise GuestError(f"the guest's agent did not start within {seconds} s")

    def run(self, *arguments, stdin="", timeout=60):
        """Runs a program in the guest, whatever its exit code."""
        arguments = [str(argument) for argument in arguments]
        return self._ask({"run": arguments, "stdin": stdin, "timeout": timeout}, timeout + 30)

    def output(self, *arguments, timeout=60):
        """Output of a program in the guest; raises GuestError when it fails."""
        result = self.run(*arguments, timeout=timeout)
        if result.code != 0:
            said = (result.err or result.out).strip()
            raise GuestError(f"{' '.join(map(str, arguments))}: exit {result.code}: {said}")
        return result.out

    def write(self, *pairs):
        """Writes texts to files of the guest, in the order given as (path, text)."""
        result = self._ask({"write": pairs}, 60)
        if result.code != 0:
            raise GuestError(result.err)

    def _ask(self, request, seconds):
        with self._changed:
            self._last_id += 1
            number = self._last_id
            self._socket.sendall(json.dumps({"id": number, **request}).encode() + b"\n")
            if not self._changed.wait_for(lambda: number in self._answers, seconds):
                raise GuestError(f"no answer from the guest within {seconds} s: {request}")
            answer = self._answers.pop(number)
        texts = (base64.b64decode(answer[name]).decode(errors="replace") for name in ("out", "err"))
        return Result(answer["code"], *texts)

    def _read(self):
        for line in self._file:
            message = json.loads(line)
            if "hello" in message:
                self._ready.set()
                continue
            with self._changed:
                self._answers[message["id"]] = message
                self._changed.notify_all()
