package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.HistoryEvent;
import java.util.Map;
import java.util.TreeMap;

/**
 * While an active may be at work by its peers' word, only those processes are granted that it asks:
 * told from history alone.
 */
final class OnlyPeersAreGranted implements Invariant {
  private final TreeMap<String, String> incarnations = new TreeMap<>();
  private final TreeMap<String, Reliance> reliances = new TreeMap<>();
  private final TreeMap<String, String> succeeded = new TreeMap<>();

  /** What an active relies on: incarnations by member. */
  private static final class Reliance {
    private final long epoch;
    private Map<String, String> offered = new TreeMap<>();
    private Map<String, String> acknowledged = new TreeMap<>();
    private boolean open;

    Reliance(long epoch) {
      this.epoch = epoch;
    }
  }

  @Override
  public void check(Step step) {
    step.result().events().forEach(this::follow);
  }

  private void follow(HistoryEvent event) {
    String group = event.group();
    Reliance reliance = reliances.getOrDefault(group, new Reliance(0));
    switch (event.type()) {
      case MEMBER_JOINED -> joined(event, reliance);
      case PEERS_OFFERED -> {
        Reliance of = reliance.epoch == event.epoch() ? reliance : new Reliance(event.epoch());
        of.offered = named(event);
        reliances.put(group, of);
      }
      case PEERS_ACKNOWLEDGED -> reliance.acknowledged = new TreeMap<>(reliance.offered);
      case LEASE_ENDED -> {
        if (reliance.epoch == event.epoch()) {
          reliance.open = event.cause() != Cause.STOPPED && event.cause() != Cause.PROVEN_DEAD;
        }
      }
      case LEASE_STARTED, AGREEMENT_ENDED -> {
        if (reliance.epoch != event.epoch()) {
          reliances.remove(group);
        }
      }
      case PEER_SUCCEEDED -> succeeded.put(group, event.member());
      case LEASE_GRANTED -> granted(event, reliance);
      default -> {}
    }
  }

  private static String process(HistoryEvent event, String member) {
    return event.group() + "/" + member;
  }

  private void joined(HistoryEvent event, Reliance reliance) {
    String incarnation = event.details().getOrDefault("incarnation", "");
    incarnations.put(process(event, event.member()), incarnation);
    if (event.member().equals(succeeded.remove(event.group()))) {
      reliance.acknowledged.put(event.member(), incarnation);
    }
  }

  private Map<String, String> named(HistoryEvent event) {
    String peers = event.details().getOrDefault("peers", "");
    TreeMap<String, String> named = new TreeMap<>();
    for (String peer : peers.isEmpty() ? new String[0] : peers.split(",")) {
      named.put(peer, incarnations.getOrDefault(process(event, peer), ""));
    }
    return named;
  }

  private void granted(HistoryEvent event, Reliance reliance) {
    if (reliance.open && !reliance.acknowledged.isEmpty()) {
      assertThat(reliance.acknowledged)
          .as("grant " + event)
          .containsEntry(
              event.member(), incarnations.getOrDefault(process(event, event.member()), ""));
    }
  }
}
