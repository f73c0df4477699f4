#!/usr/bin/env bash
# Installs the vendors' runtimes that the tests in this folder run, in pinned versions, into $HANDLERVET_ORACLE
# (default: a folder in the user's cache). Each has a folder of its own. Nothing is compiled: install scripts do not run, and
# runtimes/lambda.cjs stands for the native client of Lambda's.
set -euo pipefail

into=${HANDLERVET_ORACLE:-${XDG_CACHE_HOME:-$HOME/.cache}/handlervet/oracle}

# get NAME PACKAGE@VERSION… installs packages into a folder, once.
get() {
  local name=$1 mark
  shift
  mark="$into/$name/$(printf '%s+' "$@" | tr '/' '_')"
  [[ -e $mark ]] && return
  rm -rf "${into:?}/$name"
  mkdir -p "$into/$name"
  echo '{"private":true}' >"$into/$name/package.json"
  npm install --prefix "$into/$name" --ignore-scripts --no-audit --no-fund --loglevel=error "$@"
  touch "$mark"
}

get lambda22 aws-lambda-ric@3.3.0
get lambda24 aws-lambda-ric@4.0.2 "node-$(node -p 'process.platform + "-" + process.arch')@24.9.0" # it wants Node 22 or later
get google @google-cloud/functions-framework@5.0.5
get twilio @twilio/runtime-handler@2.1.0 twilio@5.10.0
get vercel @vercel/node@24.0.0 @vercel/node-bridge@4.0.1
get azure @azure/functions@4.16.5
