package io.baton.jepsen.checker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges what history tells of grants and revocations, exactly by revision: nobody who is drained
 * is granted a lease; while a group is paused nothing is moved or taken over by itself; and no
 * process has two slots of a group but where slots are shared out. One thread.
 *
 * <p>What history does not tell any more is forgotten, and then judged again as it is told.
 */
public final class Policy {
  private static final Set<String> BY_ITSELF = Set.of("FAILBACK", "REBALANCED", "UNHEALTHY");

  /** A lease that ends for one of these was taken from its holder: it goes on to another. */
  private static final Set<String> HANDOVERS =
      Set.of(
          "SWITCHOVER",
          "REVOKED",
          "FAILOVER",
          "DRAINED",
          "FAILBACK",
          "REBALANCED",
          "SPEC_CHANGED",
          "UNHEALTHY");

  private final Map<String, String> hosts;
  private final Set<String> shared;
  private final Set<String> drained = new HashSet<>();
  private final Set<String> drainedHosts = new HashSet<>();
  private final Set<String> paused = new HashSet<>();
  private final Set<String> allActive;
  private final Set<SlotName> approved = new HashSet<>();

  /** Slots whose last holder is known to have been active, or how it came to hold them. */
  private final Set<SlotName> known = new HashSet<>();

  /** Slots on their way to a holder that is not active yet, by an order or by the rules. */
  private final Set<SlotName> underWay = new HashSet<>();

  private final Map<SlotName, Long> holders = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> causes = new TreeMap<>();
  private long last;
  private long judged;

  /**
   * Nothing is known yet.
   *
   * @param hosts of members, by id, as they tell the cluster
   * @param shared groups whose slots are shared out
   * @param allActive groups of which every member is active: nothing is taken over there
   */
  public Policy(
      Map<String, String> hosts, Collection<String> shared, Collection<String> allActive) {
    this.allActive = Set.copyOf(allActive);
    this.hosts = Map.copyOf(hosts);
    this.shared = Set.copyOf(shared);
  }

  /** The revision up to which it has been told. */
  public long last() {
    return last;
  }

  /** How many grants and revocations it has judged. */
  public long judged() {
    return judged;
  }

  /** How many grants there were for each cause. */
  public Map<String, Integer> causes() {
    return new TreeMap<>(causes);
  }

  /** Everything that is wrong so far, in words. */
  public List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** The next change in history, as far as history is still told. */
  public void happened(Change change) {
    if (change.revision() != last + 1) {
      forget();
    }
    last = change.revision();
    String group = change.group();
    String member = group + "/" + change.member();
    switch (change.type()) {
      case "MEMBER_DRAINED" -> drained.add(member);
      case "MEMBER_UNDRAINED" -> drained.remove(member);
      case "HOST_DRAINED" -> drainedHosts.add(change.host());
      case "HOST_UNDRAINED" -> drainedHosts.remove(change.host());
      case "GROUP_PAUSED", "CLUSTER_PAUSED" -> paused.add(group);
      case "GROUP_RESUMED", "CLUSTER_RESUMED" -> paused.remove(group);
      case "FAILOVER_APPROVED" -> approved.add(change.name());
      case "LEASE_REVOKED" -> revoked(change);
      case Change.GRANT -> granted(change);
      case "LEASE_STARTED" -> {
        known.add(change.name());
        underWay.remove(change.name());
      }
      case "LEASE_ENDED" -> {
        approved.remove(change.name());
        holders.remove(change.name());
      }
      case "GROUP_REMOVED" -> removed(group);
      default -> {}
    }
  }

  private void forget() {
    drained.clear();
    drainedHosts.clear();
    paused.clear();
    approved.clear();
    known.clear();
    underWay.clear();
    holders.clear();
  }

  private void removed(String group) {
    drained.removeIf(member -> member.startsWith(group + "/"));
    approved.removeIf(slot -> slot.group().equals(group));
    underWay.removeIf(slot -> slot.group().equals(group));
    holders.keySet().removeIf(slot -> slot.group().equals(group));
    paused.remove(group);
  }

  private void revoked(Change change) {
    judged++;
    if (isPaused(change) && BY_ITSELF.contains(change.cause())) {
      wrong.add(words(change) + " is taken (" + change.cause() + ") though it is paused");
    }
  }

  private void granted(Change change) {
    judged++;
    causes.merge(change.cause(), 1, Integer::sum);
    if (drained.contains(change.group() + "/" + change.member())
        || drainedHosts.contains(hosts.getOrDefault(change.member(), ""))) {
      wrong.add(words(change) + " is granted though it is drained");
    }
    if (!shared.contains(change.group()) && holdsAnother(change)) {
      wrong.add(words(change) + " is granted though it holds another slot");
    }
    if (isPaused(change) && isByItself(change)) {
      wrong.add(words(change) + " is granted (" + change.cause() + ") though it is paused");
    }
    holders.put(change.name(), change.session());
    known.add(change.name());
    if (approved.contains(change.name()) || HANDOVERS.contains(change.cause())) {
      underWay.add(change.name());
    }
  }

  private boolean holdsAnother(Change change) {
    return holders.entrySet().stream()
        .anyMatch(
            held ->
                held.getKey().group().equals(change.group())
                    && held.getValue() == change.session());
  }

  private boolean isPaused(Change change) {
    return paused.contains("") || paused.contains(change.group());
  }

  /**
   * Whoever held it last may have it back; and a handover that was ordered or begun goes on, also
   * to the next one where its new holder failed before it was active.
   */
  private boolean isByItself(Change grant) {
    if (allActive.contains(grant.group()) || HANDOVERS.contains(grant.cause())) {
      return false;
    }
    boolean goesOn = approved.contains(grant.name()) || underWay.contains(grant.name());
    boolean back = grant.member().equals(grant.previous());
    boolean free = grant.cause().equals("FREE_SLOT");
    return !goesOn && !back && (free || known.contains(grant.name()));
  }

  private static String words(Change change) {
    return "at %d %s to %s".formatted(change.revision(), change.name(), change.member());
  }
}
