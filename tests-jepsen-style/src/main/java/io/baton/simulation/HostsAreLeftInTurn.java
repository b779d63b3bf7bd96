package io.baton.simulation;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.HistoryEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The drain of a host takes no lease while one that was drained from that host is on its way in
 * another group: until it has ended, and where it passes to somebody by that drain, until that one
 * is active or has failed. What unhealthy members hold is taken at once. Told from history alone.
 */
final class HostsAreLeftInTurn extends Invariant {
  private final Set<String> drainedThemselves = new HashSet<>();
  private final Set<String> unhealthy = new HashSet<>();

  /** From which host. */
  private final Map<SlotName, String> onTheWay = new HashMap<>();

  /** From which host, of slots that nobody holds. */
  private final Map<SlotName, String> free = new HashMap<>();

  /** By host: the group that left it last since it was drained. */
  private final Map<String, String> last = new HashMap<>();

  /**
   * A change that was applied for the first time anywhere.
   *
   * @param host of the event's member; empty: not known
   */
  void happened(HistoryEvent event, String host, World world) {
    SlotName slot = new SlotName(event.group(), event.slot());
    switch (event.type()) {
      case HOST_DRAINED -> last.remove(event.details().getOrDefault("host", ""));
      case MEMBER_DRAINED -> drainedThemselves.add(member(event));
      case MEMBER_UNDRAINED -> drainedThemselves.remove(member(event));
      case MEMBER_JOINED, READINESS_CHANGED -> {
        if (event.details().getOrDefault("readiness", "").equals("UNHEALTHY")) {
          unhealthy.add(member(event));
        } else {
          unhealthy.remove(member(event));
        }
      }
      case LEASE_REVOKED -> {
        if (event.cause() == Cause.DRAINED && !host.isEmpty()) {
          taken(event, slot, host, world);
        }
      }
      case LEASE_ENDED -> {
        String from = onTheWay.remove(slot);
        if (from != null) {
          free.put(slot, from);
        }
      }
      case LEASE_GRANTED -> {
        String from = free.remove(slot);
        if (from != null && event.cause() == Cause.DRAINED) {
          onTheWay.put(slot, from);
        }
      }
      case LEASE_STARTED -> onTheWay.remove(slot);
      case GROUP_REMOVED -> removed(event.group());
      default -> {}
    }
  }

  private void taken(HistoryEvent event, SlotName slot, String host, World world) {
    if (!drainedThemselves.contains(member(event)) && !unhealthy.contains(member(event))) {
      onTheWay.forEach(
          (other, from) -> {
            if (from.equals(host) && !other.group().equals(event.group())) {
              violated(slot + " has to leave " + host + " while " + other + " is on its way");
            }
          });
      String before = last.put(host, event.group());
      world.covered(Case.LEFT_IN_TURN, before != null && !before.equals(event.group()));
    }
    onTheWay.put(slot, host);
  }

  private static String member(HistoryEvent event) {
    return event.group() + "/" + event.member();
  }

  private void removed(String group) {
    drainedThemselves.removeIf(member -> member.startsWith(group + "/"));
    unhealthy.removeIf(member -> member.startsWith(group + "/"));
    onTheWay.keySet().removeIf(slot -> slot.group().equals(group));
    free.keySet().removeIf(slot -> slot.group().equals(group));
  }
}
