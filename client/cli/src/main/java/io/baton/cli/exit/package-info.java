/** How a run of the command ends: an exit code and one line for people. */
@NullMarked
package io.baton.cli.exit;

import org.jspecify.annotations.NullMarked;
