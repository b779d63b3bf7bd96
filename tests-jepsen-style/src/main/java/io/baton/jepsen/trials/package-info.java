/** {@code scripts/trials}: one fault at a time against real processes, measured and judged. */
@NullMarked
package io.baton.jepsen.trials;

import org.jspecify.annotations.NullMarked;
