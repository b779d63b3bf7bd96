package io.baton.coordinator.state;

/** Leads each command to who decides it. */
final class Decider implements Command.Handler<Decision> {
  private final ClusterDecisions cluster;
  private final GroupDecisions groups;
  private final SessionDecisions sessions;
  private final LeaseDecisions leases;
  private final OperatorDecisions operators;
  private final WaitDecisions waits;
  private final AgreementDecisions agreements;

  Decider(ClusterState state) {
    cluster = new ClusterDecisions(state);
    groups = new GroupDecisions(state);
    sessions = new SessionDecisions(state);
    leases = new LeaseDecisions(state);
    operators = new OperatorDecisions(state);
    waits = new WaitDecisions(state);
    agreements = new AgreementDecisions(state);
  }

  @Override
  public Decision found(Command.Found command) {
    return cluster.found(command);
  }

  @Override
  public Decision registerCoordinator(Command.RegisterCoordinator command) {
    return cluster.registerCoordinator(command);
  }

  @Override
  public Decision retireCoordinator(Command.RetireCoordinator command) {
    return cluster.retireCoordinator(command);
  }

  @Override
  public Decision suspectSelf(Command.SuspectSelf command) {
    return cluster.suspectSelf(command);
  }

  @Override
  public Decision createGroup(Command.CreateGroup command) {
    return groups.create(command);
  }

  @Override
  public Decision updateGroup(Command.UpdateGroup command) {
    return groups.update(command);
  }

  @Override
  public Decision deleteGroup(Command.DeleteGroup command) {
    return groups.delete(command);
  }

  @Override
  public Decision settle(Command.Settle command) {
    return groups.settle(command);
  }

  @Override
  public Decision switchover(Command.Switchover command) {
    return operators.switchover(command);
  }

  @Override
  public Decision openSession(Command.OpenSession command) {
    return sessions.open(command);
  }

  @Override
  public Decision closeSession(Command.CloseSession command) {
    return sessions.close(command);
  }

  @Override
  public Decision join(Command.Join command) {
    return sessions.join(command);
  }

  @Override
  public Decision leave(Command.Leave command) {
    return sessions.leave(command);
  }

  @Override
  public Decision setReadiness(Command.SetReadiness command) {
    return sessions.setReadiness(command);
  }

  @Override
  public Decision started(Command.Started command) {
    return leases.started(command);
  }

  @Override
  public Decision lapsed(Command.Lapsed command) {
    return leases.lapsed(command);
  }

  @Override
  public Decision stopped(Command.Stopped command) {
    return leases.stopped(command);
  }

  @Override
  public Decision acknowledgePeers(Command.AcknowledgePeers command) {
    return agreements.acknowledge(command);
  }

  @Override
  public Decision expire(Command.Expire command) {
    return sessions.expire(command);
  }

  @Override
  public Decision expireSession(Command.ExpireSession command) {
    return sessions.expireSession(command);
  }

  @Override
  public Decision takeover(Command.Takeover command) {
    return sessions.takeover(command);
  }

  @Override
  public Decision forceFree(Command.ForceFree command) {
    return leases.forceFree(command);
  }

  @Override
  public Decision failover(Command.Failover command) {
    return operators.failover(command);
  }

  @Override
  public Decision revoke(Command.Revoke command) {
    return operators.revoke(command);
  }

  @Override
  public Decision drainMember(Command.DrainMember command) {
    return operators.drainMember(command);
  }

  @Override
  public Decision drainHost(Command.DrainHost command) {
    return operators.drainHost(command);
  }

  @Override
  public Decision pause(Command.Pause command) {
    return operators.pause(command);
  }

  @Override
  public Decision resume(Command.Resume command) {
    return operators.resume(command);
  }

  @Override
  public Decision acknowledge(Command.Acknowledge command) {
    return operators.acknowledge(command);
  }

  @Override
  public Decision disconnected(Command.Disconnected command) {
    return sessions.disconnected(command);
  }

  @Override
  public Decision waitOver(Command.WaitOver command) {
    return waits.over(command);
  }
}
