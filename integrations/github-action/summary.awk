# From workflow commands, which `--format github` writes, to the job summary in Markdown: a table, and below it each path.
# ::error file=a.js,line=5,…,title=rule::message%0A1. step%0A2. step%0Ahelp: …
BEGIN { most = 100 } # a summary may have 1 MiB

/^::(error|warning|notice) / {
  total++
  if (total > most) next
  severity[total] = substr($1, 3)
  head = substr($0, index($0, " ") + 1)
  split_at = index(head, "::")
  body[total] = plain(substr(head, split_at + 2))
  count = split(substr(head, 1, split_at - 1), properties, ",")
  for (i = 1; i <= count; i++) {
    equals = index(properties[i], "=")
    values[total, substr(properties[i], 1, equals - 1)] = plain(substr(properties[i], equals + 1))
  }
}

END {
  print "## handlervet\n"
  if (total == 0) { print "No findings."; exit }
  print "| severity | where | rule | what |\n|---|---|---|---|"
  shown = total < most ? total : most
  for (i = 1; i <= shown; i++) {
    split(body[i], lines, "\n")
    printf "| %s | `%s` | `%s` | %s |\n", severity[i], cell(place(i)), cell(values[i, "title"]), cell(markdown(lines[1]))
  }
  if (total > most) printf "\n%d more are in the SARIF file.\n", total - most
  for (i = 1; i <= shown; i++) path(i)
}

function place(i) { return values[i, "line"] == "" ? values[i, "file"] : values[i, "file"] ":" values[i, "line"] }

# path prints the steps and the help of a finding.
function path(i, lines, count, at) {
  count = split(body[i], lines, "\n")
  if (count < 2) return
  printf "\n<details><summary><code>%s</code> %s</summary>\n\n", html(place(i)), html(values[i, "title"])
  for (at = 2; at <= count; at++) {
    if (lines[at] !~ /^[0-9]+\. /) print ""
    print markdown(lines[at])
  }
  print "\n</details>"
}

# plain undoes the escapes of workflow commands.
function plain(s) {
  gsub(/%0D/, "", s); gsub(/%0A/, "\n", s); gsub(/%3A/, ":", s); gsub(/%2C/, ",", s); gsub(/%25/, "%", s)
  return s
}

# markdown leaves what stands between backticks as it is and keeps the rest from being HTML.
function markdown(s, parts, count, i, out) {
  count = split(s, parts, "`")
  for (i = 1; i <= count; i++) out = out (i > 1 ? "`" : "") (i % 2 ? html(parts[i]) : parts[i])
  return out
}

function html(s) { gsub(/&/, "\\&amp;", s); gsub(/</, "\\&lt;", s); gsub(/>/, "\\&gt;", s); return s }

function cell(s) { gsub(/\|/, "\\|", s); return s }
