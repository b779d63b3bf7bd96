package io.baton.jepsen.shim;

/**
 * What was really done to the process since its control file exists, over all its lives: a fault
 * that hit nothing proves nothing.
 *
 * @param pid of the process that loaded the library last; 0 before any did
 * @param fsyncs that were asked for below the disk's directory, with whatever end
 * @param fsyncsDelayed that had to wait first
 * @param fsyncsFailed that were not done, and got an error
 * @param writesFailed that were not done, and got an error
 * @param writesCut that wrote less than they were given
 * @param spaceAnswers how often it was told a wrong number of free bytes
 * @param waits that had an end by a clock of this library, at whatever rate
 * @param uptimeReads how often it read {@code /proc/uptime}
 */
public record Counters(
    long pid,
    long fsyncs,
    long fsyncsDelayed,
    long fsyncsFailed,
    long writesFailed,
    long writesCut,
    long spaceAnswers,
    long waits,
    long uptimeReads) {}
