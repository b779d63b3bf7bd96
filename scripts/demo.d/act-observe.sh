# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_observe() {
  local group=trial text records count
  title "observe: what would have been done"
  make_group <<SPEC
group: $group
failover: observe
ttl: 4s
SPEC
  pair "$group"
  explain "This group is only watched. a is active under epoch $epoch. kill -9 a."
  crash "$group" a
  await 60 "the record of what would have been done" has_event "$group" type=FAILOVER_WITHHELD
  text=$(events_like "$group" type=FAILOVER_WITHHELD | cell text)
  [[ $text == *"would have moved from a to b"* ]] || fail "history should say who would have been chosen, and says: $text"
  holds "nobody has the lease" is_free "$group"
  holds "baton explain says that it is observed" is_held_back "$group" OBSERVE
  holds "baton status counts it" status_says "Only observed: a lease would have moved once at "
  explain "History: $text" "baton status: $(ask status | grep '^Only observed: ')" "a is started again."
  slot_node "$group" a
  await 60 "a to have its lease again" became_active "$group" a "$epoch"
  holds "b has never been active" never_active "$group" b
  records=$(events_like "$group" type=FAILOVER_WITHHELD | wc -l)
  ((records == 1)) || fail "one failover would have been done, and history has $records records."
  count=$(ask groups -o json | rows groups | having name="$group" | cell failoversWithheld)
  [[ $count == 1 ]] || fail "one failover would have been done, and the group counts \"$count\"."
  proved "nothing moved; history has $records record, \"would have moved from a to b\", and the group's count is $count; a came back to its own lease, epoch $(epoch_said "$group" a) after $epoch."
  end_groups "$group"
}
