"""Programs of the host."""

import os
import subprocess


class Failed(Exception):
    """A program of the host failed; the text is what it said."""


def run(*arguments, cwd=None):
    """Output of a program; raises Failed with what it said when it fails."""
    command = [str(argument) for argument in arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()
        raise Failed(f"{' '.join(command)}: exit {done.returncode}\n{said[-4000:]}")
    return done.stdout


def run_as_root(*arguments):
    """As run(), through sudo unless this process is root's."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-E"]
    return run(*prefix, *arguments)
