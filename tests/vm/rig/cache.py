"""What is slow to make is kept outside of the tree, under a name that tells how it was made."""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil


def directory():
    """The folder of everything kept, as the environment has it."""
    home = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    path = os.environ.get("PARKING_CACHE") or pathlib.Path(home) / "p2p-smart-parking"
    path = pathlib.Path(path) / "vm"
    path.mkdir(parents=True, exist_ok=True)
    return path


def key(*parts):
    """A short name for a recipe made of texts and files."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, pathlib.Path) else str(part).encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:16]


@contextlib.contextmanager
def locked():
    """One run at a time changes what is kept."""
    with open(directory() / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def entry(kind, name, make, rebuild=False):
    """The folder kept as kind-name, filled by make(folder) when it is not there.

    Older folders of the same kind go: each is the size of a small system.
    """
    path = directory() / f"{kind}-{name}"
    if rebuild:
        shutil.rmtree(path, ignore_errors=True)
    if not path.exists():
        part = directory() / f"part-{kind}-{name}"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        make(part)
        part.rename(path)
    for older in directory().glob(f"{kind}-*"):
        if older != path:
            shutil.rmtree(older, ignore_errors=True)
    return path
