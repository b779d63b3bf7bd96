package io.baton.agent.protocol;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * On whom an active relies while no coordinator confirms its lease: it works on for as long as each
 * of them has promised to start nothing. The coordinators grant nobody who is not on the list that
 * it acknowledged; since it can't know which of those that it was told of that is, it asks
 * everybody on the one that it knows to be acknowledged and on all that came later.
 */
final class Agreement {
  /** So that three questions may be lost. */
  private static final long EVERY = Times.SECOND / 2;

  private final LeaseLength length;
  private final TreeMap<Long, PeerList> later = new TreeMap<>();
  private final Map<Peer, Long> promised = new HashMap<>();
  private final Map<Long, Sent> asked = new HashMap<>();
  private PeerList acknowledged = PeerList.NONE;
  private long said;
  private boolean everRelied;
  private long askAt = Times.NEVER_YET;

  private record Sent(Peer peer, long at, int suspensions) {}

  /** How a question goes out, under a number. */
  interface Out {
    void ask(long number, Peer peer);
  }

  Agreement(LeaseLength length) {
    this.length = length;
  }

  /** Takes in the lists as they stand. */
  void follow(Inbound.Peers peers) {
    acknowledged = peers.acknowledged();
    everRelied |= mayRely();
    if (peers.offered().revision() == 0) {
      forget();
    } else {
      later.headMap(acknowledged.revision(), true).clear();
      if (peers.offered().revision() > acknowledged.revision()) {
        later.put(peers.offered().revision(), peers.offered());
      }
    }
  }

  /** It was of another lease: what was promised for that one carries no other. */
  private void forget() {
    later.clear();
    promised.clear();
    asked.clear();
    said = 0;
  }

  private PeerList newest() {
    return later.isEmpty() ? acknowledged : later.lastEntry().getValue();
  }

  /**
   * Whether there is a list to acknowledge. From then on anybody on it may be granted, or anybody
   * at all where it is empty; so whatever the active counts on by then, all of them must have
   * promised.
   *
   * @param countedOn until when the active works on by its peers' word; {@link Times#NEVER_YET}: it
   *     does not
   */
  boolean acknowledge(long countedOn) {
    if (said == newest().revision() || (countedOn != Times.NEVER_YET && countedOn > until())) {
      return false;
    }
    said = newest().revision();
    return true;
  }

  /** The newest list that is acknowledged; 0: none. */
  long said() {
    return said;
  }

  /**
   * Nobody's promise counts before the coordinators are known to keep to a list, nor once there is
   * an empty one: with that they keep to none.
   */
  boolean mayRely() {
    return !acknowledged.peers().isEmpty() && !newest().peers().isEmpty();
  }

  /** Whether it ever relied on others, or could have. */
  boolean everRelied() {
    return everRelied;
  }

  /** When the next questions are due. */
  long nextAsk() {
    return mayRely() ? askAt : Times.NEVER;
  }

  /** Asks everybody if it is time; what was not answered until then is taken for lost. */
  void ask(Reading now, LongSupplier numbers, Out out) {
    if (now.nanos() < askAt) {
      return;
    }
    askAt = now.nanos() + EVERY;
    asked.values().removeIf(sent -> now.nanos() - sent.at() > Promises.MILLIS * Times.MILLI);
    for (Peer peer : relied()) {
      long number = numbers.getAsLong();
      asked.put(number, new Sent(peer, now.nanos(), now.suspensions()));
      out.ask(number, peer);
    }
  }

  private Set<Peer> relied() {
    Set<Peer> all = new LinkedHashSet<>(acknowledged.peers());
    later.values().forEach(list -> all.addAll(list.peers()));
    return all;
  }

  /** A promise counts from the sending of its question, and not across a suspension. */
  void answered(long number, long millis, Reading now) {
    Sent sent = asked.remove(number);
    if (sent != null && millis > 0 && sent.suspensions() == now.suspensions()) {
      long counted = Math.min(millis, Promises.MILLIS);
      promised.merge(sent.peer(), length.deadline(sent.at(), counted), Math::max);
    }
  }

  /** Until when everybody has promised to start nothing; in the past where somebody has not. */
  long until() {
    if (!mayRely()) {
      return Times.NEVER_YET;
    }
    long until = Times.NEVER;
    for (Peer peer : relied()) {
      until = Math.min(until, promised.getOrDefault(peer, Times.NEVER_YET));
    }
    return until;
  }
}
