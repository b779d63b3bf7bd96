package io.baton.jepsen.checker;

import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import io.baton.proto.v1.Preference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Judges what history tells of grants and revocations, exactly by revision: nobody who is drained
 * is granted a lease; what waits for an operator - in a pause, where failover is manual or
 * observed, after the flap budget was used up - is not moved or taken over by itself; nothing that
 * could stay is moved in a cool-down; nobody who lags gets a lease; and no process has two slots of
 * a group but where slots are shared out. One thread.
 *
 * <p>What history does not tell any more is forgotten, and then judged again as it is told.
 */
public final class Policy {
  private static final String REVOCATION = "LEASE_REVOKED";
  private static final String UNHEALTHY = "UNHEALTHY";
  private static final Set<String> BY_ITSELF = Set.of("FAILBACK", "REBALANCED", UNHEALTHY);

  private final Map<String, String> hosts;
  private final Map<String, GroupSpec> specs;
  private final Set<String> drained = new HashSet<>();
  private final Set<String> drainedHosts = new HashSet<>();
  private final Set<String> paused = new HashSet<>();
  private final Set<String> flapping = new HashSet<>();
  private final Handovers handovers = new Handovers();
  private final Failovers failovers;
  private final Lags lags = new Lags();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> causes = new TreeMap<>();
  private final Map<String, Integer> decisions = new TreeMap<>();
  private long last;
  private long judged;

  /**
   * Nothing is known yet.
   *
   * @param hosts of members, by id, as they tell the cluster
   * @param specs of groups, by name: nobody changes their modes, who decides about failovers, flap
   *     budgets and bounds of lag; other groups have the defaults
   */
  public Policy(Map<String, String> hosts, Map<String, GroupSpec> specs) {
    this.hosts = Map.copyOf(hosts);
    this.specs = Map.copyOf(specs);
    this.failovers = new Failovers(this.specs);
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

  /** How often failovers were left to operators, and what these said, by what happened. */
  public Map<String, Integer> decisions() {
    return new TreeMap<>(decisions);
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
      case "FAILOVER_WITHHELD" -> decided(isObserved(group) ? "would have been done" : "waited");
      case "FAILOVER_APPROVED" -> decided("ordered");
      case "GROUP_FLAPPING" -> {
        flapping.add(group);
        decided("stopped by a flap budget");
      }
      case "GROUP_ACKNOWLEDGED" -> {
        flapping.remove(group);
        decided("acknowledged");
      }
      case REVOCATION -> revoked(change);
      case Change.GRANT -> granted(change);
      case "LEASE_STARTED" -> lagging(change, lags.started(change), "its last holder");
      case "GROUP_REMOVED" -> removed(group);
      default -> {}
    }
    failovers.happened(change);
    handovers.happened(change);
  }

  private void decided(String what) {
    decisions.merge(what, 1, Integer::sum);
  }

  private void forget() {
    drained.clear();
    drainedHosts.clear();
    paused.clear();
    flapping.clear();
    handovers.forget();
    failovers.forget();
    lags.forget();
  }

  private void removed(String group) {
    drained.removeIf(member -> member.startsWith(group + "/"));
    paused.remove(group);
    flapping.remove(group);
  }

  // ------------------------------------------------------------------ revocations

  private void revoked(Change change) {
    judged++;
    String reason = BY_ITSELF.contains(change.cause()) ? reasonToStay(change) : "";
    if (!reason.isEmpty()) {
      wrong.add(words(change) + " is taken (" + change.cause() + ") though " + reason);
    }
  }

  private String reasonToStay(Change change) {
    String group = change.group();
    if (isPaused(change)) {
      return "it is paused";
    }
    if (flapping.contains(group)) {
      return "it waits for an acknowledgement";
    }
    if (!isAutomatic(group)) {
      return "an operator decides";
    }
    if (change.cause().equals(UNHEALTHY)) {
      return goesOn(change) ? "" : reasonToBear(group);
    }
    return failovers.isCoolingDown(group) ? "it cools down" : "";
  }

  /** Whether it may be part of a failover that has counted; also where that is not told. */
  private boolean goesOn(Change revocation) {
    Optional<Handovers.Loss> holder = handovers.holder(revocation);
    return holder.isEmpty() || failovers.mayHaveCounted(revocation.group(), holder.get());
  }

  /** Why an unhealthy holder keeps its lease. */
  private String reasonToBear(String group) {
    if (failovers.isUsedUp(group)) {
      return "the flap budget is used up";
    }
    return failovers.isCoolingDown(group) ? "it cools down" : "";
  }

  // ------------------------------------------------------------------ grants

  private void granted(Change change) {
    judged++;
    causes.merge(change.cause(), 1, Integer::sum);
    if (drained.contains(change.group() + "/" + change.member())
        || drainedHosts.contains(hosts.getOrDefault(change.member(), ""))) {
      wrong.add(words(change) + " is granted though it is drained");
    }
    if (mode(change) != Mode.MODE_SHARDED && handovers.holdsAnother(change)) {
      wrong.add(words(change) + " is granted though it holds another slot");
    }
    String reason = reasonToWait(change);
    if (!reason.isEmpty()) {
      wrong.add(words(change) + " is granted (" + change.cause() + ") though " + reason);
    }
    if (failovers.granted(change, handovers)) {
      wrong.add(
          words(change) + " is granted (" + change.cause() + ") though the flap budget is used up");
    }
    boolean ordered = handovers.isApproved(change) || change.cause().equals("FAILOVER");
    lagging(change, lags.granted(change, ordered), "another");
  }

  /**
   * Why only an operator may let this grant happen, or nobody; empty: nothing. A handover that was
   * ordered or begun goes on, also to the next one where its new holder failed before it was
   * active; and but for a group that flaps whoever held it last may have it back.
   */
  private String reasonToWait(Change grant) {
    String group = grant.group();
    boolean lost = !grant.cause().equals("FREE_SLOT");
    if (mode(grant) == Mode.MODE_ALL_ACTIVE
        || Handovers.isTaken(grant)
        || handovers.goesOn(grant)
        || (lost && !handovers.isKnown(grant))) {
      return "";
    }
    if (lost && flapping.contains(group)) {
      return "it waits for an acknowledgement";
    }
    if (grant.member().equals(grant.previous())) {
      return "";
    }
    if (isPaused(grant)) {
      return "it is paused";
    }
    return lost && !isAutomatic(group) ? "an operator decides" : "";
  }

  /** Of a sharded group a grant names nobody but who got it, and the furthest may hold nothing. */
  private void lagging(Change change, long behind, String whom) {
    Preference preference = spec(change.group()).getPreference();
    if (preference.hasMaxLag() && behind > preference.getMaxLag()) {
      wrong.add("%s is granted though it is %d behind %s".formatted(words(change), behind, whom));
    }
  }

  // ------------------------------------------------------------------ groups

  private GroupSpec spec(String group) {
    return specs.getOrDefault(group, GroupSpec.getDefaultInstance());
  }

  private Mode mode(Change change) {
    return spec(change.group()).getMode();
  }

  private FailoverKind kind(String group) {
    return spec(group).getFailover().getKind();
  }

  private boolean isObserved(String group) {
    return kind(group) == FailoverKind.FAILOVER_KIND_OBSERVE;
  }

  private boolean isAutomatic(String group) {
    return !isObserved(group) && kind(group) != FailoverKind.FAILOVER_KIND_MANUAL;
  }

  private boolean isPaused(Change change) {
    return paused.contains("") || paused.contains(change.group());
  }

  private static String words(Change change) {
    return "at %d %s to %s".formatted(change.revision(), change.name(), change.member());
  }
}
