package io.baton.coordinator.service;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent's end of a stream: keeps what is said on it, and objects to anything after its end. */
final class RecordingStream implements AgentStream {
  final List<ToAgent> sent = new ArrayList<>();
  private @Nullable Refusal closed;

  @Override
  public void send(ToAgent message) {
    if (closed != null) {
      throw new AssertionError("after its end: " + message);
    }
    sent.add(message);
  }

  @Override
  public void close(Refusal why) {
    if (closed != null) {
      throw new AssertionError("closed twice: " + why);
    }
    closed = why;
  }

  @Nullable Refusal closed() {
    return closed;
  }

  <T extends ToAgent> List<T> all(Class<T> type) {
    return sent.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends ToAgent> T last(Class<T> type) {
    List<T> all = all(type);
    if (all.isEmpty()) {
      throw new AssertionError("no " + type.getSimpleName() + " in " + sent + ", ended: " + closed);
    }
    return all.get(all.size() - 1);
  }

  /** The kinds of the messages from {@code from} on. */
  List<String> kinds(int from) {
    return sent.subList(from, sent.size()).stream().map(m -> m.getClass().getSimpleName()).toList();
  }
}
