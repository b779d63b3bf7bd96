package io.baton.coordinator.state;

/** Changes with which peers an active may work on without coordinators (hold-if-peers-agree). */
final class AgreementChanges {
  private final ClusterState state;
  private final Changes changes;

  AgreementChanges(ClusterState state, Changes changes) {
    this.state = state;
    this.changes = changes;
  }

  void peersOffered(Event.PeersOffered event) {
    Agreement before = state.agreement(event.group());
    PeerList offered = new PeerList(state.revision(), event.peers());
    Lease lease = changes.lease(event.group(), 0);
    put(
        before != null && before.isOf(lease)
            ? before.offer(offered)
            : new Agreement(
                event.group(),
                event.holder(),
                lease.session(),
                lease.epoch(),
                offered,
                PeerList.NONE));
  }

  void peersAcknowledged(Event.PeersAcknowledged event) {
    Agreement agreement = state.agreement(event.group());
    if (agreement != null && agreement.offered().peers().isEmpty()) {
      end(agreement);
    } else if (agreement != null) {
      put(agreement.acknowledge());
    }
  }

  void peerSucceeded(Event.PeerSucceeded event) {
    Agreement agreement = state.agreement(event.group());
    if (agreement != null) {
      put(agreement.succeed(event.dead(), event.next()));
    }
  }

  void agreementEnded(Event.AgreementEnded event) {
    Agreement agreement = state.agreement(event.group());
    if (agreement != null) {
      end(agreement);
    }
  }

  /** Who is active under a later lease ends what its predecessor may have worked on by. */
  void started(Lease lease) {
    Agreement agreement = state.agreement(lease.group());
    if (agreement != null && !agreement.isOf(lease)) {
      end(agreement);
    }
  }

  /** A lease that ended where its holder may work on leaves its agreement behind. */
  void ended(Lease lease, Cause cause) {
    Agreement agreement = state.agreement(lease.group());
    boolean knownToHaveStopped = cause == Cause.STOPPED || cause == Cause.PROVEN_DEAD;
    if (agreement != null && agreement.isOf(lease) && (knownToHaveStopped || !agreement.binds())) {
      end(agreement);
    }
  }

  private void put(Agreement agreement) {
    state.put(agreement);
    changed(agreement);
  }

  private void end(Agreement agreement) {
    state.removeAgreement(agreement.group());
    changed(agreement);
  }

  private void changed(Agreement agreement) {
    changes.touch(agreement.key());
    changes.order(agreement.session(), agreement.group());
    changes.unsettle(agreement.group());
  }
}
