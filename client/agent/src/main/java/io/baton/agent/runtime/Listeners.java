package io.baton.agent.runtime;

import io.baton.agent.AsyncRoleListener;
import io.baton.agent.AsyncShardListener;
import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.RoleListener;
import io.baton.agent.ShardListener;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Every kind of listener as one that takes several leases and returns a stage. */
public final class Listeners {
  private static final CompletionStage<?> DONE = CompletableFuture.completedStage(null);

  /** Hears of nothing. */
  public static final AsyncShardListener NOBODY =
      new AsyncShardListener() {
        @Override
        public CompletionStage<?> onAssigned(List<Lease> leases) {
          return DONE;
        }

        @Override
        public CompletionStage<?> onRevoked(List<Lease> leases, Cause cause) {
          return DONE;
        }
      };

  private Listeners() {}

  /** One that is called for a single lease at a time. */
  public static AsyncShardListener of(AsyncRoleListener listener) {
    return new AsyncShardListener() {
      @Override
      public CompletionStage<?> onAssigned(List<Lease> leases) throws Exception {
        return listener.onActive(leases.get(0));
      }

      @Override
      public CompletionStage<?> onRevoked(List<Lease> leases, Cause cause) throws Exception {
        return listener.onPassive(leases.get(0), cause);
      }
    };
  }

  /** One that blocks, and is called for a single lease at a time. */
  public static AsyncShardListener of(RoleListener listener) {
    return new AsyncShardListener() {
      @Override
      public CompletionStage<?> onAssigned(List<Lease> leases) throws Exception {
        listener.onActive(leases.get(0));
        return DONE;
      }

      @Override
      public CompletionStage<?> onRevoked(List<Lease> leases, Cause cause) throws Exception {
        listener.onPassive(leases.get(0), cause);
        return DONE;
      }
    };
  }

  /** One that blocks. */
  public static AsyncShardListener of(ShardListener listener) {
    return new AsyncShardListener() {
      @Override
      public CompletionStage<?> onAssigned(List<Lease> leases) throws Exception {
        listener.onAssigned(leases);
        return DONE;
      }

      @Override
      public CompletionStage<?> onRevoked(List<Lease> leases, Cause cause) throws Exception {
        listener.onRevoked(leases, cause);
        return DONE;
      }
    };
  }
}
