package io.baton.coordinator.state;

/**
 * One start of a member's process, as another member asks it.
 *
 * @param address where it answers other members
 */
public record Peer(String member, String incarnation, String directory, String address) {
  static Peer of(Member member) {
    return new Peer(
        member.id(), member.incarnation(), member.directory(), member.site().peerAddress());
  }

  boolean is(Member other) {
    return member.equals(other.id()) && incarnation.equals(other.incarnation());
  }

  /** The same member's next process, where the joining one proves that this one is dead. */
  Peer succeededBy(Command.Join join) {
    return new Peer(member, join.incarnation(), join.directory(), join.site().peerAddress());
  }
}
