package io.baton.example;

/** What a loop that works owes whoever looks after the process: signs of life, and the bad news. */
interface Supervision {
  /** The loop has come round. Called each time it does, so takes no time. */
  void moved();

  /** The loop has ended, and should not have: the lease has to go to a node that works. */
  void failed();
}
