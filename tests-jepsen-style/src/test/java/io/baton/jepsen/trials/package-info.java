/** Tests of how trials are judged. */
@NullMarked
package io.baton.jepsen.trials;

import org.jspecify.annotations.NullMarked;
