/**
 * What is written to disk and read back for ever: log entries, the image of the state, its history.
 */
@NullMarked
package io.baton.coordinator.codec;

import org.jspecify.annotations.NullMarked;
