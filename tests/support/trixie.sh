# Builds and tests on Debian 13 from Debian 12: a tree of its own, entered with chroot. The tree and
# what was built in it are kept for the next run. Sourced by tests/run.
# shellcheck shell=bash disable=SC2154,SC2034  # set and used by tests/run

# The tree's name tells what is in it: other packages, another tree.
trixie_tree() {
  local cache=${PARKING_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/p2p-smart-parking}
  printf '%s/trixie-%s\n' "$cache" "$(parking_packages trixie | sha256sum | cut -c -16)"
}

make_trixie_tree() {
  local tree=$1 archive
  [ -d "$tree" ] && return
  archive=$(parking_archive) || return
  echo "making a tree of Debian 13 in $tree"
  parking_install mmdebstrap || return
  mkdir -p "$(dirname "$tree")"
  parking_as_root rm -rf "$tree.part"
  parking_as_root mmdebstrap --quiet --variant=apt \
    --include="$(parking_packages trixie | paste -sd ,)" trixie "$tree.part" "$archive" \
    </dev/null || return
  parking_as_root mv "$tree.part" "$tree"
}

# The sources keep their times, so that only what changed is built again.
copy_sources_to() {
  local destination=$1
  parking_as_root mkdir -p "$destination"
  parking_as_root find "$destination" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
  if git -C "$root" rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    # A file that is deleted but not yet committed is still listed, hence --ignore-failed-read.
    git -C "$root" ls-files -z --cached --others --exclude-standard |
      tar -C "$root" --no-recursion --ignore-failed-read --null --files-from=- -cf - |
      parking_as_root tar -C "$destination" -xf - --no-same-owner
  else
    tar -C "$root" --exclude=./build --exclude=./.git -cf - . |
      parking_as_root tar -C "$destination" -xf - --no-same-owner
  fi
}

# in_trixie TREE COMMAND...: with /proc when mounting is allowed; the mounts end with the command.
in_trixie() {
  local tree=$1 quoted
  shift
  quoted=$(printf '%q ' "$@")
  local -a enter=(env -i "PATH=/usr/sbin:/usr/bin:/sbin:/bin" HOME=/root LANG=C.UTF-8 CI=true
    DEBIAN_FRONTEND=noninteractive chroot "$tree" bash -c "cd /src && $quoted")
  if parking_as_root unshare --mount true 2>/dev/null; then
    # shellcheck disable=SC2016  # $1 and $@ are the inner shell's
    parking_as_root unshare --mount sh -c \
      'mount -t proc proc "$1/proc" 2>/dev/null; mount --rbind /dev "$1/dev" 2>/dev/null
       shift; exec "$@"' sh "$tree" "${enter[@]}"
  else
    parking_as_root "${enter[@]}"
  fi
}

tier_trixie() {
  if [ "$(parking_codename)" = trixie ]; then
    echo "  skipped: this machine is Debian 13 itself, and the other tiers ran on it"
    skipped=1
    return
  fi
  local tree
  tree=$(trixie_tree)
  if ! make_trixie_tree "$tree" || ! copy_sources_to "$tree/src"; then
    echo "  there is no tree of Debian 13 to build in"
    add 0 1
    return
  fi
  run_summed trixie in_trixie "$tree" tests/run unit qml
}
