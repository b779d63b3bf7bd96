/** Tests of whole clusters under faults, simulated and real. */
@NullMarked
package io.baton.jepsen;

import org.jspecify.annotations.NullMarked;
