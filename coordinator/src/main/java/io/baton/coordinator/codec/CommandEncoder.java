package io.baton.coordinator.codec;

import io.baton.coordinator.state.Command;
import io.baton.disk.v1.AcknowledgeCommand;
import io.baton.disk.v1.AcknowledgePeersCommand;
import io.baton.disk.v1.CloseSessionCommand;
import io.baton.disk.v1.CreateGroupCommand;
import io.baton.disk.v1.DeleteGroupCommand;
import io.baton.disk.v1.DisconnectedCommand;
import io.baton.disk.v1.DrainHostCommand;
import io.baton.disk.v1.DrainMemberCommand;
import io.baton.disk.v1.ExpireCommand;
import io.baton.disk.v1.ExpireSessionCommand;
import io.baton.disk.v1.FailoverCommand;
import io.baton.disk.v1.ForceFreeCommand;
import io.baton.disk.v1.FoundCommand;
import io.baton.disk.v1.JoinCommand;
import io.baton.disk.v1.LapsedCommand;
import io.baton.disk.v1.LeaveCommand;
import io.baton.disk.v1.LogRequest;
import io.baton.disk.v1.OpenSessionCommand;
import io.baton.disk.v1.PauseCommand;
import io.baton.disk.v1.RegisterCoordinatorCommand;
import io.baton.disk.v1.ResumeCommand;
import io.baton.disk.v1.RetireCoordinatorCommand;
import io.baton.disk.v1.RevokeCommand;
import io.baton.disk.v1.SetReadinessCommand;
import io.baton.disk.v1.SettleCommand;
import io.baton.disk.v1.StartedCommand;
import io.baton.disk.v1.StoppedCommand;
import io.baton.disk.v1.SuspectSelfCommand;
import io.baton.disk.v1.SwitchoverCommand;
import io.baton.disk.v1.TakeoverCommand;
import io.baton.disk.v1.UpdateGroupCommand;
import io.baton.disk.v1.WaitOverCommand;

/** Puts a command into the request that carries it. */
final class CommandEncoder implements Command.Handler<LogRequest.Builder> {
  private final LogRequest.Builder request;

  CommandEncoder(LogRequest.Builder request) {
    this.request = request;
  }

  @Override
  public LogRequest.Builder found(Command.Found command) {
    FoundCommand.Builder found =
        FoundCommand.newBuilder()
            .setClusterId(command.clusterId())
            .setMaxTtlMillis(command.maxTtlMillis())
            .setDefaultTtlMillis(command.defaultTtlMillis());
    command.coordinators().forEach(c -> found.addCoordinators(Types.encode(c)));
    return request.setFound(found);
  }

  @Override
  public LogRequest.Builder registerCoordinator(Command.RegisterCoordinator command) {
    return request.setRegisterCoordinator(
        RegisterCoordinatorCommand.newBuilder()
            .setCoordinator(Types.encode(command.coordinator())));
  }

  @Override
  public LogRequest.Builder retireCoordinator(Command.RetireCoordinator command) {
    return request.setRetireCoordinator(RetireCoordinatorCommand.newBuilder().setId(command.id()));
  }

  @Override
  public LogRequest.Builder suspectSelf(Command.SuspectSelf command) {
    return request.setSuspectSelf(
        SuspectSelfCommand.newBuilder()
            .setCoordinator(command.coordinator())
            .setTerm(command.term())
            .setLost(command.lost())
            .setRenewed(command.renewed()));
  }

  @Override
  public LogRequest.Builder createGroup(Command.CreateGroup command) {
    return request.setCreateGroup(
        CreateGroupCommand.newBuilder()
            .setGroup(command.group())
            .setSpec(SpecTypes.encode(command.spec())));
  }

  @Override
  public LogRequest.Builder updateGroup(Command.UpdateGroup command) {
    return request.setUpdateGroup(
        UpdateGroupCommand.newBuilder()
            .setGroup(command.group())
            .setSpec(SpecTypes.encode(command.spec()))
            .setIfRevision(command.ifRevision()));
  }

  @Override
  public LogRequest.Builder deleteGroup(Command.DeleteGroup command) {
    return request.setDeleteGroup(
        DeleteGroupCommand.newBuilder()
            .setGroup(command.group())
            .setIfRevision(command.ifRevision()));
  }

  @Override
  public LogRequest.Builder settle(Command.Settle command) {
    return request.setSettle(
        SettleCommand.newBuilder()
            .setGroup(command.group())
            .setSpecRevision(command.specRevision()));
  }

  @Override
  public LogRequest.Builder switchover(Command.Switchover command) {
    return request.setSwitchover(
        SwitchoverCommand.newBuilder()
            .setGroup(command.group())
            .setSlot(command.slot())
            .setFrom(command.from())
            .setTo(command.to())
            .setWaitMillis(command.waitMillis()));
  }

  @Override
  public LogRequest.Builder openSession(Command.OpenSession command) {
    return request.setOpenSession(OpenSessionCommand.newBuilder().setAgent(command.agent()));
  }

  @Override
  public LogRequest.Builder closeSession(Command.CloseSession command) {
    return request.setCloseSession(CloseSessionCommand.newBuilder().setSession(command.session()));
  }

