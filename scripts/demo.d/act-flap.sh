# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_flap() {
  local group=sessions active=a standby=b reason="the power supply was changed" next count
  title "flap: it fails over too often"
  make_group <<SPEC
group: $group
ttl: 4s
cool-down: 0ms
flap-budget: 2
SPEC
  pair "$group"
  explain "Two failovers within ten minutes are this group's budget. The active is killed, and started again, twice."
  for count in 1 2; do
    crash "$group" "$active"
    slot_node "$group" "$active"
    await 60 "$standby to take over, for the $count. time" became_active "$group" "$standby" "$epoch"
    epoch=$(epoch_said "$group" "$standby")
    await_ready "$group" a b
    next=$active active=$standby standby=$next
  done
  explain "Two failovers later $active is active under epoch $epoch. It is killed once more."
  crash "$group" "$active"
  await 60 "the group to be stopped" has_event "$group" type=GROUP_FLAPPING
  slot_node "$group" "$active"
  await_ready "$group" a b
  holds "nobody has the lease, though a and b are ready" is_free "$group"
  holds "baton explain says that it flaps" is_held_back "$group" FLAPPING
  holds "baton status says what to type" status_says "Try: baton ack $group"
  explain "a and b are ready, and neither is active: the group is FLAPPING and waits."
  show ack "$group" --reason "$reason"
  await 60 "one of them to be active" either_became_active "$group" "$epoch"
  holds "history has the reason" has_event "$group" type=GROUP_ACKNOWLEDGED "actor.reason=$reason"
  proved "after 2 failovers the 3rd waited, FLAPPING, with two candidates ready; baton ack let it go on: epoch $(leases "$group" | cell epoch) after $epoch."
  end_groups "$group"
}
