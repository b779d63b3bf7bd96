/** What happened in a run, as it is written down for whoever wants to look again. */
@NullMarked
package io.baton.jepsen.history;

import org.jspecify.annotations.NullMarked;