  @Override
  public LogRequest.Builder join(Command.Join command) {
    return request.setJoin(
        JoinCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setMember(command.member())
            .setIncarnation(command.incarnation())
            .setDirectory(command.directory())
            .addAllDeadIncarnations(command.deadIncarnations())
            .setAddress(command.address())
            .addAllMetadata(Types.encode(command.metadata()))
            .setReadiness(Types.READINESS.encode(command.readiness()))
            .setSite(Types.encode(command.site()))
            .setSharesOut(command.sharesOut())
            .setRunsChecks(command.runsChecks())
            .setStoppedEpoch(command.stoppedEpoch()));
  }

  @Override
  public LogRequest.Builder leave(Command.Leave command) {
    return request.setLeave(
        LeaveCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setJoinRevision(command.joinRevision()));
  }

  @Override
  public LogRequest.Builder setReadiness(Command.SetReadiness command) {
    return request.setSetReadiness(
        SetReadinessCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setJoinRevision(command.joinRevision())
            .setReadiness(Types.READINESS.encode(command.readiness()))
            .setDetail(command.detail()));
  }

  @Override
  public LogRequest.Builder started(Command.Started command) {
    return request.setStarted(
        StartedCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setSlot(command.slot())
            .setEpoch(command.epoch()));
  }

  @Override
  public LogRequest.Builder lapsed(Command.Lapsed command) {
    return request.setLapsed(
        LapsedCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setSlot(command.slot())
            .setEpoch(command.epoch())
            .setCause(Types.CAUSE.encode(command.cause()))
            .setDetail(command.detail()));
  }

  @Override
  public LogRequest.Builder stopped(Command.Stopped command) {
    return request.setStopped(
        StoppedCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setSlot(command.slot())
            .setEpoch(command.epoch()));
  }

  @Override
  public LogRequest.Builder acknowledgePeers(Command.AcknowledgePeers command) {
    return request.setAcknowledgePeers(
        AcknowledgePeersCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setEpoch(command.epoch())
            .setRevision(command.revision()));
  }

  @Override
  public LogRequest.Builder expire(Command.Expire command) {
    return request.setExpire(
        ExpireCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setRenewalNumber(command.renewalNumber())
            .setSpecRevision(command.specRevision())
            .setSilentMillis(command.silentMillis()));
  }

  @Override
  public LogRequest.Builder expireSession(Command.ExpireSession command) {
    return request.setExpireSession(
        ExpireSessionCommand.newBuilder()
            .setSession(command.session())
            .setRenewalNumber(command.renewalNumber()));
  }

  @Override
  public LogRequest.Builder takeover(Command.Takeover command) {
    return request.setTakeover(
        TakeoverCommand.newBuilder()
            .setSession(command.session())
            .setRenewalNumber(command.renewalNumber()));
  }

  @Override
  public LogRequest.Builder forceFree(Command.ForceFree command) {
    return request.setForceFree(
        ForceFreeCommand.newBuilder()
            .setGroup(command.group())
            .setSlot(command.slot())
            .setEpoch(command.epoch())
            .setRevokedRevision(command.revokedRevision())
            .setSpecRevision(command.specRevision()));
  }

  @Override
  public LogRequest.Builder failover(Command.Failover command) {
    return request.setFailover(
        FailoverCommand.newBuilder()
            .setGroup(command.group())
            .setSlot(command.slot())
            .setTo(command.to())
            .setHolderIsDead(command.holderIsDead()));
  }

  @Override
  public LogRequest.Builder revoke(Command.Revoke command) {
    return request.setRevoke(
        RevokeCommand.newBuilder()
            .setGroup(command.group())
            .setSlot(command.slot())
            .setFrom(command.from()));
  }

  @Override
  public LogRequest.Builder drainMember(Command.DrainMember command) {
    return request.setDrainMember(
        DrainMemberCommand.newBuilder()
            .setGroup(command.group())
            .setMember(command.member())
            .setDrained(command.drained()));
  }

  @Override
  public LogRequest.Builder drainHost(Command.DrainHost command) {
    return request.setDrainHost(
        DrainHostCommand.newBuilder().setHost(command.host()).setDrained(command.drained()));
  }

  @Override
  public LogRequest.Builder pause(Command.Pause command) {
    return request.setPause(
        PauseCommand.newBuilder().setGroup(command.group()).setMillis(command.millis()));
  }

  @Override
  public LogRequest.Builder resume(Command.Resume command) {
    return request.setResume(ResumeCommand.newBuilder().setGroup(command.group()));
  }

  @Override
  public LogRequest.Builder acknowledge(Command.Acknowledge command) {
    return request.setAcknowledge(AcknowledgeCommand.newBuilder().setGroup(command.group()));
  }

  @Override
  public LogRequest.Builder disconnected(Command.Disconnected command) {
    return request.setDisconnected(
        DisconnectedCommand.newBuilder()
            .setSession(command.session())
            .setGroup(command.group())
            .setRenewalNumber(command.renewalNumber())
            .setSpecRevision(command.specRevision())
            .setSilentMillis(command.silentMillis()));
  }

  @Override
  public LogRequest.Builder waitOver(Command.WaitOver command) {
    return request.setWaitOver(
        WaitOverCommand.newBuilder()
            .setGroup(command.group())
            .setKind(Types.WAIT.encode(command.kind()))
            .setNumber(command.number())
            .setRevision(command.revision()));
  }
}
