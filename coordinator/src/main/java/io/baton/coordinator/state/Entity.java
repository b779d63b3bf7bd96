package io.baton.coordinator.state;

/**
 * One immutable piece of the state, under a key of its own. The image of the state is the set of
 * its entities; storage writes those whose key a round touched.
 */
public sealed interface Entity
    permits ClusterInfo,
        Coordinator,
        GroupInfo,
        Slot,
        Member,
        SessionInfo,
        StoredAnswer,
        Wait,
        HostDrain,
        Agreement {
  /** The key under which this entity stands. */
  Key key();

  /** What an entity is about. The order of declaration is the order of the canonical image. */
  enum Kind {
    CLUSTER,
    COORDINATOR,
    GROUP,
    SLOT,
    MEMBER,
    SESSION,
    ANSWER,
    WAIT,
    HOST_DRAIN,
    AGREEMENT
  }

  /**
   * Key of an entity.
   *
   * @param name group, coordinator, host or client; empty where the kind has none
   * @param part member within a group, kind of a wait; empty where the kind has none
   * @param number slot, session, request sequence, number of a wait; 0 where the kind has none
   */
  record Key(Kind kind, String name, String part, long number) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = kind.compareTo(other.kind);
      order = order != 0 ? order : name.compareTo(other.name);
      order = order != 0 ? order : part.compareTo(other.part);
      return order != 0 ? order : Long.compare(number, other.number);
    }
  }
}
