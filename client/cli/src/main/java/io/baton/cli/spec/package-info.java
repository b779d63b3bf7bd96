/** Groups as files: read with the place of each mistake, written with all defaults, compared. */
@NullMarked
package io.baton.cli.spec;

import org.jspecify.annotations.NullMarked;
