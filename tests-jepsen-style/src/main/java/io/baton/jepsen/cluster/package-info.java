/**
 * Real processes to test with: coordinators, agents and a fenced resource, started and ended here.
 */
@NullMarked
package io.baton.jepsen.cluster;

import org.jspecify.annotations.NullMarked;
