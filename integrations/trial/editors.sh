#!/usr/bin/env bash
# Installs the editors of Debian's next release for tests, into a directory of their own, beside those of the system:
# integrations/trial/editors.sh <directory>. It makes nvim-testing, emacs-testing and hx in <directory>/bin.
# It needs apt and no root. They bring their own C library along, so they run on older systems.
set -euo pipefail
suite=testing
mirror=http://deb.debian.org/debian
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

mkdir -p "$1/bin" "$1/apt/etc/preferences.d" "$1/apt/state/lists/partial" "$1/apt/cache/archives/partial"
root=$(cd "$1" && pwd)
: >"$root/apt/status" # nothing is installed, so that all that is needed is fetched
echo "deb [signed-by=$keyring] $mirror $suite main" >"$root/apt/etc/sources.list"
options=(-qq -o Dir::Etc="$root/apt/etc" -o Dir::State="$root/apt/state" -o Dir::State::status="$root/apt/status"
  -o Dir::Cache="$root/apt/cache" -o APT::Sandbox::User=)
apt-get "${options[@]}" update
apt-get "${options[@]}" install -y --no-install-recommends --download-only neovim emacs-nox hx
for package in "$root"/apt/cache/archives/*.deb; do
  dpkg-deb -x "$package" "$root"
done
rm -rf "$root/apt" "$root"/usr/{include,share/doc,share/man,share/locale} "$root"/usr/lib/{gcc,linux}

# wrapper writes a script that runs a program with the C library that it was built for. The rest of its lines are given.
wrapper() {
  local name=$1 program=$2 setup=$3
  cat >"$root/bin/$name" <<END
#!/bin/sh
root='$root'
loader=\$(echo "\$root"/usr/lib/*/ld-linux*.so.*)
$setup
exec "\$loader" --library-path "\${loader%/*}" --argv0 "\$root/usr/bin/$program" "\$root/usr/bin/$program" "\$@"
END
  chmod +x "$root/bin/$name"
  "$root/bin/$name" --version | head -n 1
}

wrapper nvim-testing nvim 'export VIMRUNTIME="$root/usr/share/nvim/runtime"'
wrapper hx hx 'export HELIX_RUNTIME="$root/usr/lib/hx/runtime"'
wrapper emacs-testing emacs-nox 'data=$(echo "$root"/usr/share/emacs/[0-9]*)
export EMACSLOADPATH="$data/lisp" EMACSDATA="$data/etc" EMACSDOC="$data/etc"
export EMACSPATH=$(dirname "$root"/usr/libexec/emacs/*/*/emacs-*.pdmp)
set -- --dump-file="$(echo "$EMACSPATH"/emacs-*.pdmp)" "$@"'
