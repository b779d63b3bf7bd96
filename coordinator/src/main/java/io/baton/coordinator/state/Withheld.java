package io.baton.coordinator.state;

/**
 * What a group would have done by itself while its failover was only observed: one for each {@link
 * Event.FailoverWithheld}, so for each slot, since its failover is of that kind.
 *
 * @param lastAtMillis wall-clock time of the last one; 0: there was none
 */
public record Withheld(long count, long lastAtMillis) {
  static final Withheld NONE = new Withheld(0, 0);

  Withheld next(long atMillis) {
    return new Withheld(count + 1, atMillis);
  }
}
