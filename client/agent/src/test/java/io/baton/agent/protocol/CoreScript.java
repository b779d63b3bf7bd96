package io.baton.agent.protocol;

import io.baton.agent.protocol.Inbound.Assignment;
import io.baton.agent.protocol.Inbound.Coverage;
import io.baton.agent.protocol.Inbound.Order;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Drives one core by hand: time stands still unless it is moved, and what the core wants done is
 * written down line by line. Times are milliseconds; the group is "g", the TTL 10 s unless said
 * otherwise, so that the margin is 1 s, the drift bound 100 ms and the keepalive interval 2 s.
 */
final class CoreScript implements Effects {
  static final String GROUP = "g";
  static final long SESSION = 7;
  static final long JOIN_REVISION = 20;

  final AgentCore core;
  final List<String> lines = new ArrayList<>();
  final List<Outbound> sent = new ArrayList<>();
  long ttl = 10_000;
  long keepalive;
  CoordinatorLoss onLoss = CoordinatorLoss.STOP;
  Inbound.Peers peers = Inbound.Peers.NONE;
  final Map<Long, Peer> asked = new LinkedHashMap<>();
  List<GroupCheck> checks = List.of();
  long promote = 30_000;
  long demote = 5_000;
  long revision = JOIN_REVISION;
  long stream;
  String address = "";
  private long millis = 1_000;
  private int suspensions;

  CoreScript() {
    this(false);
  }

  CoreScript(boolean haltWhenStuck) {
    this(haltWhenStuck, false);
  }

  /** Of a group whose listener takes several leases in one call. */
  static CoreScript together() {
    return new CoreScript(false, true);
  }

  private CoreScript(boolean haltWhenStuck, boolean together) {
    MemberConfig member =
        new MemberConfig(
            GROUP,
            "m",
            "incarnation",
            "",
            List.of(),
            "m:1",
            Map.of(),
            Site.UNKNOWN,
            Readiness.READY,
            together,
            false);
    CoreConfig config =
        new CoreConfig(
            "agent",
            List.of("n1:1", "n2:1", "n3:1"),
            List.of(member),
            0,
            haltWhenStuck,
            10_000_000_000L);
    core = new AgentCore(config, new SplittableRandom(1), this);
  }

  // ------------------------------------------------------------------ time

  Reading now() {
    return new Reading(millis * 1_000_000, suspensions);
  }

  long millis() {
    return millis;
  }

  /** Lets time pass, waking the core whenever it asked for it. */
  void pass(long length) {
    long end = millis + length;
    while (core.nextWakeNanos() <= end * 1_000_000) {
      long wake = core.nextWakeNanos();
      millis = Math.max(millis, (wake + 999_999) / 1_000_000);
      core.tick(now());
      if (core.nextWakeNanos() == wake) {
        throw new AssertionError("the core asks to be woken at " + wake + " again and again");
      }
    }
    millis = end;
  }

  /** Time passes and nobody wakes the core. */
  void sleepThrough(long length) {
    millis += length;
  }

  /** The machine is suspended; the core has not noticed yet. */
  void suspend(long length) {
    millis += length;
    suspensions++;
  }

  // ------------------------------------------------------------------ the cluster's part

  /** Started, welcomed, and joined at {@link #JOIN_REVISION}. */
  CoreScript joined() {
    core.start(now());
    welcome();
    answerJoin();
    return this;
  }

  void welcome() {
    welcome(SESSION);
  }

  void welcome(long session, Assignment... present) {
    receive(
        new Inbound.Welcome("cluster", session, 10, 5_000, new LeaderHint(1, address, List.of())));
    receive(new Inbound.CompleteSet(session, ++revision, List.of(present)));
  }

  void answerJoin() {
    receive(
        new Inbound.JoinAnswer(
            SESSION,
            revision,
            lastJoin().joinId(),
            GROUP,
            new Coverage(GROUP, JOIN_REVISION, ttl),
            null));
  }

  void refuseJoin(Inbound.JoinRefused.Reason reason) {
    receive(
        new Inbound.JoinAnswer(
            SESSION,
            revision,
            lastJoin().joinId(),
            GROUP,
            null,
            new Inbound.JoinRefused(reason, "no: " + reason)));
  }

  void receive(Inbound message) {
    core.received(now(), stream, message);
  }

  void ack(long number) {
    receive(
        new Inbound.Ack(
            SESSION, revision, number, List.of(new Coverage(GROUP, JOIN_REVISION, ttl))));
  }

  void ackLatest() {
    ack(lastKeepAlive());
  }

  Assignment set(Order... orders) {
    return set(++revision, orders);
  }

  Assignment set(long at, Order... orders) {
    return new Assignment(
        SESSION,
        at,
        GROUP,
        JOIN_REVISION,
        ttl,
        promote,
        demote,
        keepalive,
        onLoss,
        peers,
        List.of(orders),
        null,
        checks);
  }

  Assignment ended(Cause cause, Order... orders) {
    return new Assignment(
        SESSION,
        ++revision,
        GROUP,
        JOIN_REVISION,
        ttl,
        promote,
        demote,
        keepalive,
        onLoss,
        peers,
        List.of(orders),
        cause,
        List.of());
  }

