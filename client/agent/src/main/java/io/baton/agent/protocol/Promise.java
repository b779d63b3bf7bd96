package io.baton.agent.protocol;

/**
 * The answer to an {@link Ask}.
 *
 * @param millis for so long, from the sending of the question, the asker may count on it; 0: there
 *     is no promise
 * @param refusal why there is none, for people; empty where there is one
 */
public record Promise(long millis, String refusal) {
  static Promise of(long millis) {
    return new Promise(millis, "");
  }

  static Promise refused(String why) {
    return new Promise(0, why);
  }
}
