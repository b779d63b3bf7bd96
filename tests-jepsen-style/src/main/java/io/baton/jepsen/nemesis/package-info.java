/** Kinds of faults, each a small class with a name. */
@NullMarked
package io.baton.jepsen.nemesis;

import org.jspecify.annotations.NullMarked;
