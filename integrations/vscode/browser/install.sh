#!/usr/bin/env bash
# Installs VS Code for a browser (code-server) and what drives the browser, for the slow test of the extension:
# integrations/vscode/browser/install.sh <directory>. It needs node 20, npm, a C++ compiler and Python. Chromium is the system's.
set -euo pipefail
code_server=4.96.4 # VS Code 1.96.4
puppeteer=24.43.1

mkdir -p "$1"
cd "$1"
npm pack --silent "code-server@$code_server"
rm -rf code-server && mkdir code-server
tar -xzf "code-server-$code_server.tgz" -C code-server --strip-components 1

# The lock in the package names versions that are gone.
cd code-server
rm -f npm-shrinkwrap.json lib/vscode/npm-shrinkwrap.json
npm pkg set dependencies.@vscode/proxy-agent=0.27.0 --prefix lib/vscode
for part in . lib/vscode; do
  (cd "$part" && npm install --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error)
done
npm rebuild argon2 --loglevel=error
(cd lib/vscode && npm rebuild @vscode/spdlog native-watchdog @parcel/watcher node-pty --loglevel=error)
cd ..
npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error "puppeteer-core@$puppeteer"
