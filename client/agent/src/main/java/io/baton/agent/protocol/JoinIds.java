package io.baton.agent.protocol;

/** Numbers joins, over all groups of an agent. */
final class JoinIds {
  private long last;

  long next() {
    return ++last;
  }
}
