package io.baton.coordinator.service;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Readiness;
import io.baton.coordinator.state.Site;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The wire's side of an agent: says what it is told to, keeps what it hears. */
final class Agent {
  final String id;
  RecordingStream stream = new RecordingStream();
  Api.AgentConnection connection = new Unconnected();
  String incarnation;
  String directory = "";
  List<String> deadIncarnations = List.of();
  long streamNumber;
  long keepalive;
  private long session;
  private long joinId;

  Agent(String id) {
    this.id = id;
    this.incarnation = id + "-1";
  }

  /** Opens its next stream. */
  RecordingStream connect(Server server) {
    return connect(server, ++streamNumber, session());
  }

  RecordingStream connect(Server server, long number, long openSession) {
    stream = new RecordingStream();
    connection = server.node.open(new Open(id, number, openSession, ""), stream);
    return stream;
  }

  /** The session as it was last welcomed; 0: none yet. */
  long session() {
    stream.all(ToAgent.Welcome.class).forEach(w -> session = w.session());
    return session;
  }

  void keepAlive() {
    connection.received(new FromAgent.KeepAlive(++keepalive, new TreeMap<>()));
  }

  long join(String group, String member) {
    connection.received(
        new FromAgent.Join(
            ++joinId,
            group,
            member,
            incarnation,
            directory,
            deadIncarnations,
            id + ":80",
            Map.of(),
            Site.UNKNOWN,
            true,
            true,
            Readiness.READY,
            0));
    return joinId;
  }

  void started(long epoch) {
    report(List.of(new FromAgent.SlotEpoch(0, epoch)), List.of(), List.of());
  }

  void stopped(long epoch) {
    report(List.of(), List.of(new FromAgent.SlotEpoch(0, epoch)));
  }

  void lapsed(long epoch) {
    report(List.of(new FromAgent.Lapse(0, epoch, Cause.LAPSED, "")), List.of());
  }

  void report(List<FromAgent.Lapse> lapsed, List<FromAgent.SlotEpoch> stopped) {
    report(List.of(), lapsed, stopped);
  }

  private void report(
      List<FromAgent.SlotEpoch> started,
      List<FromAgent.Lapse> lapsed,
      List<FromAgent.SlotEpoch> stopped) {
    connection.received(
        new FromAgent.Report(
            Cluster.GROUP, joinRevision(), Readiness.READY, "", started, lapsed, stopped, 0, 0));
  }

  /** The membership as it was last told. */
  long joinRevision() {
    return stream.all(ToAgent.Assignment.class).stream()
        .mapToLong(ToAgent.Assignment::joinRevision)
        .max()
        .orElse(0);
  }

  ToAgent.JoinAnswer joinAnswer() {
    return stream.last(ToAgent.JoinAnswer.class);
  }

  private static final class Unconnected implements Api.AgentConnection {
    @Override
    public void received(FromAgent message) {
      throw new AssertionError("not connected");
    }

    @Override
    public void closed() {}
  }
}
