package io.baton.agent.health;

/**
 * What is to be thought of one check, or of all of them.
 *
 * @param why for people; empty where there is nothing to say
 */
public record Verdict(State state, String why) {
  /** Nothing is wrong. */
  public static final Verdict WELL = new Verdict(State.WELL, "");

  /** From good to bad. */
  public enum State {
    WELL,
    /** Not looked at often enough yet. */
    UNKNOWN,
    ILL
  }

  /** The worse of two; the first where they are equally bad. */
  public Verdict and(Verdict other) {
    return other.state.compareTo(state) > 0 ? other : this;
  }
}
