package io.baton.coordinator.codec;

import io.baton.coordinator.state.Command;
import io.baton.disk.v1.JoinCommand;
import io.baton.disk.v1.LapsedCommand;
import io.baton.disk.v1.LogRequest;

/** Takes the command out of the request that carries it. */
final class CommandDecoder {
  private CommandDecoder() {}

  static Command decode(LogRequest request) throws CorruptDataException {
    return switch (request.getCommandCase()) {
      case FOUND -> {
        var c = request.getFound();
        yield new Command.Found(
            c.getClusterId(),
            c.getMaxTtlMillis(),
            c.getDefaultTtlMillis(),
            c.getCoordinatorsList().stream().map(Types::decode).toList());
      }
      case REGISTER_COORDINATOR ->
          new Command.RegisterCoordinator(
              Types.decode(request.getRegisterCoordinator().getCoordinator()));
      case RETIRE_COORDINATOR ->
          new Command.RetireCoordinator(request.getRetireCoordinator().getId());
      case SUSPECT_SELF -> {
        var c = request.getSuspectSelf();
        yield new Command.SuspectSelf(c.getCoordinator(), c.getTerm(), c.getLost(), c.getRenewed());
      }
      case CREATE_GROUP -> {
        var c = request.getCreateGroup();
        yield new Command.CreateGroup(c.getGroup(), SpecTypes.decode(c.getSpec()));
      }
      case UPDATE_GROUP -> {
        var c = request.getUpdateGroup();
        yield new Command.UpdateGroup(
            c.getGroup(), SpecTypes.decode(c.getSpec()), c.getIfRevision());
      }
      case DELETE_GROUP -> {
        var c = request.getDeleteGroup();
        yield new Command.DeleteGroup(c.getGroup(), c.getIfRevision());
      }
      case SETTLE -> {
        var c = request.getSettle();
        yield new Command.Settle(c.getGroup(), c.getSpecRevision());
      }
      case SWITCHOVER -> {
        var c = request.getSwitchover();
        yield new Command.Switchover(
            c.getGroup(), c.getSlot(), c.getFrom(), c.getTo(), c.getWaitMillis());
      }
      case OPEN_SESSION -> new Command.OpenSession(request.getOpenSession().getAgent());
      case CLOSE_SESSION -> new Command.CloseSession(request.getCloseSession().getSession());
      case JOIN -> join(request.getJoin());
      case LEAVE -> {
        var c = request.getLeave();
        yield new Command.Leave(c.getSession(), c.getGroup(), c.getJoinRevision());
      }
      case SET_READINESS -> {
        var c = request.getSetReadiness();
        yield new Command.SetReadiness(
            c.getSession(),
            c.getGroup(),
            c.getJoinRevision(),
            Types.READINESS.decode(c.getReadiness()),
            c.getDetail());
      }
      case STARTED -> {
        var c = request.getStarted();
        yield new Command.Started(c.getSession(), c.getGroup(), c.getSlot(), c.getEpoch());
      }
      case LAPSED -> lapsed(request.getLapsed());
      case STOPPED -> {
        var c = request.getStopped();
        yield new Command.Stopped(c.getSession(), c.getGroup(), c.getSlot(), c.getEpoch());
      }
      case ACKNOWLEDGE_PEERS -> {
        var c = request.getAcknowledgePeers();
        yield new Command.AcknowledgePeers(
            c.getSession(), c.getGroup(), c.getEpoch(), c.getRevision());
      }
      case EXPIRE -> {
        var c = request.getExpire();
        yield new Command.Expire(
            c.getSession(),
            c.getGroup(),
            c.getRenewalNumber(),
            c.getSpecRevision(),
            c.getSilentMillis());
      }
      case EXPIRE_SESSION -> {
        var c = request.getExpireSession();
        yield new Command.ExpireSession(c.getSession(), c.getRenewalNumber());
      }
      case TAKEOVER -> {
        var c = request.getTakeover();
        yield new Command.Takeover(c.getSession(), c.getRenewalNumber());
      }
      case FORCE_FREE -> {
        var c = request.getForceFree();
        yield new Command.ForceFree(
            c.getGroup(), c.getSlot(), c.getEpoch(), c.getRevokedRevision(), c.getSpecRevision());
      }
      case FAILOVER -> {
        var c = request.getFailover();
        yield new Command.Failover(c.getGroup(), c.getSlot(), c.getTo(), c.getHolderIsDead());
      }
      case REVOKE -> {
        var c = request.getRevoke();
        yield new Command.Revoke(c.getGroup(), c.getSlot(), c.getFrom());
      }
      case DRAIN_MEMBER -> {
        var c = request.getDrainMember();
        yield new Command.DrainMember(c.getGroup(), c.getMember(), c.getDrained());
      }
      case DRAIN_HOST -> {
        var c = request.getDrainHost();
        yield new Command.DrainHost(c.getHost(), c.getDrained());
      }
      case PAUSE ->
          new Command.Pause(request.getPause().getGroup(), request.getPause().getMillis());
      case RESUME -> new Command.Resume(request.getResume().getGroup());
      case ACKNOWLEDGE -> new Command.Acknowledge(request.getAcknowledge().getGroup());
      case DISCONNECTED -> {
        var c = request.getDisconnected();
        yield new Command.Disconnected(
            c.getSession(),
            c.getGroup(),
            c.getRenewalNumber(),
            c.getSpecRevision(),
            c.getSilentMillis());
      }
      case WAIT_OVER -> {
        var c = request.getWaitOver();
        yield new Command.WaitOver(
            c.getGroup(), Types.WAIT.decode(c.getKind()), c.getNumber(), c.getRevision());
      }
      case COMMAND_NOT_SET ->
          throw new CorruptDataException(
              "a request without a command that this version knows; a newer one wrote it?");
    };
  }

  private static Command join(JoinCommand c) throws CorruptDataException {
    return new Command.Join(
        c.getSession(),
        c.getGroup(),
        c.getMember(),
        c.getIncarnation(),
        c.getDirectory(),
        c.getDeadIncarnationsList(),
        c.getAddress(),
        Types.decode(c.getMetadataList()),
        Types.decode(c.hasSite(), c.getSite()),
        c.getSharesOut(),
        c.getRunsChecks(),
        Types.READINESS.decode(c.getReadiness()),
        c.getStoppedEpoch());
  }

  private static Command lapsed(LapsedCommand c) throws CorruptDataException {
    return new Command.Lapsed(
        c.getSession(),
        c.getGroup(),
        c.getSlot(),
        c.getEpoch(),
        Types.CAUSE.decode(c.getCause()),
        c.getDetail());
  }
}
