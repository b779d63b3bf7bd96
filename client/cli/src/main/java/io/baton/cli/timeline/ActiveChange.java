package io.baton.cli.timeline;

import io.baton.proto.v1.Cause;

/**
 * Somebody else, or nobody, became active for a slot.
 *
 * @param from empty: nobody held it before
 * @param to empty: nobody has it yet
 * @param freeMillis how long nobody held it; below 0: not known
 */
record ActiveChange(
    long atMillis, int slot, String from, String to, Cause cause, long freeMillis) {}
