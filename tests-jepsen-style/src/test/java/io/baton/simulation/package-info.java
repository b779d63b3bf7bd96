/** Tests of the simulation, and of everything it simulates. */
@NullMarked
package io.baton.simulation;

import org.jspecify.annotations.NullMarked;
