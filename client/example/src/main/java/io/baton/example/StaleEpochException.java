package io.baton.example;

/**
 * The fence has seen a newer epoch: this writer is not the active any more, and nothing was
 * written.
 */
public final class StaleEpochException extends Exception {
  private static final long serialVersionUID = 1;

  StaleEpochException(String group, long epoch) {
    super(
        "group "
            + group
            + ": epoch "
            + epoch
            + " is not the fence's any more; nothing was written");
  }
}
