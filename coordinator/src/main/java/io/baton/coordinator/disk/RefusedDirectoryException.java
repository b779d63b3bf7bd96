package io.baton.coordinator.disk;

import java.io.IOException;

/** A data directory that a coordinator must not start from; the message says what to do. */
public final class RefusedDirectoryException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Says why, and what to do. */
  public RefusedDirectoryException(String message) {
    super(message);
  }
}
