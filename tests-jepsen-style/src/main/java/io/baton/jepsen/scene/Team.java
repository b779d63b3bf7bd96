package io.baton.jepsen.scene;

import io.baton.proto.v1.GroupSpec;
import io.baton.proto.v1.Mode;
import java.util.List;

/** A group of a scene, and its members. */
public record Team(String name, GroupSpec spec, List<Seat> seats) {
  /**
   * A member of it.
   *
   * @param machine what it says is its host; other teams have members there, too
   * @param weight its share where slots are shared out
   */
  public record Seat(String member, String machine, String zone, int weight) {}

  public Team {
    seats = List.copyOf(seats);
  }

  /** The mode of the group. */
  public Mode mode() {
    return spec.getMode();
  }

  /** Whether an operator decides about all of its failovers. */
  public boolean isDecidedByOperator() {
    return switch (spec.getFailover().getKind()) {
      case FAILOVER_KIND_MANUAL, FAILOVER_KIND_OBSERVE -> true;
      default -> false;
    };
  }

  /** Whether a failover may wait for an operator: all of them, or one too many. */
  public boolean mayWaitForOperator() {
    return isDecidedByOperator() || spec.getFailover().getFlapBudget() > 0;
  }

  /** Whether members say how far their data are. */
  public boolean hasPositions() {
    return spec.getPreference().hasMaxLag();
  }

  /** Whether its slots are shared out, several to a member. */
  public boolean isShared() {
    return mode() == Mode.MODE_SHARDED;
  }
}
