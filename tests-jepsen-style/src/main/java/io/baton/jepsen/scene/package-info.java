/** Everything that a run under faults consists of, for nemeses to break and to mend. */
@NullMarked
package io.baton.jepsen.scene;

import org.jspecify.annotations.NullMarked;
