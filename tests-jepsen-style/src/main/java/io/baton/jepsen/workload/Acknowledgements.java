package io.baton.jepsen.workload;

import io.baton.jepsen.workload.Answer.Kind;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Every request and every answer, and the newest revision in any of them. Thread-safe. */
public final class Acknowledgements {
  /** A request on its way. */
  public record Sent(Kind kind, String node, long nanos, long floor) {}

  private final ConcurrentLinkedQueue<Sent> requests = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final AtomicLong newest = new AtomicLong();

  /** To be called before the request is handed to anybody: its floor is what is known now. */
  public Sent sending(Kind kind, String node) {
    long floor = newest.get();
    Sent request = new Sent(kind, node, System.nanoTime(), floor);
    requests.add(request);
    return request;
  }

  /** The request was acknowledged. */
  public void acknowledged(Sent request, long revision) {
    answers.add(
        new Answer(
            request.kind, request.node, request.nanos, System.nanoTime(), request.floor, revision));
    newest.accumulateAndGet(revision, Math::max);
  }

  /** The newest revision that anybody was told. */
  public long newest() {
    return newest.get();
  }

  /** What was sent so far. */
  public List<Sent> requests() {
    return List.copyOf(requests);
  }

  /** What was acknowledged so far. */
  public List<Answer> answers() {
    return List.copyOf(answers);
  }
}
