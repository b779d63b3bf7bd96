package io.baton.jepsen.checker;

import java.util.Optional;

/**
 * What a correct, sequential system does.
 *
 * @param <S> its state; compared by {@code equals}
 * @param <A> what is asked, and how it was answered
 */
public interface Model<S, A> {
  /** The state before the first operation. */
  S initial();

  /**
   * The state after an operation; empty where the system can't have answered so in this state.
   *
   * @param open whether the answer is unknown: then any is right, and the operation is possible in
   *     every state
   */
  Optional<S> step(S state, A action, boolean open);
}
