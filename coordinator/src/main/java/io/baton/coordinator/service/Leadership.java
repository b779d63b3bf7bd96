package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import io.baton.coordinator.state.Coordinator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who leads, as far as this coordinator knows, and whoever wants to be told: of another leader, and
 * of other coordinators, so that an agent outlives the last one it was configured with. An id is
 * worth a hint once the state knows its address. Owned by the core thread.
 */
final class Leadership {
  private final Set<Consumer<LeaderHint>> listeners = new LinkedHashSet<>();
  private LeaderHint hint = LeaderHint.NONE;
  private List<Coordinator> coordinators = List.of();
  private long term;
  private String leaderId = "";

  LeaderHint hint() {
    return hint;
  }

  /** The log knows of a leader, or of none (empty); what is said of an older term is void. */
  void changed(long newTerm, String newLeaderId, ClusterState state) {
    if (newTerm >= term) {
      term = newTerm;
      leaderId = newLeaderId;
      refresh(state);
    }
  }

  /** This coordinator leads no more; who does is not known yet. */
  void lostBy(String self, ClusterState state) {
    if (leaderId.equals(self)) {
      leaderId = "";
      refresh(state);
    }
  }

  /** The state, and with it somebody's address, may have changed. */
  void refresh(ClusterState state) {
    Coordinator leader = state.coordinators().get(leaderId);
    LeaderHint next =
        new LeaderHint(
            term, leader == null ? "" : leaderId, leader == null ? "" : leader.apiAddress());
    List<Coordinator> all = List.copyOf(state.coordinators().values());
    if (!next.equals(hint) || !all.equals(coordinators)) {
      hint = next;
      coordinators = all;
      List.copyOf(listeners).forEach(l -> l.accept(next));
    }
  }

  /** Tells the hint, at once and at every change. */
  Api.Subscription subscribe(Consumer<LeaderHint> listener) {
    listeners.add(listener);
    listener.accept(hint);
    return () -> listeners.remove(listener);
  }
}
