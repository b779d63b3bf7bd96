# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set

# What on-coordinator-loss may say, and what the active has to do then: a function for the time without
# coordinators, and one for when they are back. Both are called with the group.
coordinator_loss_policies=(
  "stop                stops_by_itself           goes_on_under_a_new_epoch"
  "hold-if-fenced      works_on_unconfirmed      is_confirmed_again"
  "hold-if-peers-agree works_on_while_b_agrees   never_noticed"
  "hold-if-peers-agree stops_without_b           goes_on_when_all_are_back"
)

play_coordinator_loss() {
  local row policy while_lost after
  title "coordinator loss: two of three are gone"
  for row in "${coordinator_loss_policies[@]}"; do
    read -r policy while_lost after <<<"$row"
    lose_coordinators_under "$policy" "$while_lost" "$after"
  done
}

losses=0

# lose_coordinators_under POLICY WHILE AFTER. The TTL is longer than elsewhere: how long a new leader waits for
# the living grows with it, and a slow machine needs that.
lose_coordinators_under() {
  local group id lead other lost_at
  losses=$((losses + 1))
  group=loss-$losses
  make_group <<SPEC
group: $group
on-coordinator-loss: $1
ttl: 8s
SPEC
  job_pair "$group" asked_node
  if [[ $1 == hold-if-peers-agree ]]; then
    await 30 "a to know whom it may rely on" has_event "$group" type=PEERS_ACKNOWLEDGED member=a
  fi
  await 90 "the coordinators to name their leader" has_other_leader ""
  lead=$(leader)
  other=$(coordinators | grep -v "$lead" | head -n 1)
  explain "$1: a runs the jobs under epoch $epoch. $lead, which leads the coordinators, is frozen; $other is killed."
  lost_at=$(now_millis)
  signal "$lead" STOP
  signal "$other" KILL
  "$2" "$group"
  holds "b has not become active" never_active "$group" b
  signal "$lead" CONT
  start_coordinator "$other"
  for id in "$lead" "$other"; do await 90 "coordinator $id to be ready" is_up "$id"; done
  "$3" "$group"
  end_groups "$group"
}

stops_by_itself() {
  await 60 "a to stop by itself" says "$1.a" "^event=passive .* epoch=$epoch cause=DEADLINE"
  explain "a stopped by its own clock, $(($(last_said "$1" a passive at) - lost_at)) ms after the loss."
}

goes_on_under_a_new_epoch() {
  await 90 "one of them to be active again" either_became_active "$1" "$epoch"
  prove_jobs
  proved "stop: without coordinators a stopped by itself; when they were back the jobs went on under epoch $(leases "$1" | cell epoch) after $epoch; of $jobs none ran twice and none was lost."
}

works_on_unconfirmed() {
  local before
  await 60 "a to say that it is unconfirmed" says "$1.a" "^event=unconfirmed .* epoch=$epoch "
  prove_jobs
  before=$jobs
  await 30 "a to run jobs though it is unconfirmed" did_jobs_after "$before"
  explain "a says that it is unconfirmed, and works on: $((jobs - before)) jobs meanwhile."
}

did_jobs_after() {
  prove_jobs
  ((jobs > $1))
}

is_confirmed_again() {
  await 90 "a to be confirmed again" says "$1.a" "^event=confirmed .* epoch=$epoch "
  holds "a is active under the same epoch" holds_slot "$1" a "$epoch"
  holds "a never stopped" never_stopped "$1" a
  holds "b has never been active" never_active "$1" b
  holds "the database refused nothing" no says "$1.a" '^event=refused '
  prove_jobs
  proved "hold-if-fenced: without coordinators a worked on, unconfirmed, and is confirmed again under the same epoch, $epoch; the fence refused nothing; of $jobs jobs none ran twice and none was lost."
}

# Much longer than the lease lasts. Everything that shows it stopped is in its log.
works_on_while_b_agrees() {
  local before
  await 30 "the lease to have run out" passed $((lost_at + 12000))
  holds "a has not stopped" never_stopped "$1" a
  prove_jobs
  before=$jobs
  await 30 "a to run jobs" did_jobs_after "$before"
  holds "a has not stopped" never_stopped "$1" a
  holds "a was sure of its lease all the time" no says "$1.a" "^event=unconfirmed "
  explain "a asks b twice a second; b promises to stay passive, and a works on: $((jobs - before)) jobs meanwhile."
}

never_noticed() {
  await 90 "the cluster to have its active" holds_slot "$1" a "$epoch"
  holds "a never stopped" never_stopped "$1" a
  holds "b has never been active" never_active "$1" b
  holds "the database refused nothing" no says "$1.a" '^event=refused '
  prove_jobs
  proved "hold-if-peers-agree: without coordinators a worked on while b promised to stay passive, and has its lease still, under epoch $epoch; of $jobs jobs none ran twice and none was lost."
}

stops_without_b() {
  await 30 "the lease to have run out" passed $((lost_at + 12000))
  holds "a has not stopped" never_stopped "$1" a
  crash "$1" b
  await 60 "a to stop by itself" says "$1.a" "^event=passive .* epoch=$epoch cause=DEADLINE"
  explain "b is killed as well: nobody promises any more, and a stops."
}

goes_on_when_all_are_back() {
  await 90 "a to be active again" became_active "$1" a "$epoch"
  prove_jobs
  proved "hold-if-peers-agree: once b was gone, too, a stopped by itself; when the coordinators were back it went on under epoch $(leases "$1" | cell epoch) after $epoch; of $jobs jobs none ran twice and none was lost."
}
