/** Tests of what is written down. */
@NullMarked
package io.baton.jepsen.history;

import org.jspecify.annotations.NullMarked;
