#!/usr/bin/env bash
# The step of the action: the SARIF file, annotations and summary. With INPUT_MERGE there is nothing to check: the reports of
# shards become one.
set -eo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${RUNNER_TEMP:-$(mktemp -d)}

tool=$INPUT_BINARY
if [[ -z $tool ]]; then
  tool=$work/handlervet
  GOFLAGS='' GOWORK=off CGO_ENABLED=0 go build -C "$here/../.." -trimpath -o "$tool" ./cmd/handlervet
fi

arguments=(check)
[[ -z $INPUT_FAIL_ON ]] || arguments+=("--fail-on=$INPUT_FAIL_ON")
[[ -z $INPUT_SHARD ]] || arguments+=("--shard=$INPUT_SHARD")
[[ -z $INPUT_DIFF ]] || arguments+=("--diff=$INPUT_DIFF")
paths=()
while IFS= read -r path; do
  [[ -z $path ]] || paths+=("$path")
done <<<"$INPUT_PATHS"
[[ ${#paths[@]} -gt 0 ]] || paths=(.)

rm -f "$INPUT_SARIF_FILE" "$work/handlervet.commands"
status=0
if [[ -n $INPUT_MERGE ]]; then
  "$tool" merge "$INPUT_MERGE"/*.sarif ${INPUT_FAIL_ON:+"--fail-on=$INPUT_FAIL_ON"} -o "$INPUT_SARIF_FILE" || status=$?
  findings=$(grep -c '"partialFingerprints"' "$INPUT_SARIF_FILE" || true)
  printf '## handlervet\n\n%s findings in all shards.\n' "${findings:-0}" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
else
  "$tool" "${arguments[@]}" --sarif "$INPUT_SARIF_FILE" --format github -o "$work/handlervet.commands" -- "${paths[@]}" || status=$?
  touch "$work/handlervet.commands"
  [[ $INPUT_ANNOTATIONS != true ]] || cat "$work/handlervet.commands"
  awk -f "$here/summary.awk" "$work/handlervet.commands" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  findings=$(grep -c '^::[a-z]* .*,title=' "$work/handlervet.commands" || true)
fi
{
  printf 'findings=%s\n' "${findings:-0}"
  if [[ ! -e $INPUT_SARIF_FILE ]]; then
    : # handlervet could not begin; there is nothing to upload
  elif [[ $INPUT_SARIF_FILE == /* || ${INPUT_WORKING_DIRECTORY:-.} == . ]]; then
    printf 'sarif-file=%s\n' "$INPUT_SARIF_FILE"
  else
    printf 'sarif-file=%s\n' "${INPUT_WORKING_DIRECTORY%/}/$INPUT_SARIF_FILE"
  fi
} >>"${GITHUB_OUTPUT:-/dev/null}"
exit "$status"
