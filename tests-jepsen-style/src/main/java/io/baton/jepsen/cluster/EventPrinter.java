package io.baton.jepsen.cluster;

import io.baton.agent.Lease;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** Prints {@link AgentEvent}s, one line each, with the time of the call; any thread. */
final class EventPrinter {
  private final PrintStream out;

  EventPrinter(PrintStream out) {
    this.out = out;
  }

  void print(AgentEvent.Kind kind, long epoch, Map<String, String> details) {
    long nanos = System.nanoTime();
    Map<String, String> all = new TreeMap<>(details);
    if (epoch != 0) {
      all.put("epoch", Long.toString(epoch));
    }
    String line = new AgentEvent(kind, System.currentTimeMillis(), nanos, all).line();
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }

  /** Of a lease. */
  void print(AgentEvent.Kind kind, Lease lease, Map<String, String> details) {
    Map<String, String> all = new TreeMap<>(details);
    all.put("slot", Integer.toString(lease.slot()));
    print(kind, lease.epoch(), all);
  }

  /** For people; goes to the log beside the events. */
  void problem(String text) {
    System.err.println("problem: " + text);
  }
}
