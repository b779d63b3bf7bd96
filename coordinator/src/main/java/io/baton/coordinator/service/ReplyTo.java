package io.baton.coordinator.service;

/**
 * Where an answer goes. Exactly one method is called, once, on the core thread; neither may block.
 */
public interface ReplyTo<T> {
  /** The answer. */
  void answer(T value);

  /** Why there is none. */
  void refuse(Refusal why);
}
