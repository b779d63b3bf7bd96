# shellcheck shell=bash
play_n_active() {
  local group=gateways id killed stays standby killed_epoch stays_epoch
  title "n-active: one of two actives is killed"
  make_group <<SPEC
group: $group
mode: n-active
slots: 2
ttl: 4s
SPEC
  for id in a b c; do slot_node "$group" "$id"; done
  await_ready "$group" a b c
  await 60 "both slots of $group to be held" has_two_actives "$group"
  killed=$(holder "$group" 0)
  stays=$(holder "$group" 1)
  standby=$(printf '%s\n' a b c | grep -v -e "$killed" -e "$stays")
  killed_epoch=$(epoch_said "$group" "$killed")
  stays_epoch=$(epoch_said "$group" "$stays")
  explain "$killed has slot 0 (epoch $killed_epoch), $stays slot 1 (epoch $stays_epoch); $standby stands by. kill -9 $killed."
  crash "$group" "$killed"
  await 60 "$standby to take over from $killed" became_active "$group" "$standby" "$killed_epoch"
  holds "$standby has slot 0" holds_slot "$group" "$standby" "$(epoch_said "$group" "$standby")" 0
  holds "$stays has slot 1 as before" holds_slot "$group" "$stays" "$stays_epoch" 1
  holds "$stays was never told to stop" never_stopped "$group" "$stays"
  proved "$standby took slot 0, and only that, under epoch $(epoch_said "$group" "$standby") after $killed_epoch; $stays kept slot 1 under epoch $stays_epoch."
  end_groups "$group"
}

has_two_actives() { (($(leases "$1" | having started=true | wc -l) == 2)); }
