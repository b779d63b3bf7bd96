/** Judges of histories: what may have happened, and what cannot have. */
@NullMarked
package io.baton.jepsen.checker;

import org.jspecify.annotations.NullMarked;
