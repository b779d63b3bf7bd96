# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_unhealthy() {
  local group=mail answer="read of /dev/sdb failed" looks detail
  title "unhealthy: the active's check fails"
  make_group <<SPEC
group: $group
ttl: 4s
SPEC
  pair "$group"
  explain "a is active under epoch $epoch. Its check of the disk fails once; three times in a row would be too often."
  trouble "$group" a stumble
  await 60 "the check to have failed once" says "$group.a" '^event=looked well=false '
  await 60 "the check to pass again" looked_well "$group" a
  holds "a is active as before" holds_slot "$group" a "$epoch"
  holds "a is READY" is_member "$group" a readiness=READINESS_READY
  holds "a was never told to stop" never_stopped "$group" a
  explain "Nothing moved. Now it fails each time: \"$answer\"."
  looks=$(times_said "$group" a '^event=looked well=false ')
  trouble "$group" a ill "$answer"
  await 60 "b to take over from a" became_active "$group" b "$epoch"
  looks=$(($(looks_before_the_end "$group" a) - looks))
  ((looks >= 3)) || fail "a was taken out after $looks looks that failed; it should have been 3."
  detail=$(events_like "$group" type=LEASE_REVOKED member=a cause=CAUSE_UNHEALTHY | cell details.detail)
  [[ $detail == *disk*"$answer"* ]] || fail "history should name the check and its answer, and says: $detail"
  holds "a lives, and is known as ill" is_member "$group" a presence=PRESENCE_PRESENT readiness=READINESS_UNHEALTHY
  relieve "$group" a ill
  await_ready "$group" a b
  proved "one bad look moved nothing, $looks in a row did: b has epoch $(epoch_said "$group" b) after $epoch; history says why: \"$detail\"."
  end_groups "$group"
}

looked_well() { [[ $(last_said "$1" "$2" looked well) == true ]]; }

# looks_before_the_end GROUP MEMBER: how many had failed when it stopped being active.
looks_before_the_end() {
  sed '/^event=passive /q' "$dir/$1.$2.log" | grep -c '^event=looked well=false '
}
