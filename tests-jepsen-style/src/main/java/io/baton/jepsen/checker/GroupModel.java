package io.baton.jepsen.checker;

import java.util.Optional;

/**
 * One group without members, as a register: create, compare-and-set of its TTL, delete, read.
 *
 * <p>A write whose outcome is unknown has a revision that nobody has seen; the first read that
 * shows its TTL tells it. Clients name in a conditional update only revisions that an answer told
 * them, so that such an update never names one that is still unseen.
 */
public final class GroupModel implements Model<GroupModel.State, GroupAction> {
  /**
   * A group, or none.
   *
   * @param ttlMillis 0: there is none
   * @param revision 0: not seen yet
   * @param floor the newest revision that was seen; every later one is above it
   */
  public record State(long ttlMillis, long revision, long floor) {
    static final State NONE = new State(0, 0, 0);

    boolean exists() {
      return ttlMillis != 0;
    }

    /** Whether {@code seen} can be its revision. */
    boolean mayBe(long seen) {
      return revision == 0 ? seen > floor : seen == revision;
    }

    State seenAt(long seen) {
      return new State(ttlMillis, seen, seen);
    }

    State written(long ttl, long at) {
      return new State(ttl, at, at == 0 ? floor : at);
    }

    State deleted() {
      return new State(0, 0, floor);
    }
  }

  @Override
  public State initial() {
    return State.NONE;
  }

  @Override
  public Optional<State> step(State state, GroupAction action, boolean open) {
    if (action instanceof GroupAction.Create create) {
      return create(state, create, open);
    }
    if (action instanceof GroupAction.Update update) {
      return update(state, update, open);
    }
    if (action instanceof GroupAction.Delete delete) {
      boolean fits = open || delete.done() == state.exists();
      return fits ? Optional.of(state.deleted()) : Optional.empty();
    }
    return open ? Optional.of(state) : read(state, (GroupAction.Read) action);
  }

  private static Optional<State> create(State state, GroupAction.Create create, boolean open) {
    if (open) {
      return Optional.of(state.exists() ? state : state.written(create.ttlMillis(), 0));
    }
    if (create.revision() == 0) {
      return state.exists() ? Optional.of(state) : Optional.empty();
    }
    return !state.exists() && create.revision() > state.floor()
        ? Optional.of(state.written(create.ttlMillis(), create.revision()))
        : Optional.empty();
  }

  private static Optional<State> update(State state, GroupAction.Update update, boolean open) {
    boolean named = update.ifRevision() == 0 || state.revision() == update.ifRevision();
    boolean applies = state.exists() && named;
    if (open) {
      return Optional.of(applies ? state.written(update.ttlMillis(), 0) : state);
    }
    if (update.revision() == 0) {
      return applies ? Optional.empty() : Optional.of(state);
    }
    return applies && update.revision() > state.floor()
        ? Optional.of(state.written(update.ttlMillis(), update.revision()))
        : Optional.empty();
  }

  private static Optional<State> read(State state, GroupAction.Read read) {
    if (read.revision() == 0) {
      return state.exists() ? Optional.empty() : Optional.of(state);
    }
    return state.ttlMillis() == read.ttlMillis() && state.mayBe(read.revision())
        ? Optional.of(state.seenAt(read.revision()))
        : Optional.empty();
  }
}
