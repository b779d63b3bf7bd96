/** A picture of a group's roles over time, made from its history. Pure. */
@NullMarked
package io.baton.cli.timeline;

import org.jspecify.annotations.NullMarked;
