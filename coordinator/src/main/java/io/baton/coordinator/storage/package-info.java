/** Applied state and history in RocksDB, and their snapshots. */
@NullMarked
package io.baton.coordinator.storage;

import org.jspecify.annotations.NullMarked;
