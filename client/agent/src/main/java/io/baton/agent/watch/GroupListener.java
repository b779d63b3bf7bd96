package io.baton.agent.watch;

/** Learns what a group looks like, at the beginning and whenever that has changed. */
@FunctionalInterface
public interface GroupListener {
  /**
   * Called in the order of revisions, one call at a time, on a thread that it may block. Pictures
   * that were overtaken meanwhile are left out: the latest always comes.
   */
  void changed(GroupSnapshot snapshot);
}
