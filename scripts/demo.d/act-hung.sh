# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_hung() {
  local group=reports detail
  title "hung: the active lives, and does nothing"
  make_group <<SPEC
group: $group
ttl: 4s
SPEC
  job_pair "$group"
  explain "a runs the jobs under epoch $epoch. Its loop stops between two jobs; its session goes on as if all were well."
  trouble "$group" a hung
  await 90 "b to take over from a" became_active "$group" b "$epoch"
  detail=$(events_like "$group" type=LEASE_REVOKED member=a cause=CAUSE_UNHEALTHY | cell details.detail)
  [[ $detail == *work* ]] || fail "history should name the loop that stands still, and says: $detail"
  holds "a's session never ended" has_no_event "$group" type=MEMBER_GONE
  holds "a is alive" is_alive "$group.a"
  explain "The cluster took the lease back: \"$detail\". b runs the jobs. Now a's loop goes on where it stood."
  relieve "$group" a hung
  await 60 "the loop of a to be refused" says "$group.a" "^event=refused .* epoch=$epoch "
  await_ready "$group" a b
  holds "b is active as before" holds_slot "$group" b "$(epoch_said "$group" b)"
  prove_jobs
  proved "b has epoch $(epoch_said "$group" b) after $epoch though a's session never ended; a woke up and was refused; of $jobs jobs none ran twice and none was lost."
  end_groups "$group"
}
