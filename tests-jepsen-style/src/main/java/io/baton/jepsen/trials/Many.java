package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.Await;
import io.baton.jepsen.cluster.Canary;
import io.baton.jepsen.cluster.ClusterPlan;
import io.baton.jepsen.cluster.LocalCluster;
import io.baton.jepsen.cluster.ProcessUsage;
import io.baton.proto.v1.Event;
import io.baton.proto.v1.GetStatusRequest;
import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.ListEventsRequest;
import io.baton.proto.v1.ListEventsResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Two thousand agents against three coordinators for a minute: no session may be lost. The lateness
 * of a thread is printed, to read a loss by; it excuses none.
 */
final class Many {
  private static final int AGENTS = 2_000;
  private static final int SECONDS = 60;
  private static final int GROUPS = 200;
  private static final int TTL_MILLIS = 3_000;
  private static final int MOST_THREADS = 64;
  private static final Duration GATHERING = Duration.ofMinutes(3);
  private static final int PAGE = 1_000;

  private final Transcript transcript;

  private Many(Transcript transcript) {
    this.transcript = transcript;
  }

  static Experiment experiment() {
    return (options, out) -> {
      Transcript transcript = new Transcript(out);
      new Many(transcript).run();
      return transcript.conclude("many");
    };
  }

  private void run() throws InterruptedException {
    ClusterPlan plan = ClusterPlan.of(3).withJvmOptions("-Xmx512m");
    try (LocalCluster cluster = LocalCluster.started(plan);
        Commands commands = new Commands(cluster.endpoints());
        Crowd crowd = new Crowd()) {
      List<String> groups = IntStream.range(0, GROUPS).mapToObj(i -> "g" + i).toList();
      for (String group : groups) {
        commands.create(group, TTL_MILLIS);
      }
      CrowdListener listener = new CrowdListener(transcript);
      long begun = System.nanoTime();
      try (Canary canary = Canary.start()) {
        crowd.start(AGENTS, groups, cluster.endpoints(), listener);
        Await.until(
            AGENTS + " sessions and " + GROUPS + " actives",
            GATHERING,
            () -> crowd.active() == GROUPS && status(commands).getSessions() == AGENTS);
        transcript.say(
            "%d agents in %d groups joined in %.1f s; TTL %d ms; onPassive meanwhile %s; a thread"
                + " was up to %.0f ms late",
            AGENTS,
            GROUPS,
            (System.nanoTime() - begun) / 1e9,
            TTL_MILLIS,
            listener.losses(),
            canary.worstMillis());
      }
      watch(cluster, commands, crowd, listener);
    }
  }

  private void watch(LocalCluster cluster, Commands commands, Crowd crowd, CrowdListener listener)
      throws InterruptedException {
    GetStatusResponse at = status(commands);
    listener.forgetLosses();
    Map<String, Long> pids = new LinkedHashMap<>();
    int leader = cluster.awaitLeader(Duration.ofSeconds(30));
    for (int i = 0; i < cluster.size(); i++) {
      pids.put(cluster.id(i) + (i == leader ? " (leader)" : ""), cluster.pid(i));
    }
    pids.put("agents", ProcessHandle.current().pid());
    Map<String, ProcessUsage> before = new LinkedHashMap<>();
    pids.forEach((name, pid) -> before.put(name, ProcessUsage.of(pid)));
    long threads = Crowd.threads();
    double worstMillis;
    try (Canary canary = Canary.start()) {
      for (int second = 0; second < SECONDS; second++) {
        TimeUnit.SECONDS.sleep(1);
        threads = Math.max(threads, Crowd.threads());
      }
      worstMillis = canary.worstMillis();
    }
    transcript.say(
        "for %d s; a thread was up to %.0f ms late; the leader's term went from %d to %d",
        SECONDS, worstMillis, at.getTerm(), status(commands).getTerm());
    pids.forEach((name, pid) -> print(name, before.getOrDefault(name, ProcessUsage.of(pid)), pid));
    judge(commands, crowd, listener, at.getRevision(), threads);
  }

  private void print(String name, ProcessUsage before, long pid) {
    ProcessUsage now = ProcessUsage.of(pid);
    double cpu = (now.cpuMillis() - before.cpuMillis()) / 1e3;
    transcript.say(
        "  %-12s %6.1f s of CPU (%4.1f %% of a core), %d MB resident",
        name, cpu, 100 * cpu / SECONDS, now.residentMegabytes());
  }

  private void judge(
      Commands commands, Crowd crowd, CrowdListener listener, long from, long threads) {
    int sessions = status(commands).getSessions();
    List<Event> lost =
        events(commands, from).stream()
            .filter(e -> e.getType().equals("SESSION_ENDED") || e.getType().equals("MEMBER_GONE"))
            .toList();
    transcript.say(
        "%d of %d sessions live, %d agents connected, %d ended; %d onPassive; %d threads",
        sessions,
        AGENTS,
        crowd.connected(),
        lost.size(),
        listener.losses().values().stream().mapToInt(AtomicInteger::get).sum(),
        threads);
    if (sessions != AGENTS || !lost.isEmpty()) {
      transcript.broken(
          "%d sessions of %d; ended: %s",
          sessions, AGENTS, lost.stream().limit(3).map(Event::getText).toList());
    }
    if (!listener.losses().isEmpty()) {
      transcript.broken("onPassive was called: %s", listener.losses());
    }
    if (threads > MOST_THREADS) {
      transcript.broken("the agents use %d threads", threads);
    }
  }

  private static GetStatusResponse status(Commands commands) {
    return commands
        .client()
        .read(false, stub -> stub.getStatus(GetStatusRequest.getDefaultInstance()));
  }

  private static List<Event> events(Commands commands, long from) {
    List<Event> events = new ArrayList<>();
    long next = from + 1;
    while (next != 0) {
      long first = next;
      ListEventsResponse page =
          commands
              .client()
              .read(
                  false,
                  stub ->
                      stub.listEvents(
                          ListEventsRequest.newBuilder()
                              .setFromRevision(first)
                              .setLimit(PAGE)
                              .build()));
      events.addAll(page.getEventsList());
      next = page.getNextRevision();
    }
    return events;
  }
}
