package io.baton.example;

import io.baton.agent.Agent;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One node of a service that is shared out over its nodes: each serves the slots that it is given.
 * It needs no database, and runs in a group of any mode.
 *
 * <p>The options of every node; see {@link NodeOptions}.
 */
public final class SlotNodeMain {
  private static final int PAUSE_MILLIS = 100;

  private SlotNodeMain() {}

  /** Runs until the process is stopped; SIGTERM hands over first. */
  public static void main(String[] args) throws InterruptedException {
    try {
      run(NodeOptions.parse(args, Set.of()));
    } catch (IllegalArgumentException e) {
      System.err.println("node: " + e.getMessage());
      System.exit(2);
    }
  }

  private static void run(NodeOptions options) throws InterruptedException {
    SlotService service = new SlotService(options.member());
    Agent agent = options.agent().shards(service).start();
    agent.ready();
    EventLine.print("ready", "group=" + options.group() + " member=" + options.member());
    while (true) {
      options.hangIfTold();
      service.serve();
      agent.progress(NodeOptions.LOOP);
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }
}
