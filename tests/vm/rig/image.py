"""The disk image of the emulated machine and the kernel that boots it."""

import pathlib
import shutil

from rig import cache, packages, shell

HERE = pathlib.Path(__file__).resolve().parent.parent
RECIPES = HERE / "image"
GUEST = HERE / "guest"

HOST_TOOLS = ("qemu-system-x86", "mmdebstrap", "e2fsprogs", "kmod", "make", "tesseract-ocr")
# For Debian's kernel: what its GPIO simulator is built from.
SOURCES = {"bookworm": "linux-source-6.1", "trixie": "linux-source-6.12"}
# systemd's machine, the tools of the scenarios, and an initial RAM disk that unpacks quickly.
GUEST_TOOLS = (
    "systemd systemd-sysv udev dbus linux-image-amd64 initramfs-tools lz4 kmod netbase "
    "iproute2 procps passwd util-linux python3 gpiod sqlite3"
).split()


def prepare(files, rebuild, say):
    """(base, image): the folder with vmlinuz and initrd.img, and the disk image to boot."""
    packages.install(*HOST_TOOLS)
    with cache.locked():
        base = _base(files, rebuild, say)
        return base, _image(base, files, rebuild, say) / "root.img"


def _base(files, rebuild, say):
    suite = packages.suite()
    wanted = sorted(set(GUEST_TOOLS) | set(packages.dependencies(files)))
    steps = [RECIPES / "build-root", RECIPES / "build-module"]

    def make(folder):
        say("building the Debian tree and the GPIO simulator, once (about 90 s)")
        shell.run_as_root(steps[0], suite, ",".join(wanted), folder)
        kernel = (folder / "kernel-version").read_text(encoding="utf-8").strip()
        packages.install(SOURCES[suite], f"linux-headers-{kernel}")
        shell.run(steps[1], kernel, folder)

    return cache.entry("base", cache.key(suite, wanted, *steps), make, rebuild)


def _image(base, files, rebuild, say):
    step = RECIPES / "build-image"
    guest = sorted(file for file in GUEST.iterdir() if file.is_file())
    recipe = [base.name, step, *guest, *(packages.contents(file) for file in files.values())]

    def make(folder):
        say("installing the packages and making the disk image (about 20 s)")
        debs = folder / "debs"
        debs.mkdir()
        for file in files.values():
            shutil.copy(file, debs)
        shell.run_as_root(step, base, debs, GUEST, folder / "root.img")

    return cache.entry("image", cache.key(*recipe), make, rebuild)
