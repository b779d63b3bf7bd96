/** Tests of the lies about time and disk. */
@NullMarked
package io.baton.jepsen.shim;

import org.jspecify.annotations.NullMarked;
