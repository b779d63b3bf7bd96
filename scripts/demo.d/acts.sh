# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034 # what scripts/demo and lib.sh set, and what acts use
# What the acts share. An act is a file act-NAME.sh with a function play_NAME. It makes groups of its own, starts
# the few nodes it needs, does something to them, asks the cluster and the nodes' logs what came of it, says what
# that proved, and stops its nodes. A node's process is called GROUP.MEMBER; so is its log, and so is the
# directory that troubles it (see Trouble in client/example).

demo_d=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source-path=SCRIPTDIR source=json.sh
source "$demo_d/json.sh"

# In the order in which they are played.
acts=(active-passive n-active sharded all-active manual-failover drain unhealthy hung resync flap observe
  coordinator-loss)

for act in "${acts[@]}"; do
  # shellcheck source=/dev/null
  source "$demo_d/act-$act.sh"
done
# The one that is played now.
act=""
summary=()

is_act() { [[ -n $1 && " ${acts[*]} " == *" $1 "* ]]; }

# play ACT...
play() {
  local begun
  explain "Three coordinators start; every act makes groups of its own in this one cluster."
  start_coordinators
  for act in "$@"; do
    begun=$(now_millis)
    "play_${act//-/_}"
    explain "($((($(now_millis) - begun) / 1000)) s)"
  done
  act=""
}

# proved SENTENCE: what the act was for.
proved() {
  printf '   \033[1mProved:\033[0m %s\n' "$1"
  summary+=("$(printf '%-17s %s' "$act" "$1")")
}

sum_up() {
  printf '\nWhat was proved:\n\n'
  printf '  %s\n' "${summary[@]}"
}

# holds WHAT COMMAND...: fails unless the command succeeds.
holds() {
  local what=$1
  shift
  "$@" || fail "this should be so, and is not: $what"
}

# no COMMAND...: the opposite. Not of a question to the cluster, which may have failed.
no() { ! "$@"; }

# ------------------------------------------------------------------ nodes

# make_group: as standard input describes it, in the words of baton apply -f.
make_group() {
  ask apply -f - --reason "scripts/demo" >>"$dir/apply.txt" 2>&1 ||
    fail "a group could not be made: $(tail -n 3 "$dir/apply.txt")"
}

# slot_node GROUP MEMBER [OPTION...]: a node that serves the slots it is given; see SlotNodeMain.
slot_node() { launch SlotNodeMain "$@"; }

# job_node GROUP MEMBER [OPTION...]: a node that runs the jobs in the database; see NodeMain.
job_node() { launch NodeMain "$@" --database-url "$database_url"; }

launch() {
  local main=$1 group=$2 member=$3
  shift 3
  mkdir -p "$dir/$group.$member"
  start "$group.$member" "${run_example[@]}" "io.baton.example.$main" --group "$group" --member "$member" \
    --endpoints "$BATON_ENDPOINTS" --state-dir "$dir/$group.$member/state" --trouble-dir "$dir/$group.$member" "$@"
}

# pair GROUP [slot_node | job_node]: nodes a, which is active, and b. Sets epoch.
pair() {
  local kind=${2:-slot_node}
  "$kind" "$1" a
  await 90 "a of $1 to be active" became_active "$1" a 0
  "$kind" "$1" b
  await_ready "$1" a b
  epoch=$(epoch_said "$1" a)
  holds "a is active under epoch $epoch" holds_slot "$1" a "$epoch"
}

# asked_node GROUP MEMBER: the same, which other members can ask whether it will stay passive.
asked_node() { job_node "$@" --peers "127.0.0.1:$(free_ports 1)"; }

# job_pair GROUP [job_node | asked_node]: the same, with a database whose jobs the active runs.
job_pair() {
  start_database "$1.database"
  await_database "$1.database"
  pair "$1" "${2:-job_node}"
}

