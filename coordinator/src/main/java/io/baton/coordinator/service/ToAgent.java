package io.baton.coordinator.service;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.GroupCheck;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.PeerList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a coordinator says on an agent's stream. */
public sealed interface ToAgent {
  /** The stream is accepted. */
  record Welcome(
      String clusterId,
      long session,
      long revision,
      int driftPermille,
      long defaultTtlMillis,
      LeaderHint leader)
      implements ToAgent {}

  /** Every membership with its orders; what is absent is lost (design §3.13). */
  record CompleteSet(long session, long revision, List<Assignment> assignments)
      implements ToAgent {}

  /**
   * The complete present orders of one membership.
   *
   * @param peers on whom the holder may rely
   * @param endedCause null: the membership lives
   * @param checks what the group has its members look at; none once the membership has ended
   */
  record Assignment(
      long session,
      long revision,
      String group,
      long joinRevision,
      long ttlMillis,
      long keepaliveMillis,
      long promoteMillis,
      long demoteMillis,
      FailoverPolicy.CoordinatorLoss onCoordinatorLoss,
      Peers peers,
      List<Order> leases,
      @Nullable Cause endedCause,
      List<GroupCheck> checks)
      implements ToAgent {}

  /**
   * On whom an active may rely while no coordinator confirms it.
   *
   * @param afterPromises it is somebody else who may: what is granted is started when promises of
   *     this member's earlier processes have run out
   */
  record Peers(PeerList acknowledged, PeerList offered, boolean afterPromises) {
    /** On nobody. */
    public static final Peers NONE = new Peers(PeerList.NONE, PeerList.NONE, false);
  }

  /** One lease: hold it, or, once {@code revokedRevision} is not 0, stop. */
  record Order(int slot, long epoch, long revokedRevision, @Nullable Cause revokeCause) {}

  /** The renewal that was packed under {@code number} is applied. */
  record Ack(long session, long revision, long number, List<Coverage> covered) implements ToAgent {}

  /** What an acknowledgement covers, and the TTL it grants from the sending of the keepalive. */
  record Coverage(String group, long joinRevision, long ttlMillis) {}

  /** The answer to a join: covered, or refused. */
  record JoinAnswer(
      long session,
      long revision,
      long joinId,
      String group,
      @Nullable Coverage joined,
      Outcome.@Nullable Rejected refused)
      implements ToAgent {}

  /** Who is active in a group of the session, and how many slots there are. */
  record GroupView(long session, long revision, String group, int slots, List<Active> active)
      implements ToAgent {

    /** The same for another session. */
    GroupView to(long other) {
      return new GroupView(other, revision, group, slots, active);
    }
  }

  /** One active member. */
  record Active(
      int slot,
      long epoch,
      String member,
      String address,
      Map<String, String> metadata,
      boolean started) {}

  /** The session does not exist any more; the last message of the stream. */
  record SessionGone(long session, long revision, Cause cause) implements ToAgent {}

  /** Another coordinator leads. */
  record Leader(LeaderHint hint) implements ToAgent {}
}
