/** Tests of processes. */
@NullMarked
package io.baton.jepsen.cluster;

import org.jspecify.annotations.NullMarked;
