# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_resync() {
  local group=ledger-copy bar status=0
  title "resync: who comes back catches up first"
  make_group <<SPEC
group: $group
ttl: 4s
SPEC
  pair "$group"
  explain "a is active under epoch $epoch. b is stopped, and comes back with data to copy; half of it is done."
  stop_processes "$group.b"
  trouble "$group" b slow-copy
  slot_node "$group" b
  await 90 "b to be SYNCING at one half" is_member "$group" b presence=PRESENCE_PRESENT \
    readiness=READINESS_SYNCING progress.resyncPermille=500
  show members "$group"
  bar=$(ask members "$group" | grep -oE '\[#+ +\] 50 %') || fail "baton members should show how far b is."
  ask switchover "$group" --to b --reason "too early" >>"$dir/switchover.txt" 2>&1 || status=$?
  ((status == 5)) || fail "a switchover to b should be refused with exit code 5, and ended with $status."
  explain "A switchover to b is refused. kill -9 a: now b is the only one, and still not fit."
  crash "$group" a
  await 60 "the lease of a to run out" is_free "$group"
  [[ $(ask explain "$group" -o json | rows candidates | having member=b | cell rule) == SYNCING ]] ||
    fail "baton explain should say that b is SYNCING."
  holds "b has not become active" never_active "$group" b
  relieve "$group" b slow-copy
  await 60 "b to be active" became_active "$group" b "$epoch"
  holds "b is READY" is_member "$group" b readiness=READINESS_READY
  proved "at $bar b was refused by switchover, and not chosen though a was dead; READY, it got epoch $(epoch_said "$group" b) after $epoch."
  end_groups "$group"
}
