package io.baton.agent;

/** Brings the data of a member up to date before it may be active. */
@FunctionalInterface
public interface Resync {
  /** How far it is; any thread, never blocks. */
  interface Progress {
    /**
     * How much of it is done, for people.
     *
     * @param fraction from 0 to 1
     */
    void done(double fraction);

    /** As {@link Agent#position}. */
    void position(long position);
  }

  /**
   * Returns when the data are up to date. May block for as long as it takes; is interrupted when
   * the agent closes.
   *
   * @throws Exception it is tried again, after 1 s to 30 s
   */
  void run(Progress progress) throws Exception;
}
