package io.baton.coordinator.rpc;

import io.baton.coordinator.service.FromAgent;
import io.baton.coordinator.service.Open;
import io.baton.coordinator.state.Limits;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Site;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.Join;
import io.baton.proto.v1.KeepAlive;
import io.baton.proto.v1.Lapse;
import io.baton.proto.v1.LapseCause;
import io.baton.proto.v1.Leave;
import io.baton.proto.v1.Report;
import io.baton.proto.v1.SlotEpoch;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what agents say. What can't stand for anything ends the stream; a join that is merely wrong
 * is read and refused later, since it shares its stream with memberships that are right.
 */
final class AgentMessageCodec {
  /** The protocol this coordinator speaks; there is one so far. */
  static final int PROTOCOL = 1;

  /** Grants that one report may speak of, in each of its lists. */
  static final int MAX_REPORTED = Limits.MAX_SLOTS;

  private AgentMessageCodec() {}

  /** The first message of a stream. */
  static Open open(AgentMessage message) {
    if (!message.hasOpen()) {
      throw InvalidRequest.field("open", "must be the first message of a stream");
    }
    io.baton.proto.v1.Open open = message.getOpen();
    if (Integer.compareUnsigned(open.getProtocolMin(), PROTOCOL) > 0
        || Integer.compareUnsigned(open.getProtocolMax(), PROTOCOL) < 0) {
      throw InvalidRequest.field(
          "open.protocol_min",
          "this coordinator speaks protocol "
              + PROTOCOL
              + ", the agent "
              + Integer.toUnsignedString(open.getProtocolMin())
              + " to "
              + Integer.toUnsignedString(open.getProtocolMax())
              + ": upgrade the older of the two");
    }
    return new Open(
        Checks.textThatIsThere("open.agent_id", open.getAgentId()),
        Checks.positive("open.stream_number", open.getStreamNumber()),
        Checks.number("open.session", open.getSession()),
        Checks.text("open.cluster_id", open.getClusterId(), Limits.MAX_TEXT_CHARS));
  }

  /** Any later message. */
  static FromAgent decode(AgentMessage message) {
    return switch (message.getMessageCase()) {
      case KEEP_ALIVE -> keepAlive(message.getKeepAlive());
      case JOIN -> join(message.getJoin());
      case LEAVE -> leave(message.getLeave());
      case REPORT -> report(message.getReport());
      case CLOSE -> new FromAgent.Close();
      case OPEN -> throw InvalidRequest.field("open", "a stream is opened once");
      case MESSAGE_NOT_SET ->
          throw InvalidRequest.field("message", "is missing, or of a newer protocol");
    };
  }

  private static FromAgent keepAlive(KeepAlive message) {
    return new FromAgent.KeepAlive(
        Checks.positive("keep_alive.number", message.getNumber()),
        progress(message.getProgressMap()));
  }

  private static SortedMap<String, Progress> progress(
      Map<String, io.baton.proto.v1.Progress> said) {
    if (said.size() > MAX_REPORTED) {
      throw InvalidRequest.field(
          "keep_alive.progress",
          "has " + said.size() + " entries; at most " + MAX_REPORTED + " are taken");
    }
    SortedMap<String, Progress> progress = new TreeMap<>();
    said.forEach(
        (group, of) -> progress.put(Checks.name("keep_alive.progress", group), progress(of)));
    return progress;
  }

  private static Progress progress(io.baton.proto.v1.Progress of) {
    int permille = of.hasResyncPermille() ? of.getResyncPermille() : -1;
    if (permille < -1 || permille > 1_000) {
      throw InvalidRequest.field("keep_alive.progress.resync_permille", "is above 1,000");
    }
    return new Progress(Checks.number("keep_alive.progress.position", of.getPosition()), permille);
  }

  private static FromAgent join(Join message) {
    return new FromAgent.Join(
        Checks.number("join.join_id", message.getJoinId()),
        message.getGroup(),
        message.getMember(),
        message.getIncarnation(),
        message.getDirectory(),
        message.getDeadIncarnationsList(),
        message.getAddress(),
        message.getMetadataMap(),
        site(message.getSite()),
        message.getSharesOut(),
        message.getRunsChecks(),
        Enums.readiness("join.readiness", message.getReadiness()),
        Checks.number("join.stopped_epoch", message.getStoppedEpoch()));
  }

  /** A weight that is not said is 1. */
  private static Site site(io.baton.proto.v1.Site site) {
    int weight = site.getWeight() == 0 ? 1 : site.getWeight();
    return new Site(site.getHost(), site.getZone(), weight, site.getPeerAddress());
  }

  private static FromAgent leave(Leave message) {
    return new FromAgent.Leave(
        Checks.name("leave.group", message.getGroup()),
        Checks.number("leave.join_revision", message.getJoinRevision()));
  }

  private static FromAgent report(Report message) {
    return new FromAgent.Report(
        Checks.name("report.group", message.getGroup()),
        Checks.number("report.join_revision", message.getJoinRevision()),
        Enums.readiness("report.readiness", message.getReadiness()),
        shorten(message.getReadinessDetail()),
        slots("report.started", message.getStartedList()),
        bounded("report.lapsed", message.getLapsedList()).stream()
            .map(AgentMessageCodec::lapse)
            .toList(),
        slots("report.stopped", message.getStoppedList()),
        Checks.number("report.peers_revision", message.getPeersRevision()),
        Checks.number("report.stopped_epoch", message.getStoppedEpoch()));
  }

  private static List<FromAgent.SlotEpoch> slots(String field, List<SlotEpoch> slots) {
    return bounded(field, slots).stream()
        .map(
            s ->
                new FromAgent.SlotEpoch(
                    Checks.number(field + ".slot", s.getSlot()),
                    Checks.number(field + ".epoch", s.getEpoch())))
        .toList();
  }

  private static <T> List<T> bounded(String field, List<T> items) {
    if (items.size() > MAX_REPORTED) {
      throw InvalidRequest.field(
          field, "has " + items.size() + " entries; at most " + MAX_REPORTED + " are taken");
    }
    return items;
  }

  private static FromAgent.Lapse lapse(Lapse lapse) {
    return new FromAgent.Lapse(
        Checks.number("report.lapsed.slot", lapse.getSlot()),
        Checks.number("report.lapsed.epoch", lapse.getEpoch()),
        Enums.cause("report.lapsed.cause", lapse.getCause()),
        shorten(lapse.getDetail().isEmpty() ? seen(lapse.getCause()) : lapse.getDetail()));
  }

  /** What the cause of the state machine does not say. */
  private static String seen(LapseCause cause) {
    return switch (cause) {
      case LAPSE_CAUSE_DEADLINE -> "no renewal was acknowledged in time";
      case LAPSE_CAUSE_PROMOTION_TIMEOUT -> "onActive did not return in time";
      case LAPSE_CAUSE_LOST -> "the agent was told that the lease, or its membership, was gone";
      default -> "";
    };
  }

  /** Shortened, not refused: an exception's long message must not keep a lapse from counting. */
  private static String shorten(String detail) {
    return detail.length() <= Checks.MAX_REASON_CHARS
        ? detail
        : detail.substring(0, Checks.MAX_REASON_CHARS);
  }
}
