/** What is asked of a cluster while it suffers, and what it answered. */
@NullMarked
package io.baton.jepsen.workload;

import org.jspecify.annotations.NullMarked;
