/** Consensus by Apache Ratis: its types stay in here. */
@NullMarked
package io.baton.coordinator.raft;

import org.jspecify.annotations.NullMarked;
