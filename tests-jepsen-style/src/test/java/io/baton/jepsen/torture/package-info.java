/** Tests of whole runs. */
@NullMarked
package io.baton.jepsen.torture;

import org.jspecify.annotations.NullMarked;
