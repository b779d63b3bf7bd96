package io.baton.coordinator.raft;

import org.apache.ratis.util.ExitUtils;

/** Keeps the process ours: Ratis takes hold of how it ends (trap 6). */
final class RatisProcess {
  private RatisProcess() {}

  /**
   * From now on a failed start comes back as an exception, not as a System.exit that hangs; and
   * what nobody caught goes on to the handler of the process, in whose place Ratis puts one of its
   * own that only logs.
   */
  static void keepOurs() {
    Thread.UncaughtExceptionHandler ours = Thread.getDefaultUncaughtExceptionHandler();
    ExitUtils.disableSystemExit();
    Thread.setDefaultUncaughtExceptionHandler(ours);
  }
}
