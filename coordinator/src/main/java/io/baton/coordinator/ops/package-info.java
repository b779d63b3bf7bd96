/** The HTTP adapter: what probes ask. Decides nothing. */
@NullMarked
package io.baton.coordinator.ops;

import org.jspecify.annotations.NullMarked;
