package io.baton.coordinator.state;

import org.jspecify.annotations.Nullable;

/** A command with who asked for it. Only commands that must not run twice carry an id. */
public record Request(@Nullable RequestId id, Actor actor, Command command) {
  /** A command that may be repeated without harm. */
  public static Request of(Command command) {
    return new Request(null, Actor.SYSTEM, command);
  }
}
