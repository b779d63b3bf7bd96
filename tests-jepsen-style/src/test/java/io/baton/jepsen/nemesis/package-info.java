/** Tests of nemeses. */
@NullMarked
package io.baton.jepsen.nemesis;

import org.jspecify.annotations.NullMarked;
