package io.baton.coordinator.state;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who is preferred among candidates.
 *
 * @param zones the first is preferred; a zone that is not named comes last
 * @param maxLag how far a candidate's position may be behind the furthest one; {@link #ANY_LAG}: as
 *     far as it likes
 * @param members what the group says of single members
 */
public record Preference(List<String> zones, long maxLag, Map<String, MemberPreference> members) {
  /** No bound on how far a candidate is behind. */
  public static final long ANY_LAG = Long.MAX_VALUE;

  /** Nobody is preferred. */
  public static final Preference NONE = new Preference(List.of(), ANY_LAG, Map.of());

  public Preference {
    zones = List.copyOf(zones);
    members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
  }

  /**
   * What the group says of one member.
   *
   * @param priority the highest is chosen first; below 0: never
   * @param weight its share of a sharded group; 0: what the member says itself
   */
  public record MemberPreference(int priority, int weight) {
    static final MemberPreference NONE = new MemberPreference(0, 0);
  }

  /** The member's priority; 0 where nothing is said. */
  public int priority(Member member) {
    return of(member).priority();
  }

  /** The member's weight: the group's word, or its own. */
  public int weight(Member member) {
    int said = of(member).weight();
    return said == 0 ? member.site().weight() : said;
  }

  /** Place of the member's zone, the smallest first. */
  public int zonePlace(Member member) {
    int place = zones.indexOf(member.site().zone());
    return place < 0 ? zones.size() : place;
  }

  private MemberPreference of(Member member) {
    return members.getOrDefault(member.id(), MemberPreference.NONE);
  }
}
