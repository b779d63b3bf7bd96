# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_active_passive() {
  local group=billing killed took
  title "active-passive: the active is killed"
  make_group <<SPEC
group: $group
mode: active-passive
ttl: 4s
SPEC
  job_pair "$group"
  explain "a runs the jobs under epoch $epoch; b stands by. kill -9 a."
  killed=$(now_millis)
  crash "$group" a
  await 60 "b to take over from a" became_active "$group" b "$epoch"
  took=$(($(last_said "$group" b active at) - killed))
  holds "the cluster says that b is active" holds_slot "$group" b "$(epoch_said "$group" b)"
  prove_jobs
  proved "b took over $took ms after the kill, under epoch $(epoch_said "$group" b) after $epoch; of $jobs jobs none ran twice and none was lost."
  end_groups "$group"
}
