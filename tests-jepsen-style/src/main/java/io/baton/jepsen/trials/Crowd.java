package io.baton.jepsen.trials;

import io.baton.agent.Agent;
import io.baton.agent.Readiness;
import io.baton.agent.runtime.AgentRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Many agents in this process, on shared threads and connections. One thread drives it. */
final class Crowd implements AutoCloseable {
  private static final int STARTED_AT_ONCE = 20;
  private static final long BREATH_MILLIS = 50;

  private final AgentRuntime runtime = new AgentRuntime();
  private final List<Agent> agents = new ArrayList<>();

  /** Starts agents, m0, m1, ..., each a member of one group, in turn. */
  void start(int count, List<String> groups, List<String> endpoints, CrowdListener listener)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      agents.add(
          Agent.builder()
              .endpoints(endpoints.toArray(new String[0]))
              .group(groups.get(i % groups.size()))
              .member("m" + i)
              .listener(listener)
              .readiness(Readiness.READY)
              .closeTimeout(Duration.ofSeconds(5))
              .runtime(runtime)
              .start());
      if (i % STARTED_AT_ONCE == 0) {
        TimeUnit.MILLISECONDS.sleep(BREATH_MILLIS);
      }
    }
  }

  int size() {
    return agents.size();
  }

  /** How many are in touch with the cluster. */
  int connected() {
    return (int) agents.stream().filter(Agent::isConnected).count();
  }

  /** How many are active. */
  int active() {
    return (int)
        agents.stream().filter(a -> a.lease(a.groups().iterator().next()).isPresent()).count();
  }

  /** What keeps agents from working, the first few. */
  List<String> problems() {
    return agents.stream().flatMap(a -> a.problem().stream()).distinct().limit(5).toList();
  }

  /** The threads of this process that the agents brought. */
  static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("baton-"))
        .count();
  }

  @Override
  public void close() {
    agents.parallelStream().forEach(Agent::close);
    runtime.close();
  }
}
