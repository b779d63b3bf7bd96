package io.baton.coordinator.rpc;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.FailoverPolicy;
import io.baton.coordinator.state.Mode;
import io.baton.coordinator.state.Readiness;
import io.baton.proto.v1.CoordinatorLoss;
import io.baton.proto.v1.Failback;
import io.baton.proto.v1.FailoverKind;
import io.baton.proto.v1.LapseCause;
import org.jspecify.annotations.Nullable;

/** The enums of the wire and ours, each conversion exhaustive so that javac finds what is new. */
final class Enums {
  private Enums() {}

  static io.baton.proto.v1.Cause cause(@Nullable Cause cause) {
    return cause == null ? io.baton.proto.v1.Cause.CAUSE_UNSPECIFIED : known(cause);
  }

  private static io.baton.proto.v1.Cause known(Cause cause) {
    return switch (cause) {
      case REQUESTED -> io.baton.proto.v1.Cause.CAUSE_REQUESTED;
      case SWITCHOVER -> io.baton.proto.v1.Cause.CAUSE_SWITCHOVER;
      case SESSION_EXPIRED -> io.baton.proto.v1.Cause.CAUSE_SESSION_EXPIRED;
      case LAPSED -> io.baton.proto.v1.Cause.CAUSE_LAPSED;
      case PROMOTION_FAILED -> io.baton.proto.v1.Cause.CAUSE_PROMOTION_FAILED;
      case RESIGNED -> io.baton.proto.v1.Cause.CAUSE_RESIGNED;
      case LEFT -> io.baton.proto.v1.Cause.CAUSE_LEFT;
      case GROUP_DELETED -> io.baton.proto.v1.Cause.CAUSE_GROUP_DELETED;
      case SUPERSEDED -> io.baton.proto.v1.Cause.CAUSE_SUPERSEDED;
      case PROVEN_DEAD -> io.baton.proto.v1.Cause.CAUSE_PROVEN_DEAD;
      case STOPPED -> io.baton.proto.v1.Cause.CAUSE_STOPPED;
      case FORCED -> io.baton.proto.v1.Cause.CAUSE_FORCED;
      case FREE_SLOT -> io.baton.proto.v1.Cause.CAUSE_FREE_SLOT;
      case JOINED -> io.baton.proto.v1.Cause.CAUSE_JOINED;
      case CLUSTER_FORMED -> io.baton.proto.v1.Cause.CAUSE_CLUSTER_FORMED;
      case SELF_SUSPICION -> io.baton.proto.v1.Cause.CAUSE_SELF_SUSPICION;
      case DISCONNECTED -> io.baton.proto.v1.Cause.CAUSE_DISCONNECTED;
      case UNHEALTHY -> io.baton.proto.v1.Cause.CAUSE_UNHEALTHY;
      case DRAINED -> io.baton.proto.v1.Cause.CAUSE_DRAINED;
      case REVOKED -> io.baton.proto.v1.Cause.CAUSE_REVOKED;
      case FAILOVER -> io.baton.proto.v1.Cause.CAUSE_FAILOVER;
      case FAILBACK -> io.baton.proto.v1.Cause.CAUSE_FAILBACK;
      case REBALANCED -> io.baton.proto.v1.Cause.CAUSE_REBALANCED;
      case SPEC_CHANGED -> io.baton.proto.v1.Cause.CAUSE_SPEC_CHANGED;
      case FLAPPING -> io.baton.proto.v1.Cause.CAUSE_FLAPPING;
      case DEADLINE_PASSED -> io.baton.proto.v1.Cause.CAUSE_DEADLINE_PASSED;
    };
  }

  static Cause cause(String field, LapseCause cause) {
    return switch (cause) {
      case LAPSE_CAUSE_DEADLINE, LAPSE_CAUSE_LOST -> Cause.LAPSED;
      case LAPSE_CAUSE_PROMOTION_FAILED, LAPSE_CAUSE_PROMOTION_TIMEOUT -> Cause.PROMOTION_FAILED;
      case LAPSE_CAUSE_RESIGNED -> Cause.RESIGNED;
      case LAPSE_CAUSE_CLOSING -> Cause.LEFT;
      case LAPSE_CAUSE_UNSPECIFIED -> throw InvalidRequest.field(field, "is missing");
      case UNRECOGNIZED -> throw unknown(field);
    };
  }

  static io.baton.proto.v1.Readiness readiness(Readiness readiness) {
    return switch (readiness) {
      case SYNCING -> io.baton.proto.v1.Readiness.READINESS_SYNCING;
      case READY -> io.baton.proto.v1.Readiness.READINESS_READY;
      case UNHEALTHY -> io.baton.proto.v1.Readiness.READINESS_UNHEALTHY;
    };
  }

