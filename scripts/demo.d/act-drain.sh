# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_drain() {
  local cart=cart search=search old new
  title "drain: a host is emptied for maintenance"
  make_group <<SPEC
group: $cart
mode: n-active
slots: 2
ttl: 4s
---
group: $search
ttl: 4s
SPEC
  slot_node "$cart" a --host h1
  slot_node "$cart" b --host h1
  slot_node "$search" a --host h1
  await 90 "a of $cart to be active" became_active "$cart" a 0
  await 90 "b of $cart to be active" became_active "$cart" b 0
  await 90 "a of $search to be active" became_active "$search" a 0
  slot_node "$cart" c --host h2
  slot_node "$cart" d --host h2
  await_ready "$cart" a b c d
  old=$(epoch_said "$search" a)
  explain "Host h1 runs both actives of $cart, whose stand-bys c and d are on h2, and the only member of $search."
  show drain --host h1 --reason "new kernel"
  await 60 "$cart to have left h1" has_left "$cart" a b
  holds "they left one after the other" one_after_the_other "$cart"
  holds "the only member of $search stays: it has nobody to hand over to" holds_slot "$search" a "$old"
  explain "$cart has left, one after the other. The drain of $search waits until somebody can take over: b, on h2."
  stop_processes "$cart.a" "$cart.b"
  slot_node "$search" b --host h2
  await 60 "b of $search to take over" became_active "$search" b "$old"
  await 60 "$search to have left h1" has_left "$search" a
  new=$(epoch_said "$search" b)
  show undrain --host h1 --reason "the new kernel runs"
  holds "a of $search is drained no more" is_member "$search" a drained=false readiness=READINESS_READY
  ask switchover "$search" --to a --reason "back on h1" >>"$dir/switchover.txt" ||
    fail "a of $search can't be active again."
  await 60 "a of $search to be active again" became_active "$search" a "$new"
  proved "both actives of $cart left the host one after the other, $search as soon as it could (epoch $new after $old); undrained, a is active again (epoch $(epoch_said "$search" a))."
  end_groups "$cart" "$search"
}

# has_left GROUP MEMBER...: whether none of them holds a lease, and as many others do.
has_left() {
  local group=$1 id all
  shift
  all=$(leases "$group" | having started=true)
  (($(grep -c . <<<"$all") == $#)) || return 1
  for id in "$@"; do [[ -z $(having member="$id" <<<"$all") ]] || return 1; done
}

# one_after_the_other GROUP: whether no lease was taken for the drain before the one taken earlier had its next
# holder, and that one had started.
one_after_the_other() {
  events "$1" | having group="$1" | awk -F '\t' '
    { type = slot = cause = "" }
    {
      for (i = 1; i <= NF; i++) {
        if ($i ~ /^type=/) type = $i
        if ($i ~ /^slot=/) slot = $i
        if ($i ~ /^cause=/) cause = $i
      }
    }
    type == "type=LEASE_REVOKED" && cause == "cause=CAUSE_DRAINED" {
      if (moving != "") exit 1
      moving = slot
      moves++
    }
    type == "type=LEASE_STARTED" && slot == moving { moving = "" }
    END { if (moves != 2 || moving != "") exit 1 }'
}
