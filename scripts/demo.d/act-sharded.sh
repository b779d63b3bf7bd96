# shellcheck shell=bash
# shellcheck disable=SC2154 # what scripts/demo, lib.sh and acts.sh set
play_sharded() {
  local group=orders full without_c before after moved
  title "sharded: 24 slots on three nodes, by weight"
  make_group <<SPEC
group: $group
mode: sharded
slots: 24
ttl: 4s
cool-down: 0ms
SPEC
  slot_node "$group" a --weight 2
  slot_node "$group" b
  slot_node "$group" c
  full="a=12 b=6 c=6"
  without_c="a=16 b=8"
  await 90 "$group to be shared out: $full" has_shares "$group" "$full"
  explain "a, of weight 2, has 12 of the slots; b and c, of weight 1, have 6 each. kill -9 c."
  before=$(layout "$group")
  crash "$group" c
  await 60 "the slots of c to be shared out: $without_c" has_shares "$group" "$without_c"
  after=$(layout "$group")
  moved=$(moved_slots "$before" "$after")
  [[ $(cut -d ' ' -f 2 <<<"$moved" | sort | uniq -c | xargs) == "6 c" ]] ||
    fail "the 6 slots of c should have moved and no other, but these did (slot, from, to): $moved"
  explain "Its 6 slots, and no other, went to a and b, under new epochs. c is started again."
  slot_node "$group" c
  await 60 "c to have its share again: $full" has_shares "$group" "$full"
  moved=$(moved_slots "$after" "$(layout "$group")")
  [[ $(cut -d ' ' -f 3 <<<"$moved" | sort | uniq -c | xargs) == "6 c" ]] ||
    fail "6 slots should have moved to c and none elsewhere, but these did (slot, from, to): $moved"
  holds "no slot had two owners at a time" has_one_owner_a_slot "$group" c
  proved "by weight $full; c's death moved its 6 slots alone ($without_c), its return 6 and no more; each slot had one owner at a time."
  end_groups "$group"
}

# has_shares GROUP SHARES: whether every slot is served, by so many each.
has_shares() {
  local now
  now=$(leases "$1" | having started=true revokedAtRevision=0 | cell member | sort | uniq -c |
    awk '{ printf "%s%s=%d", separator, $2, $1; separator = " " }')
  [[ $now == "$2" ]]
}

# layout GROUP: a line for each slot: the slot, who has it, its epoch.
layout() {
  local all
  all=$(leases "$1")
  paste -d ' ' <(cell slot <<<"$all") <(cell member <<<"$all") <(cell epoch <<<"$all") | sort -k 1,1
}

# moved_slots LAYOUT LAYOUT: slot, from and to of each that has another lease; fails where an epoch did not grow.
moved_slots() {
  join <(echo "$1") <(echo "$2") | awk '
    $3 != $5 { print $1, $2, $4; if ($5 < $3) exit 1 }
    $3 == $5 && $2 != $4 { exit 1 }' || fail "a slot moved, and its epoch did not grow."
}

# has_one_owner_a_slot GROUP KILLED: by what the nodes said, which has to be something. Who was killed did not say that
# it stopped; its second life has to.
has_one_owner_a_slot() {
  cat "$dir/$1".*.log |
    sed -nE -e 's/^event=(active|passive) .* member=([^ ]*) slot=([0-9]*) .* nanos=([0-9]*)$/\4 \1 \2 \3/p' \
      -e 's/^event=(ready) .* member=([^ ]*) .* nanos=([0-9]*)$/\3 \1 \2/p' | sort -n |
    awk -v killed="$2" '
      $2 == "ready" && $3 == killed { lives++ }
      $2 == "active" {
        seen = 1
        excused = owner[$4] == killed && lives < 2
        if (owner[$4] != "" && owner[$4] != $3 && !excused) { failed = 1; exit }
        owner[$4] = $3
      }
      $2 == "passive" && owner[$4] == $3 { owner[$4] = "" }
      END { exit failed || !seen || lives != 2 }'
}
