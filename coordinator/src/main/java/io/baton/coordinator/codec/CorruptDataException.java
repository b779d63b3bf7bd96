package io.baton.coordinator.codec;

import java.io.IOException;

/** Bytes from disk that no version of this program up to the present one can have written. */
public final class CorruptDataException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptDataException(String message) {
    super(message);
  }

  CorruptDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