# prove_jobs: asks the database; sets jobs.
prove_jobs() {
  local proof
  proof=$(prove) || fail "the database says otherwise:"$'\n'"$proof"
  jobs=$(sed -n 's/^jobs submitted *//p' <<<"$proof")
}

# trouble GROUP MEMBER KIND [TEXT]: see Trouble; relieve GROUP MEMBER KIND ends it.
trouble() { echo "${4:-}" >"$dir/$1.$2/$3"; }
relieve() { rm -f "$dir/$1.$2/$3"; }

# crash GROUP MEMBER
crash() {
  signal "$1.$2" KILL
  await 10 "$2 of $1 to end" is_gone "$1.$2"
}

# end_groups GROUP...: stops all whose name begins with that: nodes and database.
end_groups() {
  local group name names=()
  for group in "$@"; do
    for name in $(processes); do
      [[ $name != "$group".* ]] || names+=("$name")
    done
  done
  stop_processes "${names[@]}"
}

# ------------------------------------------------------------------ what nodes say

# last_said GROUP MEMBER EVENT FIELD: from its last such line; empty: there is none.
last_said() { grep "^event=$3 " "$dir/$1.$2.log" | tail -n 1 | field "$4" || true; }

# times_said GROUP MEMBER PATTERN
times_said() { grep -cE -- "$3" "$dir/$1.$2.log" || true; }

# epoch_said GROUP MEMBER: the last one under which it was active; 0: it never was.
epoch_said() {
  local said
  said=$(last_said "$1" "$2" active epoch)
  echo "${said:-0}"
}

# became_active GROUP MEMBER EPOCH: whether it did so under a greater epoch.
became_active() { (($(epoch_said "$1" "$2") > $3)); }

either_became_active() { became_active "$1" a "$2" || became_active "$1" b "$2"; }
never_active() { no says "$1.$2" '^event=active '; }
never_stopped() { no says "$1.$2" '^event=(passivating|passive) '; }

# ------------------------------------------------------------------ what the cluster says

members() { ask members "$1" -o json | rows members; }
leases() { ask leases "$1" -o json | rows leases; }

# events [GROUP]: the newest last.
events() { ask history "$@" --limit 1000 -o json | rows events; }

# is_member GROUP MEMBER NAME=VALUE...
is_member() {
  local group=$1 id=$2
  shift 2
  [[ -n $(members "$group" | having id="$id" "$@") ]]
}

# are_ready GROUP MEMBER...
are_ready() {
  local group=$1 id ready
  shift
  ready=" $(members "$group" | having presence=PRESENCE_PRESENT readiness=READINESS_READY | cell id | tr '\n' ' ')"
  for id in "$@"; do [[ $ready == *" $id "* ]] || return 1; done
}

await_ready() { await 90 "these of $1 to be ready: ${*:2}" are_ready "$@"; }

# holder GROUP [SLOT]: who has it, or nobody.
holder() { leases "$1" | having slot="${2:-0}" | cell member; }

# holds_slot GROUP MEMBER EPOCH [SLOT]: whether exactly that lease is there, and not taken back.
holds_slot() {
  [[ -n $(leases "$1" | having slot="${4:-0}" member="$2" epoch="$3" revokedAtRevision=0) ]]
}

# is_free GROUP: whether nobody holds a slot of it.
is_free() {
  local all
  all=$(leases "$1") && [[ -z $all ]]
}

# events_like GROUP NAME=VALUE...
events_like() {
  local group=$1
  shift
  events "$group" | having "$@"
}

has_event() { [[ -n $(events_like "$@") ]]; }

has_no_event() {
  local found
  found=$(events_like "$@") && [[ -z $found ]]
}

# is_held_back GROUP RULE: whether that is why its slot is not granted.
is_held_back() { [[ $(ask explain "$1" -o json | value heldBack) == "$2" ]]; }

# status_says SENTENCE
status_says() { [[ $(ask status) == *"$1"* ]]; }