  static Order hold(int slot, long epoch) {
    return new Order(slot, epoch, null);
  }

  static Order stop(int slot, long epoch, Cause cause) {
    return new Order(slot, epoch, cause);
  }

  static Order hold(long epoch) {
    return new Order(0, epoch, null);
  }

  static Order stop(long epoch) {
    return new Order(0, epoch, Cause.SWITCHOVER);
  }

  /** Granted, and onActive has returned. */
  Tenure active(long epoch) {
    receive(set(hold(epoch)));
    onActiveReturns(epoch, null);
    return tenure(epoch);
  }

  // ------------------------------------------------------------------ the service's part

  void onActiveReturns(long epoch, @Nullable String error) {
    core.callbackReturned(now(), GROUP, 0, epoch, Callback.ON_ACTIVE, error);
  }

  void onPassiveReturns(long epoch) {
    core.callbackReturned(now(), GROUP, 0, epoch, Callback.ON_PASSIVE, null);
  }

  // ------------------------------------------------------------------ other members' part

  /** Whoever was asked since the last answers promises, but those. */
  void promiseAllBut(String... members) {
    Map<Long, Peer> questions = new LinkedHashMap<>(asked);
    asked.clear();
    questions.forEach(
        (number, peer) -> {
          if (!List.of(members).contains(peer.member())) {
            core.answered(now(), GROUP, number, Promises.MILLIS);
          }
        });
  }

  Promise asked(String cluster, String group, String incarnation, long epoch) {
    return core.asked(now(), new Ask(cluster, group, "other", epoch, "m", incarnation));
  }

  // ------------------------------------------------------------------ looks

  Tenure tenure(long epoch) {
    return core.tenures().stream().filter(t -> t.epoch() == epoch).findFirst().orElseThrow();
  }

  boolean valid(Tenure tenure) {
    return tenure.isValidAt(now().nanos());
  }

  /** What was written since the last look. */
  List<String> news() {
    List<String> news = List.copyOf(lines);
    lines.clear();
    return news;
  }

  <T extends Outbound> List<T> sent(Class<T> type) {
    return sent.stream().filter(type::isInstance).map(type::cast).toList();
  }

  long lastKeepAlive() {
    List<Outbound.KeepAlive> all = sent(Outbound.KeepAlive.class);
    return all.get(all.size() - 1).number();
  }

  /** What the last keepalive said of the group; null: nothing. */
  @Nullable Progress lastProgress() {
    List<Outbound.KeepAlive> all = sent(Outbound.KeepAlive.class);
    return all.get(all.size() - 1).progress().get(GROUP);
  }

  Outbound.Join lastJoin() {
    List<Outbound.Join> all = sent(Outbound.Join.class);
    return all.get(all.size() - 1);
  }

  Outbound.Report lastReport() {
    List<Outbound.Report> all = sent(Outbound.Report.class);
    return all.get(all.size() - 1);
  }

  // ------------------------------------------------------------------ effects

  @Override
  public void openStream(long number, String to, Outbound.Open open) {
    stream = number;
    address = to;
    lines.add("open stream " + number + ", session " + open.session());
  }

  @Override
  public void send(long number, Outbound message) {
    sent.add(message);
    lines.add("send " + message.getClass().getSimpleName());
  }

  @Override
  public void closeStream(long number) {
    lines.add("close stream " + number);
  }

  @Override
  public void giveUpStream(long number) {
    lines.add("give up stream " + number);
  }

  @Override
  public void runOnActive(List<Tenure> tenures) {
    lines.add("onActive " + epochs(tenures));
  }

  @Override
  public void runOnPassive(List<Tenure> tenures, Cause cause) {
    lines.add("onPassive " + epochs(tenures) + " " + cause);
  }

  private static String epochs(List<Tenure> tenures) {
    return tenures.stream().map(t -> Long.toString(t.epoch())).collect(Collectors.joining(", "));
  }

  @Override
  public void interrupt(Tenure tenure) {
    lines.add("interrupt " + tenure.epoch());
  }

  @Override
  public void emergency(Tenure tenure) {
    lines.add("emergency " + tenure.epoch());
  }

  @Override
  public void halt(Tenure tenure) {
    lines.add("halt " + tenure.epoch());
  }

  @Override
  public void ask(long number, Peer peer, Ask ask) {
    asked.put(number, peer);
    lines.add("ask " + peer.member() + " under " + ask.epoch());
  }

  @Override
  public void moved(Tenure tenure) {}

  @Override
  public void joined(String group) {
    lines.add("joined " + group);
  }

  @Override
  public void checksChanged(String group, List<GroupCheck> now) {
    lines.add("checks " + now.stream().map(GroupCheck::name).toList());
  }

  @Override
  public void viewChanged(String group, int slots, List<ActiveMember> active) {
    lines.add("view " + active.stream().map(ActiveMember::member).toList());
  }

  @Override
  public void problem(@Nullable String group, @Nullable String text) {
    if (text != null) {
      lines.add("problem " + text);
    }
  }

  @Override
  public void log(String line) {}

  @Override
  public void closed() {
    lines.add("closed");
  }
}
