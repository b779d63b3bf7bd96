package io.baton.agent.runtime;

import io.baton.agent.ActiveObserver;
import io.baton.agent.Cause;
import io.baton.agent.EmergencyHook;
import io.baton.agent.protocol.ActiveMember;
import io.baton.agent.protocol.Ask;
import io.baton.agent.protocol.Callback;
import io.baton.agent.protocol.Effects;
import io.baton.agent.protocol.GroupCheck;
import io.baton.agent.protocol.Outbound;
import io.baton.agent.protocol.Peer;
import io.baton.agent.protocol.Tenure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Does what a core wants done, by handing it to somebody else at once: network to the outbox,
 * callbacks to their threads, lines to the log's. It acts first and logs then. Called under the
 * agent's lock.
 */
final class Outputs implements Effects {
  /** What a halted process ends with: EX_TEMPFAIL, so that a supervisor starts it again. */
  private static final int HALT_STATUS = 75;

  /** Where the returns of callbacks go, and joins that succeeded. */
  interface Inputs extends SessionStream.Receiver {
    void returned(Tenure tenure, Callback which, @Nullable String error);

    void joined(String group);

    void left(String group);

    void answered(String group, long number, long promisedMillis);

    void checksChanged(String group, List<GroupCheck> checks);
  }

  private final Inputs inputs;
  private final GroupSeats seats;
  private final Channels channels;
  private final SerialLane outbox;
  private final PeerAsks peers;
  private final Executor observing;
  private final EmergencyHook emergencyHook;
  private final LogLane log;
  private final List<ObserverSlot> observers = new ArrayList<>();
  private final Map<String, String> problems = new LinkedHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable SessionStream stream;
  private String streamAddress = "";

  Outputs(Inputs inputs, GroupSeats seats, AgentRuntime runtime, EmergencyHook emergencyHook) {
    this.inputs = inputs;
    this.seats = seats;
    this.channels = runtime.channels();
    this.outbox = new SerialLane(runtime.io());
    this.peers = new PeerAsks(channels, runtime.log());
    this.observing = runtime.observers();
    this.emergencyHook = emergencyHook;
    this.log = runtime.log();
  }

  // ------------------------------------------------------------------ streams; the field belongs
  // to the outbox

  @Override
  public void openStream(long number, String address, Outbound.Open open) {
    outbox.execute(
        () -> {
          closePresent();
          stream = SessionStream.open(number, channels.to(address), inputs);
          streamAddress = address;
          stream.send(open);
        });
  }

  @Override
  public void send(long number, Outbound message) {
    outbox.execute(
        () -> {
          if (stream != null && stream.number() == number) {
            stream.send(message);
          }
        });
  }

  @Override
  public void closeStream(long number) {
    outbox.execute(
        () -> {
          if (stream != null && stream.number() == number) {
            closePresent();
          }
        });
  }

  @Override
  public void giveUpStream(long number) {
    outbox.execute(
        () -> {
          if (stream != null && stream.number() == number) {
            closePresent();
            channels.connectAfresh(streamAddress);
          }
        });
  }

  private void closePresent() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }

  @Override
  public void ask(long number, Peer peer, Ask ask) {
    outbox.execute(
        () -> peers.ask(peer, ask, millis -> inputs.answered(ask.group(), number, millis)));
  }

  // ------------------------------------------------------------------ callbacks

  @Override
  public void runOnActive(List<Tenure> tenures) {
    Tenure first = tenures.get(0);
    seat(first).runOnActive(tenures, error -> inputs.returned(first, Callback.ON_ACTIVE, error));
  }

  @Override
  public void runOnPassive(List<Tenure> tenures, io.baton.agent.protocol.Cause cause) {
    Tenure first = tenures.get(0);
    seat(first)
        .runOnPassive(
            tenures,
            Cause.valueOf(cause.name()),
            error -> inputs.returned(first, Callback.ON_PASSIVE, error));
  }

  @Override
  public void interrupt(Tenure tenure) {
    seat(tenure).interrupt();
    log.warn(tenure + ": a callback takes too long and was interrupted");
  }

  @Override
  public void emergency(Tenure tenure) {
    HeldLease lease = seat(tenure).lease(tenure);
    try {
      Thread thread = new Thread(() -> emergencyHook.stop(lease), "baton-emergency");
      thread.setDaemon(true);
      thread.start();
      log.error(tenure + ": a callback outlived its interrupt; the emergency hook was run");
    } catch (RuntimeException | Error e) {
      log.error(tenure + ": the emergency hook can't be run", e);
    }
  }

  /** Without a word: whatever it took to say one might hang. */
  @Override
  public void halt(Tenure tenure) {
    Runtime.getRuntime().halt(HALT_STATUS);
  }

  @Override
  public void moved(Tenure tenure) {
    seat(tenure).moved(tenure);
    log.info(tenure.toString());
  }

  private GroupSeat seat(Tenure tenure) {
    return seats.get(tenure.group());
  }

  // ------------------------------------------------------------------ news

  @Override
  public void joined(String group) {
    inputs.joined(group);
  }

  @Override
  public void left(String group) {
    inputs.left(group);
  }

  @Override
  public void checksChanged(String group, List<GroupCheck> checks) {
    inputs.checksChanged(group, checks);
  }

  @Override
  public void viewChanged(String group, int slots, List<ActiveMember> active) {
    List<io.baton.agent.ActiveMember> present = active.stream().map(Outputs::present).toList();
    seats.get(group).view(slots, present);
    for (ObserverSlot observer : observers) {
      observer.changed(group, present);
    }
  }

  private static io.baton.agent.ActiveMember present(ActiveMember member) {
    return new io.baton.agent.ActiveMember(
        member.slot(),
        member.epoch(),
        member.member(),
        member.address(),
        member.metadata(),
        member.started());
  }

  void observe(ActiveObserver observer) {
    ObserverSlot slot = new ObserverSlot(observer, observing, log);
    observers.add(slot);
    for (String group : seats.names()) {
      slot.changed(group, seats.get(group).picture().active());
    }
  }

  @Override
  public void problem(@Nullable String group, @Nullable String text) {
    String where = group == null ? "" : "group " + group + ": ";
    if (text == null) {
      if (problems.remove(where) != null) {
        log.info(where + "no problem any more");
      }
    } else if (!text.equals(problems.put(where, text))) {
      log.warn(where + text);
    }
  }

  Optional<String> firstProblem() {
    return problems.entrySet().stream().findFirst().map(each -> each.getKey() + each.getValue());
  }

  @Override
  public void log(String line) {
    log.info(line);
  }

  @Override
  public void closed() {
    closed.countDown();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  CountDownLatch whenClosed() {
    return closed;
  }
}
