package io.baton.agent.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a coordinator says on the session's stream. */
public sealed interface Inbound {
  /** Hands this message to its case of {@code handler}. */
  void accept(Handler handler);

  /** The stream is accepted. */
  record Welcome(
      String clusterId, long session, int driftPermille, long defaultTtlMillis, LeaderHint leader)
      implements Inbound {
    @Override
    public void accept(Handler handler) {
      handler.welcome(this);
    }
  }

  /** Every membership of the session with its orders; what is absent is lost. */
  record CompleteSet(long session, long revision, List<Assignment> assignments) implements Inbound {
    public CompleteSet {
      assignments = List.copyOf(assignments);
    }

    @Override
    public void accept(Handler handler) {
      handler.completeSet(this);
    }
  }

  /**
   * The complete present orders of one membership.
   *
   * @param keepaliveMillis how often the group asks for a renewal; 0: it does not say
   * @param peers on whom the holder may rely
   * @param ended null while the membership lives; otherwise {@code orders} holds what has still to
   *     stop
   * @param checks what the group has its members look at
   */
  record Assignment(
      long session,
      long revision,
      String group,
      long joinRevision,
      long ttlMillis,
      long promoteMillis,
      long demoteMillis,
      long keepaliveMillis,
      CoordinatorLoss onCoordinatorLoss,
      Peers peers,
      List<Order> orders,
      @Nullable Cause ended,
      List<GroupCheck> checks)
      implements Inbound {
    public Assignment {
      orders = List.copyOf(orders);
      checks = List.copyOf(checks);
    }

    @Override
    public void accept(Handler handler) {
      handler.assignment(this);
    }
  }

  /**
   * On whom an active may rely while no coordinator confirms it.
   *
   * @param acknowledged the coordinators know that the active asks these
   * @param offered the newest list
   * @param afterPromises it is somebody else who may: what is granted is started when what earlier
   *     processes of this member may have promised has run out
   */
  record Peers(PeerList acknowledged, PeerList offered, boolean afterPromises) {
    /** On nobody. */
    public static final Peers NONE = new Peers(PeerList.NONE, PeerList.NONE, false);
  }

  /**
   * One lease.
   *
   * @param revoked null: hold it; otherwise stop, and say so
   */
  record Order(int slot, long epoch, @Nullable Cause revoked) {}

  /** The renewal that was packed under {@code number} is applied. */
  record Ack(long session, long revision, long number, List<Coverage> covered) implements Inbound {
    public Ack {
      covered = List.copyOf(covered);
    }

    @Override
    public void accept(Handler handler) {
      handler.ack(this);
    }
  }

  /**
   * A membership that an acknowledgement covers, and the TTL it grants from the sending of what it
   * acknowledges.
   */
  record Coverage(String group, long joinRevision, long ttlMillis) {}

  /** The answer to a join: exactly one of {@code joined} and {@code refused} is set. */
  record JoinAnswer(
      long session,
      long revision,
      long joinId,
      String group,
      @Nullable Coverage joined,
      @Nullable JoinRefused refused)
      implements Inbound {
    @Override
    public void accept(Handler handler) {
      handler.joinAnswer(this);
    }
  }

  /** Why a join was refused; each is tried again, at its own pace. */
  record JoinRefused(Reason reason, String message) {
    /** What the pace depends on. */
    public enum Reason {
      NOT_FOUND,
      ALREADY_EXISTS,
      /** The request itself is wrong. */
      INVALID,
      /** Overloaded, read-only, outcome unknown: soon over. */
      TRANSIENT
    }
  }

  /**
   * Who is active in a group of the session.
   *
   * @param slots how many the group has; 0: the coordinator does not say
   */
  record GroupView(long session, long revision, String group, int slots, List<ActiveMember> active)
      implements Inbound {
    public GroupView {
      active = List.copyOf(active);
    }

    @Override
    public void accept(Handler handler) {
      handler.groupView(this);
    }
  }

  /** The session does not exist any more; the last message of the stream. */
  record SessionGone(long session, long revision, String cause) implements Inbound {
    @Override
    public void accept(Handler handler) {
      handler.sessionGone(this);
    }
  }

  /** Another coordinator leads. */
  record Leader(LeaderHint hint) implements Inbound {
    @Override
    public void accept(Handler handler) {
      handler.leader(this);
    }
  }

  /** One case a message. */
  interface Handler {
    void welcome(Welcome message);

    void completeSet(CompleteSet message);

    void assignment(Assignment message);

    void ack(Ack message);

    void joinAnswer(JoinAnswer message);

    void groupView(GroupView message);

    void sessionGone(SessionGone message);

    void leader(Leader message);
  }
}
