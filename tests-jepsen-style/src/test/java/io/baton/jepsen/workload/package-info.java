/** The judges of the trials can say no. */
@NullMarked
package io.baton.jepsen.workload;

import org.jspecify.annotations.NullMarked;
