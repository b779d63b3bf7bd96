package io.baton.jepsen.net;

/**
 * What a {@link Link} suffers.
 *
 * @param cutThere whether it swallows what goes towards its target
 * @param cutBack whether it swallows what comes from there
 * @param delayMillis for which it holds back every piece, each way
 * @param lossPercent the share of the pieces that is lost and sent again, each way
 */
public record Trouble(boolean cutThere, boolean cutBack, long delayMillis, int lossPercent) {
  /** A link that is well. */
  public static final Trouble NONE = new Trouble(false, false, 0, 0);

  /** Both at once. */
  Trouble and(Trouble other) {
    return new Trouble(
        cutThere || other.cutThere,
        cutBack || other.cutBack,
        delayMillis + other.delayMillis,
        Math.max(lossPercent, other.lossPercent));
  }
}
