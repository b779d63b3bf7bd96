/** Sessions as older versions led them, against this one. */
@NullMarked
package io.baton.jepsen.recorded;

import org.jspecify.annotations.NullMarked;
