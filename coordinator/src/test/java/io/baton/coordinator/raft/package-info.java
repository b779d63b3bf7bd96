@NullMarked
package io.baton.coordinator.raft;

import org.jspecify.annotations.NullMarked;
