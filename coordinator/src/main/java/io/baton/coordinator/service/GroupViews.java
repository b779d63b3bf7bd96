package io.baton.coordinator.service;

import io.baton.coordinator.state.ClusterState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When to tell the members of a group who is active: at once, and then once a tick at most, since a
 * view holds every slot and the last one wins. Owned by the core thread.
 */
final class GroupViews {
  private final Set<String> changed = new LinkedHashSet<>();
  private final Map<String, Long> sentNanos = new HashMap<>();
  private final Map<String, ToAgent.GroupView> built = new HashMap<>();
  private long builtRevision = -1;

  /** These have another active, or one that has started. */
  void changed(Collection<String> groups) {
    changed.addAll(groups);
  }

  /** The groups whose members are to be told now. */
  List<String> due(long nowNanos) {
    sentNanos.values().removeIf(at -> nowNanos - at >= LeaseClock.TICK_NANOS);
    List<String> due = new ArrayList<>(changed);
    due.removeAll(sentNanos.keySet());
    due.forEach(group -> sentNanos.put(group, nowNanos));
    due.forEach(changed::remove);
    return due;
  }

  /** The view for one session; what all sessions share of it is built once a revision. */
  ToAgent.GroupView view(ClusterState state, long session, String group) {
    if (state.revision() != builtRevision) {
      built.clear();
      builtRevision = state.revision();
    }
    return built.computeIfAbsent(group, name -> Orders.view(state, session, name)).to(session);
  }

  /** Leadership is lost. */
  void clear() {
    changed.clear();
    sentNanos.clear();
    built.clear();
    builtRevision = -1;
  }
}