  static Readiness readiness(String field, io.baton.proto.v1.Readiness readiness) {
    return switch (readiness) {
      case READINESS_SYNCING -> Readiness.SYNCING;
      case READINESS_READY -> Readiness.READY;
      case READINESS_UNHEALTHY -> Readiness.UNHEALTHY;
      case READINESS_UNSPECIFIED -> throw InvalidRequest.field(field, "is missing");
      case UNRECOGNIZED -> throw unknown(field);
    };
  }

  static io.baton.proto.v1.Mode mode(Mode mode) {
    return switch (mode) {
      case ACTIVE_PASSIVE -> io.baton.proto.v1.Mode.MODE_ACTIVE_PASSIVE;
      case N_ACTIVE -> io.baton.proto.v1.Mode.MODE_N_ACTIVE;
      case SHARDED -> io.baton.proto.v1.Mode.MODE_SHARDED;
      case ALL_ACTIVE -> io.baton.proto.v1.Mode.MODE_ALL_ACTIVE;
    };
  }

  /** A mode; unspecified takes {@code present}. */
  static Mode mode(String field, io.baton.proto.v1.Mode mode, Mode present) {
    return switch (mode) {
      case MODE_ACTIVE_PASSIVE -> Mode.ACTIVE_PASSIVE;
      case MODE_N_ACTIVE -> Mode.N_ACTIVE;
      case MODE_SHARDED -> Mode.SHARDED;
      case MODE_ALL_ACTIVE -> Mode.ALL_ACTIVE;
      case MODE_UNSPECIFIED -> present;
      case UNRECOGNIZED -> throw unknown(field);
    };
  }

  static FailoverKind kind(FailoverPolicy.Kind kind) {
    return switch (kind) {
      case AUTOMATIC -> FailoverKind.FAILOVER_KIND_AUTOMATIC;
      case MANUAL -> FailoverKind.FAILOVER_KIND_MANUAL;
      case OBSERVE -> FailoverKind.FAILOVER_KIND_OBSERVE;
    };
  }

  /** Who decides; unspecified takes {@code present}. */
  static FailoverPolicy.Kind kind(String field, FailoverKind kind, FailoverPolicy.Kind present) {
    return switch (kind) {
      case FAILOVER_KIND_AUTOMATIC -> FailoverPolicy.Kind.AUTOMATIC;
      case FAILOVER_KIND_MANUAL -> FailoverPolicy.Kind.MANUAL;
      case FAILOVER_KIND_OBSERVE -> FailoverPolicy.Kind.OBSERVE;
      case FAILOVER_KIND_UNSPECIFIED -> present;
      case UNRECOGNIZED -> throw unknown(field);
    };
  }

  static Failback failback(FailoverPolicy.Failback failback) {
    return switch (failback) {
      case STAY -> Failback.FAILBACK_STAY;
      case PREFERRED -> Failback.FAILBACK_PREFERRED;
    };
  }

  /** Whether a lease goes back; unspecified takes {@code present}. */
  static FailoverPolicy.Failback failback(
      String field, Failback failback, FailoverPolicy.Failback present) {
    return switch (failback) {
      case FAILBACK_STAY -> FailoverPolicy.Failback.STAY;
      case FAILBACK_PREFERRED -> FailoverPolicy.Failback.PREFERRED;
      case FAILBACK_UNSPECIFIED -> present;
      case UNRECOGNIZED -> throw unknown(field);
    };
  }

  static CoordinatorLoss loss(FailoverPolicy.CoordinatorLoss loss) {
    return switch (loss) {
      case STOP -> CoordinatorLoss.COORDINATOR_LOSS_STOP;
      case HOLD_IF_FENCED -> CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_FENCED;
      case HOLD_IF_PEERS_AGREE -> CoordinatorLoss.COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE;
    };
  }

  /** What an active does without coordinators; unspecified takes {@code present}. */
  static FailoverPolicy.CoordinatorLoss loss(
      String field, CoordinatorLoss loss, FailoverPolicy.CoordinatorLoss present) {
    return switch (loss) {
      case COORDINATOR_LOSS_STOP -> FailoverPolicy.CoordinatorLoss.STOP;
      case COORDINATOR_LOSS_HOLD_IF_FENCED -> FailoverPolicy.CoordinatorLoss.HOLD_IF_FENCED;
      case COORDINATOR_LOSS_HOLD_IF_PEERS_AGREE ->
          FailoverPolicy.CoordinatorLoss.HOLD_IF_PEERS_AGREE;
      case COORDINATOR_LOSS_UNSPECIFIED -> present;
      case UNRECOGNIZED -> throw unknown(field);
    };
  }

  private static InvalidRequest unknown(String field) {
    return InvalidRequest.field(field, "is a value that this version does not know");
  }
}
