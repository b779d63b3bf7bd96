package io.baton.simulation;

/** What a fault can do to a process and the machine under it. */
interface Machine {
  Life life();

  /** The process stands still. */
  void pause(long nanos);

  /** The machine sleeps. */
  void suspend(long nanos);

  /** The process ends at once. */
  void crash();

  /** The process starts again, if it has ended. */
  void restart();
}
