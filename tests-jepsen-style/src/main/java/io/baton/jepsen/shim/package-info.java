/**
 * Lies to one process about time and disk, while it runs: clocks that run too fast, disks that
 * fail. The lies are told by a library that is loaded into the process, {@code
 * src/main/native/shim.c}.
 */
@NullMarked
package io.baton.jepsen.shim;

import org.jspecify.annotations.NullMarked;
