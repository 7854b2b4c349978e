"""The four packages under test, and the packages of the distribution that they and the rig need."""

import pathlib
import re

from rig import shell

NAMES = ("parking-ctl", "parking-discovery", "parking-gate", "parking-kiosk")


def suite():
    """The host's Debian release: the packages are built on it, so the machine runs it too."""
    text = pathlib.Path("/etc/os-release").read_text(encoding="utf-8")
    return re.search(r"^VERSION_CODENAME=(\w+)", text, re.M).group(1)


def install(*names):
    """Installs what is missing on the host."""
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n"]
    state = {}
    for name in names:
        try:
            state[name] = shell.run(*query, name).split()[-1]
        except shell.Failed:
            state[name] = "unknown"
    missing = [name for name in names if state[name] != "installed"]
    if missing:
        options = ["-qq", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=600"]
        shell.run_as_root("apt-get", "update", "-qq")
        shell.run_as_root("apt-get", "install", *options, *missing)


def build(root):
    """Builds the release and packs it, unless what is packed is what would be built."""
    if not (root / "build/release/build.ninja").exists():
        shell.run("cmake", "--preset", "release", cwd=root)
    shell.run("cmake", "--build", "--preset", "release", cwd=root)
    folder = root / "build/release/packages"
    packed = [file.stat().st_mtime for file in folder.glob("*.deb")]
    sources = [*(root / "build/release/bin").iterdir(), root / "build/release/CPackConfig.cmake"]
    sources += [file for file in (root / "systemd").rglob("*") if file.is_file()]
    newest = max((file.stat().st_mtime for file in sources if file.exists()), default=0)
    if len(packed) < len(NAMES) or min(packed) < newest:
        shell.run("cpack", "--preset", "release", cwd=root)
    return folder


def find(folder):
    """The file of each package in the folder."""
    found = {}
    for name in NAMES:
        files = sorted(pathlib.Path(folder).glob(f"{name}_*.deb"), key=lambda f: f.stat().st_mtime)
        if not files:
            raise shell.Failed(f"{folder} holds no package {name}: build it, or name --debs DIR")
        found[name] = files[-1]
    return found


def dependencies(files):
    """Names of the distribution's packages that the packages depend on."""
    names = set()
    for file in files.values():
        for alternatives in shell.run("dpkg-deb", "--field", file, "Depends").split(","):
            name = re.split(r"[\s(:|]", alternatives.strip())[0]
            if name and name not in NAMES:
                names.add(name)
    return sorted(names)


def contents(file):
    """What a package holds and does, without the times at which its files were packed."""
    scripts = ["control", "md5sums", "conffiles", "postinst", "prerm", "postrm"]
    parts = []
    for script in scripts:
        try:
            parts.append(shell.run("dpkg-deb", "--info", file, script))
        except shell.Failed:
            parts.append("")
    return "\0".join(parts)
