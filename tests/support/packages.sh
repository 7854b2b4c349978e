# Debian's packages that this project is built and tested with. Sourced by tests/run and app/demo.
# shellcheck shell=bash

# parking_packages CODENAME: one name a line, for Debian 12 (bookworm) or 13 (trixie).
parking_packages() {
  # Debian 12's default Boost is 1.74; the oldest that this project is tested with is 1.81.
  case $1 in
    bookworm) printf '%s\n' libboost1.81-dev libboost-json1.81-dev ;;
    *) printf '%s\n' libboost-dev libboost-json-dev ;;
  esac
  printf '%s\n' \
    g++ cmake ninja-build ccache pkg-config \
    libprotobuf-dev protobuf-compiler libsqlite3-dev libspdlog-dev libcli11-dev \
    libtomlplusplus-dev libsystemd-dev libgpiod-dev \
    qt6-base-dev qt6-base-dev-tools qt6-declarative-dev qt6-declarative-dev-tools \
    qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools libgl-dev libegl-dev \
    qml6-module-qtquick qml6-module-qtquick-window qml6-module-qtquick-controls \
    qml6-module-qtquick-layouts qml6-module-qtquick-templates qml6-module-qtquick-shapes \
    qml6-module-qtqml-workerscript qml6-module-qttest fonts-dejavu-core fonts-inter \
    libgtest-dev libgmock-dev
}

parking_codename() { (. /etc/os-release && printf '%s\n' "${VERSION_CODENAME:-unknown}"); }

# parking_archive [-security]: where this machine itself gets Debian's packages (or their security
# updates) from; trees for tests are made from the same place.
parking_archive() {
  local uri
  # shellcheck disable=SC2016  # apt's own format
  uri=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
    awk -v name="$(parking_codename)${1-}" '$2 == name { print $1; exit }')
  test -n "$uri" || { echo "apt knows no archive for $(parking_codename)${1-}; run apt-get update" >&2; return 1; }
  printf '%s\n' "${uri%/}"
}

# parking_missing PACKAGE...: those that are not installed, one a line.
parking_missing() {
  local installed
  # dpkg-query fails when it does not know a name at all; such a name is missing too.
  installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
    sed -n 's/^installed //p' || true)
  printf '%s\n' "$@" | grep -vxF -e "$installed" || true
}

# parking_as_root COMMAND...
parking_as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    echo "needs root for: $*; run it as root or install sudo" >&2
    return 1
  fi
}

# parking_install PACKAGE...: installs what is missing; needs no network when nothing is.
parking_install() {
  local -a missing
  mapfile -t missing < <(parking_missing "$@")
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing: ${missing[*]}"
  parking_as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  parking_as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
    --no-install-recommends -o DPkg::Lock::Timeout=600 "${missing[@]}" </dev/null
}

# parking_install_build: everything needed to build and test on this machine.
parking_install_build() {
  local codename
  local -a packages
  codename=$(parking_codename)
  case $codename in
    bookworm | trixie) ;;
    *) echo "this is neither Debian 12 nor 13 ($codename): install the packages by hand" >&2 ;;
  esac
  mapfile -t packages < <(parking_packages "$codename")
  parking_install "${packages[@]}"
}
