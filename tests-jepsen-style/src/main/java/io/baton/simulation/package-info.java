/**
 * A whole cluster with its agents in one thread, from one seed: the real state machine, leader's
 * duties and agent logic under a simulated log, network, clocks and processes.
 */
@NullMarked
package io.baton.simulation;

import org.jspecify.annotations.NullMarked;
