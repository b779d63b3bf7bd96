package io.baton.jepsen.scene;

import java.time.Duration;

/**
 * Who is in a {@link Scene}.
 *
 * @param coordinators how many at a time
 * @param members of each group
 * @param membersWrite whether the active ones write all the time
 * @param bound how long it may take until everything is whole
 */
public record Cast(int coordinators, int members, boolean membersWrite, Duration bound) {}
