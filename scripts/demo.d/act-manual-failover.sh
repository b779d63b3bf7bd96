# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_manual_failover() {
  local group=ledger reason="a is known to be dead" ordered
  title "manual failover: an operator decides"
  make_group <<SPEC
group: $group
failover: manual
ttl: 4s
SPEC
  pair "$group"
  explain "a is active under epoch $epoch, b stands by and is ready. kill -9 a."
  crash "$group" a
  await 60 "the decision to be left to an operator" has_event "$group" type=FAILOVER_WITHHELD
  holds "nobody has the lease" is_free "$group"
  holds "baton explain says that it waits for an operator" is_held_back "$group" MANUAL
  holds "baton status says so, and what to type" status_says "$group waits for an operator to fail it over. Try: baton failover $group"
  holds "b has not become active" never_active "$group" b
  explain "The lease has run out, and b waits: baton explain and baton status say that an operator has to decide."
  show failover "$group" --reason "$reason"
  await 60 "b to be active" became_active "$group" b "$epoch"
  ordered=$(events_like "$group" type=FAILOVER_APPROVED "actor.reason=$reason" | cell actor.name)
  [[ -n $ordered ]] || fail "history does not say who ordered the failover, and why."
  proved "nobody took over until it was ordered; b has epoch $(epoch_said "$group" b) after $epoch; history names $ordered and the reason, \"$reason\"."
  end_groups "$group"
}
