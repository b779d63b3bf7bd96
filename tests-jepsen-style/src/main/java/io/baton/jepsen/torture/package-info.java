/** Runs of all workloads under all nemeses, and what is said of them. */
@NullMarked
package io.baton.jepsen.torture;

import org.jspecify.annotations.NullMarked;
