package io.baton.agent.health;

/**
 * One check's looks, counted: it takes several in a row to change an opinion. Pure; not
 * thread-safe.
 */
public final class Tally {
  private final String name;
  private final CheckSettings settings;
  private Verdict verdict;
  private int succeeded;
  private int failed;

  /** Before the first look. */
  public Tally(String name, CheckSettings settings) {
    this.name = name;
    this.settings = settings;
    this.verdict = new Verdict(Verdict.State.UNKNOWN, "check " + name + " has not passed yet");
  }

  /** A look found it well. */
  public void succeeded() {
    failed = 0;
    succeeded = Math.min(succeeded + 1, settings.rise());
    if (succeeded == settings.rise()) {
      verdict = Verdict.WELL;
    }
  }

  /**
   * A look found it ill, for this reason. The one that turned the opinion stays: it is told to the
   * cluster, which need not hear of each look.
   */
  public void failed(String why) {
    succeeded = 0;
    failed = Math.min(failed + 1, settings.fall());
    if (failed == settings.fall() && verdict.state() != Verdict.State.ILL) {
      verdict = new Verdict(Verdict.State.ILL, "check " + name + ": " + why);
    }
  }

  /** What is to be thought of it. */
  public Verdict verdict() {
    return verdict;
  }
}
