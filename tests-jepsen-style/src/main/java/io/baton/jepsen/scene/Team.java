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

  /** Whether its slots are shared out, several to a member. */
  public boolean isShared() {
    return mode() == Mode.MODE_SHARDED;
  }
}
