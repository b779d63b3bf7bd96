/** Integration tests: real processes. */
@NullMarked
package io.baton.jepsen;

import org.jspecify.annotations.NullMarked;
