package io.baton.agent;

/** Work that is done by whoever is active. */
@FunctionalInterface
public interface ActiveTask {
  /**
   * Works until there is nothing to do or the thread is interrupted, which it is when the lease
   * ends.
   *
   * @throws Exception the lease is given back, and the member is no candidate for 1 s to 30 s
   */
  void run(Lease lease) throws Exception;
}
