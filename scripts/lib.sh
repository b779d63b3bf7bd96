# shellcheck shell=bash
# What scripts/demo and scripts/cluster share; sourced after `set -euo pipefail`.
#
# A directory, $dir, holds all there is to know about a local cluster: baton.yaml, a line of ports for each
# coordinator in ports, and for each process NAME its NAME.pid and NAME.log. A process is signalled only if
# its command line names that directory, so a pid that was given to somebody else is never touched.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
baton=$root/client/cli/target/baton/bin/baton
example=$root/client/example/target
dir=${dir:-}

# ------------------------------------------------------------------ words

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 1
}

# at_least VERSION MINIMUM: both like 3.8.7; what follows the numbers is ignored.
at_least() {
  local have want i
  IFS=. read -r -a have <<<"${1%%[!0-9.]*}"
  IFS=. read -r -a want <<<"$2"
  for i in "${!want[@]}"; do
    ((10#0${have[i]:-0} > 10#${want[i]})) && return 0
    ((10#0${have[i]:-0} < 10#${want[i]})) && return 1
  done
  return 0
}

now_millis() {
  if [[ -n ${EPOCHREALTIME:-} ]]; then
    local micros=${EPOCHREALTIME//[!0-9]/}
    echo $((micros / 1000))
  else
    perl -MTime::HiRes=time -e 'printf "%d\n", time * 1000'
  fi
}

# await SECONDS WHAT COMMAND...: tries the command until it succeeds, or gives up with a message.
await() {
  local deadline=$(($(now_millis) + $1 * 1000)) what=$2 seconds=$1
  shift 2
  until "$@"; do
    (($(now_millis) < deadline)) || fail "waited $seconds s in vain: $what"
    sleep 0.05
  done
}

# ------------------------------------------------------------------ tools

find_java() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    java=$JAVA_HOME/bin/java
  else
    java=$(command -v java || true)
  fi
  [[ -x $java ]] || fail "no Java found. Install a JDK 17 or later (Debian: apt install openjdk-17-jdk), or set JAVA_HOME."
  local version
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9.]*\).*/\1/p' | head -n 1)
  at_least "${version:-0}" 17 || fail "JDK 17 or later is needed; $java is ${version:-unknown}. Set JAVA_HOME to a newer one."
}

check_build_tools() {
  [[ -x $(dirname "$java")/javac || -x $(dirname "$(readlink -f "$java")")/javac ]] ||
    fail "$java belongs to a Java without a compiler. Install a JDK 17 or later (Debian: apt install openjdk-17-jdk), or set JAVA_HOME."
  command -v mvn >/dev/null || fail "no Maven found. Install Maven 3.8.7 or later (Debian: apt install maven)."
  local report version
  report=$(mvn -v 2>&1) || fail "mvn -v fails: $report"
  version=$(sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' <<<"$report")
  at_least "${version:-0}" 3.8.7 || fail "Maven 3.8.7 or later is needed; this is ${version:-unknown}."
  version=$(sed -n 's/^Java version: \([0-9.]*\).*/\1/p' <<<"$report")
  at_least "${version:-0}" 17 || fail "Maven runs on Java ${version:-unknown}, but JDK 17 or later is needed. Set JAVA_HOME."
}

# is_newer STAMP PLACE...: whether a source there is newer. A directory is when a file in it came or went.
is_newer() {
  local stamp=$1 newer
  shift
  newer=$(find "$@" -name target -prune -o \( -path '*/src/main*' -o -name pom.xml \) -newer "$stamp" -print | head -n 1)
  [[ -n $newer ]]
}

is_built() {
  [[ -x $baton && -e $example/built ]] &&
    ! is_newer "$example/built" "$root/pom.xml" "$root/proto" "$root/coordinator" "$root/client"
}

# package MODULES STAMP...: builds these. The stamps are as old as the build's begin, so that what was edited
# meanwhile is built the next time.
package() {
  local modules=$1 begun
  shift
  begun=$(mktemp)
  (cd "$root" && mvn -q -B -ntp -Dmaven.test.skip=true -pl "$modules" -am package) || {
    rm -f "$begun"
    fail "the build failed; the messages above say why."
  }
  touch -r "$begun" "$@"
  rm -f "$begun"
}

# Builds what is missing or older than its sources.
build_if_needed() {
  find_java
  is_built && return
  check_build_tools
  echo "Building Baton (the first time Maven downloads what it needs: a few minutes) ..."
  package client/cli,client/example "$example/built"
}

# Builds the tests' own programs too; sets tests_classpath.
build_tests_if_needed() {
  local tests=$root/tests-jepsen-style
  find_java
  if ! is_built || [[ ! -e $tests/target/built || $example/built -nt $tests/target/built ]] ||
    is_newer "$tests/target/built" "$tests"; then
    check_build_tools
    echo "Building Baton and its trials (the first time Maven downloads what it needs: a few minutes) ..."
    package tests-jepsen-style,client/example "$example/built" "$tests/target/built"
  fi
  # The distribution holds all libraries; its slf4j-simple is the command line's own.
  tests_classpath=$tests/target/classes
  local jar
  for jar in "$root"/client/cli/target/baton/lib/*.jar; do
    [[ $jar == */slf4j-simple-* ]] || tests_classpath+=:$jar
  done
}

# ------------------------------------------------------------------ ports

port_is_free() {
  ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_ports COUNT: that many neighbours, outside of the range the system hands out by itself.
free_ports() {
  local first port try
  for try in {1..200}; do
    first=$((20000 + (RANDOM * 7 + try) % 12000))
    for ((port = first; port < first + $1; port++)); do
      port_is_free "$port" || continue 2
    done
    seq -s ' ' "$first" "$((first + $1 - 1))"
    return
  done
  fail "found no $1 free ports in a row between 20000 and 32000."
}

# http_ok PORT PATH: whether the answer is 200.
http_ok() (
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
  IFS= read -r -t 3 status <&3 || exit 1
  [[ $status == *" 200 "* ]]
) 2>/dev/null

# ------------------------------------------------------------------ processes

# start NAME COMMAND...: in the background, past the end of this script.
start() {
  local name=$1
  shift
  nohup "$@" >>"$dir/$name.log" 2>&1 </dev/null &
  echo $! >"$dir/$name.pid"
  disown
}

# The process of that name, if it is alive and ours.
pid_of() {
  local pid
  pid=$(cat "$dir/$1.pid" 2>/dev/null) || return 1
  [[ $(ps -ww -o args= -p "$pid" 2>/dev/null) == *"$dir/"* ]] && echo "$pid"
}

is_alive() { pid_of "$1" >/dev/null; }
is_gone() { ! is_alive "$1"; }

# signal NAME SIGNAL
signal() {
  local pid
  pid=$(pid_of "$1") || fail "$1 is not running."
  kill "-$2" "$pid"
}

# The names of all processes that were started here.
processes() {
  local file
  for file in "$dir"/*.pid; do
    [[ -e $file ]] && basename "$file" .pid
  done
}

# stop_processes NAME...: asks them to stop, and kills what has not within a few seconds. Never fails.
stop_processes() {
  local name deadline
  for name in "$@"; do
    is_alive "$name" && { signal "$name" CONT; signal "$name" TERM; } 2>/dev/null
  done
  deadline=$(($(now_millis) + 8000))
  for name in "$@"; do
    while is_alive "$name" && (($(now_millis) < deadline)); do sleep 0.05; done
    is_alive "$name" && signal "$name" KILL 2>/dev/null
    rm -f "$dir/$name.pid"
  done
  return 0
}

stop_all() {
  local names
  names=$(processes)
  # Unquoted on purpose: names have no spaces.
  # shellcheck disable=SC2086
  stop_processes $names
}

# ------------------------------------------------------------------ coordinators

# write_config CLUSTER API_PORT...: one file for all; each coordinator's ports are api, +1 and +2.
write_config() {
  local cluster=$1 port number=0
  shift
  : >"$dir/ports"
  {
    echo "# Made by $0; the same file for every coordinator, which is told its id by --node.id."
    echo "cluster: $cluster"
    echo "coordinators:"
    for port in "$@"; do
      number=$((number + 1))
      echo "  - {id: n$number, api: \"127.0.0.1:$port\", http: \"127.0.0.1:$((port + 1))\", raft: \"127.0.0.1:$((port + 2))\"}"
      echo "n$number $port $((port + 1)) $((port + 2))" >>"$dir/ports"
    done
  } >"$dir/baton.yaml"
}

coordinators() { cut -d ' ' -f 1 "$dir/ports"; }
api_port() { sed -n "s/^$1 \([0-9]*\) .*/\1/p" "$dir/ports"; }
http_port() { sed -n "s/^$1 [0-9]* \([0-9]*\) .*/\1/p" "$dir/ports"; }

endpoints() {
  local id list=""
  for id in $(coordinators); do list+=${list:+,}127.0.0.1:$(api_port "$id"); done
  echo "$list"
}

start_coordinator() {
  start "$1" env BATON_HEAP="${BATON_HEAP:-192m}" "$baton" server \
    --config "$dir/baton.yaml" "--node.id=$1" "--node.data-dir=$dir/$1"
}

is_ready() { http_ok "$(http_port "$1")" /ready; }

# is_up NAME: ready; gives up at once where the process has ended.
is_up() {
  is_alive "$1" || fail "$1 ended while it was starting. Its last words: $(tail -n 3 "$dir/$1.log")"
  is_ready "$1"
}
