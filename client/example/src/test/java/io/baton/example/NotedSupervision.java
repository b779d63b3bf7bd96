package io.baton.example;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what it is told. */
final class NotedSupervision implements Supervision {
  private final AtomicLong moves = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();

  @Override
  public void moved() {
    moves.incrementAndGet();
  }

  @Override
  public void failed() {
    failures.incrementAndGet();
  }

  long moves() {
    return moves.get();
  }

  int failures() {
    return failures.get();
  }
}
