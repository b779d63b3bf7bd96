package io.baton.agent.runtime;

import io.baton.agent.protocol.Cause;
import io.baton.agent.protocol.MemberConfig;
import io.baton.agent.protocol.Outbound;
import io.baton.agent.protocol.Progress;
import io.baton.agent.protocol.Readiness;
import io.baton.proto.v1.AgentMessage;
import io.baton.proto.v1.CloseSession;
import io.baton.proto.v1.Join;
import io.baton.proto.v1.KeepAlive;
import io.baton.proto.v1.Lapse;
import io.baton.proto.v1.LapseCause;
import io.baton.proto.v1.Leave;
import io.baton.proto.v1.Open;
import io.baton.proto.v1.Report;
import io.baton.proto.v1.Site;
import io.baton.proto.v1.SlotEpoch;

/** What the core says, as the wire has it. */
final class ToWire implements Outbound.Handler<AgentMessage> {
  private static final int PROTOCOL = 1;
  private static final int LONGEST_DETAIL = 512;

  static final ToWire TO_WIRE = new ToWire();

  private ToWire() {}

  @Override
  public AgentMessage open(Outbound.Open message) {
    return AgentMessage.newBuilder()
        .setOpen(
            Open.newBuilder()
                .setProtocolMin(PROTOCOL)
                .setProtocolMax(PROTOCOL)
                .setAgentId(message.agentId())
                .setStreamNumber(message.streamNumber())
                .setSession(message.session())
                .setClusterId(message.clusterId()))
        .build();
  }

  @Override
  public AgentMessage keepAlive(Outbound.KeepAlive message) {
    KeepAlive.Builder keepAlive = KeepAlive.newBuilder().setNumber(message.number());
    message.progress().forEach((group, p) -> keepAlive.putProgress(group, progress(p)));
    return AgentMessage.newBuilder().setKeepAlive(keepAlive).build();
  }

  @Override
  public AgentMessage join(Outbound.Join message) {
    MemberConfig member = message.member();
    return AgentMessage.newBuilder()
        .setJoin(
            Join.newBuilder()
                .setJoinId(message.joinId())
                .setGroup(member.group())
                .setMember(member.member())
                .setIncarnation(member.incarnation())
                .setDirectory(member.directory())
                .addAllDeadIncarnations(member.deadIncarnations())
                .setAddress(member.address())
                .putAllMetadata(member.metadata())
                .setReadiness(readiness(message.readiness()))
                .setSite(
                    Site.newBuilder()
                        .setHost(member.site().host())
                        .setZone(member.site().zone())
                        .setWeight(member.site().weight())
                        .setPeerAddress(member.site().peerAddress()))
                .setSharesOut(member.together())
                .setStoppedEpoch(message.stoppedEpoch())
                .setRunsChecks(true))
        .build();
  }

  @Override
  public AgentMessage leave(Outbound.Leave message) {
    return AgentMessage.newBuilder()
        .setLeave(
            Leave.newBuilder().setGroup(message.group()).setJoinRevision(message.joinRevision()))
        .build();
  }

  @Override
  public AgentMessage report(Outbound.Report message) {
    Report.Builder report =
        Report.newBuilder()
            .setGroup(message.group())
            .setJoinRevision(message.joinRevision())
            .setReadiness(readiness(message.readiness()))
            .setReadinessDetail(detail(message.detail()))
            .setPeersRevision(message.peersRevision())
            .setStoppedEpoch(message.stoppedEpoch());
    message.started().forEach(grant -> report.addStarted(grant(grant)));
    message.stopped().forEach(grant -> report.addStopped(grant(grant)));
    message.lapsed().forEach(lapse -> report.addLapsed(lapse(lapse)));
    return AgentMessage.newBuilder().setReport(report).build();
  }

  @Override
  public AgentMessage closeSession(Outbound.CloseSession message) {
    return AgentMessage.newBuilder().setClose(CloseSession.getDefaultInstance()).build();
  }

  private static SlotEpoch grant(Outbound.SlotEpoch grant) {
    return SlotEpoch.newBuilder().setSlot(grant.slot()).setEpoch(grant.epoch()).build();
  }

  private static Lapse lapse(Outbound.Lapse lapse) {
    return Lapse.newBuilder()
        .setSlot(lapse.slot())
        .setEpoch(lapse.epoch())
        .setCause(cause(lapse.cause()))
        .setDetail(detail(lapse.detail()))
        .build();
  }

  private static String detail(String text) {
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL);
  }

  private static io.baton.proto.v1.Progress progress(Progress progress) {
    io.baton.proto.v1.Progress.Builder builder =
        io.baton.proto.v1.Progress.newBuilder().setPosition(progress.position());
    if (progress.resyncPermille() >= 0) {
      builder.setResyncPermille(progress.resyncPermille());
    }
    return builder.build();
  }

  private static LapseCause cause(Cause cause) {
    return switch (cause) {
      case DEADLINE -> LapseCause.LAPSE_CAUSE_DEADLINE;
      case PROMOTION_FAILED -> LapseCause.LAPSE_CAUSE_PROMOTION_FAILED;
      case PROMOTION_TIMEOUT -> LapseCause.LAPSE_CAUSE_PROMOTION_TIMEOUT;
      case RESIGNED -> LapseCause.LAPSE_CAUSE_RESIGNED;
      case CLOSING -> LapseCause.LAPSE_CAUSE_CLOSING;
      case LOST -> LapseCause.LAPSE_CAUSE_LOST;
      case SWITCHOVER, GROUP_DELETED, SUPERSEDED, REVOKED ->
          throw new IllegalArgumentException(cause + " is no lapse");
    };
  }

  private static io.baton.proto.v1.Readiness readiness(Readiness readiness) {
    return switch (readiness) {
      case SYNCING -> io.baton.proto.v1.Readiness.READINESS_SYNCING;
      case READY -> io.baton.proto.v1.Readiness.READINESS_READY;
      case UNHEALTHY -> io.baton.proto.v1.Readiness.READINESS_UNHEALTHY;
    };
  }
}
