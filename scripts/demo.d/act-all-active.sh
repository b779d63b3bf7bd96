# shellcheck shell=bash
play_all_active() {
  local group=edge id epoch_a epoch_b epoch_c
  title "all-active: every healthy member, and never none"
  make_group <<SPEC
group: $group
mode: all-active
min-active: 1
ttl: 4s
SPEC
  for id in a b c; do slot_node "$group" "$id"; done
  for id in a b c; do await 90 "$id of $group to be active" became_active "$group" "$id" 0; done
  epoch_a=$(epoch_said "$group" a)
  epoch_b=$(epoch_said "$group" b)
  epoch_c=$(epoch_said "$group" c)
  explain "All three are active. a falls ill, then b, then c."
  trouble "$group" a ill "the disk is full"
  await 60 "a to be taken out" stopped_as_unhealthy "$group" a
  holds "b and c go on as before" are_active "$group" "b $epoch_b" "c $epoch_c"
  trouble "$group" b ill "the disk is full"
  await 60 "b to be taken out" stopped_as_unhealthy "$group" b
  trouble "$group" c ill "the disk is full"
  await 60 "c to be known as ill" is_member "$group" c readiness=READINESS_UNHEALTHY
  holds "c, the last one, stays though it is ill" are_active "$group" "c $epoch_c"
  explain "c is ill as well, and stays: it is the last. a is well again."
  relieve "$group" a ill
  await 60 "a to be active again" became_active "$group" a "$epoch_a"
  await 60 "c to be taken out, since it is not the last any more" stopped_as_unhealthy "$group" c
  holds "a alone is active" are_active "$group" "a $(epoch_said "$group" a)"
  proved "of 3 actives the ill ones were taken out one by one; the last stayed by min-active 1 until another was well (epoch $(epoch_said "$group" a) after $epoch_a)."
  end_groups "$group"
}

stopped_as_unhealthy() { says "$1.$2" '^event=passive .* cause=REVOKED'; }

# are_active GROUP "MEMBER EPOCH"...: whether these are, and nobody else.
are_active() {
  local all
  all=$(leases "$1" | having revokedAtRevision=0)
  [[ $(paste -d ' ' <(cell member <<<"$all") <(cell epoch <<<"$all") | sort) == "$(printf '%s\n' "${@:2}")" ]]
}
