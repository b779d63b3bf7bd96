/** The server's entry point and the wiring of its parts. */
@NullMarked
package io.baton.coordinator;

import org.jspecify.annotations.NullMarked;
