package io.baton.agent.protocol;

import java.util.random.RandomGenerator;

/** What every part of one core shares. */
record Surroundings(
    Effects effects, LeaseLength leaseLength, RandomGenerator random, boolean haltWhenStuck) {}
