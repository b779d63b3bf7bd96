# shellcheck shell=bash
# What `baton -o json` says, as lines. A row is one element of a list in the answer: its fields as name=value,
# with tabs between them; a field of a field is named with a dot, such as progress.resyncPermille.

# rows LIST: the elements of that list, from JSON on standard input.
rows() {
  awk -v list="$1" '
    function text(token) {
      token = substr(token, 2, length(token) - 2)
      gsub(/\\u003d/, "=", token); gsub(/\\u0027/, "\047", token); gsub(/\\u0026/, "\\&", token)
      gsub(/\\u003c/, "<", token); gsub(/\\u003e/, ">", token)
      gsub(/\\"/, "\"", token); gsub(/\\[nt]/, " ", token); gsub(/\\\\/, "\\", token)
      return token
    }
    # name[d] is what the container at depth d is called; a row is an object in the list, at depth 3.
    function path(key,    d, whole) {
      whole = ""
      for (d = 4; d <= depth; d++) whole = whole name[d] "."
      return whole key
    }
    function key_here() { return kind[depth] == "[" ? count[depth]++ : key }
    function open(token,    called) {
      called = depth ? key_here() : ""
      depth++
      kind[depth] = token; name[depth] = called; count[depth] = 0
      if (depth == 3 && name[2] == list && token == "{") { row = ""; inside = 1 }
    }
    function close_() {
      if (depth == 3 && inside) { print substr(row, 2); inside = 0 }
      depth--
    }
    function value(what,    called) {
      called = key_here()
      if (inside) row = row "\t" path(called) "=" what
    }
    {
      rest = $0
      while (match(rest, /"([^"\\]|\\.)*"|[][{}:,]|[^][{}:," \t]+/)) {
        token = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        if (token == "{" || token == "[") open(token)
        else if (token == "}" || token == "]") close_()
        else if (token == ":" || token == ",") continue
        else if (token ~ /^"/ && kind[depth] == "{" && rest ~ /^[ \t]*:/) key = text(token)
        else if (token ~ /^"/) value(text(token))
        else value(token)
      }
    }'
}

# having NAME=VALUE...: the rows in which all of these stand.
having() {
  awk -F '\t' '
    BEGIN { for (i = 1; i < ARGC; i++) wanted[ARGV[i]]; ARGC = 1 }
    {
      found = 0
      for (i = 1; i <= NF; i++) if ($i in wanted) found++
      for (each in wanted) found--
      if (found == 0) print
    }' "$@"
}

# cell NAME: that field of each row.
cell() {
  awk -F '\t' -v name="$1=" '{
    for (i = 1; i <= NF; i++) if (index($i, name) == 1) print substr($i, length(name) + 1)
  }'
}
