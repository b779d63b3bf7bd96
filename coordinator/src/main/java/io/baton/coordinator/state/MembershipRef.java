package io.baton.coordinator.state;

/** A session's stay in a group. */
public record MembershipRef(long session, String group) implements Comparable<MembershipRef> {
  @Override
  public int compareTo(MembershipRef other) {
    int order = Long.compare(session, other.session);
    return order != 0 ? order : group.compareTo(other.group);
  }
}
