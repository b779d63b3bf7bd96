package io.baton.jepsen.shim;

/** How a call to a disk fails. */
public enum DiskError {
  /** The disk is broken. */
  EIO(5),
  /** The disk is full. */
  ENOSPC(28);

  private final int errno;

  DiskError(int errno) {
    this.errno = errno;
  }

  int errno() {
    return errno;
  }
}
