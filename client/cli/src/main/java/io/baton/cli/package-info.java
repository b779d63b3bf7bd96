/** The {@code baton} command. */
@NullMarked
package io.baton.cli;

import org.jspecify.annotations.NullMarked;
