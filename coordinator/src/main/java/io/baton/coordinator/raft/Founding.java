package io.baton.coordinator.raft;

import io.baton.coordinator.disk.DataDirectory;
import io.baton.coordinator.disk.Marker;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Coordinator;
import io.baton.internal.v1.Description;
import io.baton.internal.v1.Founder;
import io.baton.internal.v1.Phase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Decides what a coordinator with an empty directory may do: found the cluster with the others,
 * wait to be added to it, or never start (design §5.6).
 *
 * <p>The danger is amnesia: a coordinator that has voted, and lost its disk, votes again. The
 * rules: a directory has a random id, durable before anything is answered. Whoever founds fixes,
 * durably and before it first votes, the set of <i>founders</i>: the directory id of every listed
 * coordinator, as each gave it. An empty directory founds only when every listed coordinator has
 * answered, and each either is empty itself or names this very directory in its set.
 *
 * <p>Why that is enough, without a second phase: let B, with directory d, have given a vote (or an
 * acknowledgement) that counted for another coordinator X, and lose d; it comes back with d'. X
 * fixed its set before it asked for the vote, so while d still was; so the set doesn't name d',
 * which did not exist. X's disk keeps the set, and B must hear from X before it founds: it is
 * refused. That some third coordinator gathered its answers slowly, and holds a set with d' or with
 * an older directory, changes nothing, since all must agree. A vote that counted for B alone needs
 * no memory: as a leader, too, B needs another coordinator's vote, and that one fixed its set
 * before it voted.
 *
 * <p>Votes and entries count in one Raft group only, whose id is drawn from the set. So founders
 * with different sets never form a cluster, and a coordinator that lost its disk and lists too few
 * to be told so founds a cluster apart; it cannot vote in the old one.
 *
 * <p>A joiner needs no such argument: it starts only when told that its directory is registered,
 * and an id is registered with one directory, once and for all, by the log.
 */
public final class Founding {
  /** What to do. */
  public sealed interface Verdict {
    /** Vote from the beginning, together with these. */
    record Found(String clusterName, SortedMap<String, String> founders) implements Verdict {
      /**
       * The Raft group that they found. Its id is drawn from who they are, so that a vote or an
       * entry of one founding means nothing to another, whatever the two clusters are called.
       */
      UUID group() {
        return UUID.nameUUIDFromBytes(
            (clusterName + ' ' + founders).getBytes(StandardCharsets.UTF_8));
      }
    }

    /** Do nothing yet. */
    record Wait(String forWhom) implements Verdict {}

    /** Never start from this directory. */
    record Refuse(String why) implements Verdict {}
  }

  private final RaftConfig config;
  private final Marker marker;

  Founding(RaftConfig config, Marker marker) {
    this.config = config;
    this.marker = marker;
  }

  /**
   * The first command of a new cluster.
   *
   * @param marker of a coordinator that founded
   * @param configured all that the configuration lists, their directories left open
   */
  public static Command.Found command(
      Marker marker,
      String clusterId,
      long maxTtlMillis,
      long defaultTtlMillis,
      List<Coordinator> configured) {
    List<Coordinator> founders = new ArrayList<>();
    for (Coordinator c : configured) {
      String directory = marker.founders().get(c.id());
      if (directory != null) {
        founders.add(
            new Coordinator(
                c.id(), directory, c.apiAddress(), c.raftAddress(), c.httpAddress(), false));
      }
    }
    return new Command.Found(clusterId, maxTtlMillis, defaultTtlMillis, founders);
  }

  /** What a coordinator says of itself. */
  static Description.Builder describe(RaftConfig config, Marker marker) {
    Description.Builder description =
        Description.newBuilder()
            .setClusterName(config.clusterName())
            .setCoordinator(config.self())
            .setDirectory(marker.directory())
            .setGroup(marker.group())
            .setPhase(
                marker.phase() == Marker.Phase.EMPTY ? Phase.PHASE_EMPTY : Phase.PHASE_INITIALISED)
            .setApiAddress(config.own().apiAddress())
            .setRaftAddress(config.own().raftAddress())
            .addAllListed(listed(config));
    marker
        .founders()
        .forEach(
            (id, directory) ->
                description.addFounders(
                    Founder.newBuilder().setCoordinator(id).setDirectory(directory)));
    return description;
  }

  private static List<String> listed(RaftConfig config) {
    return config.coordinators().stream().map(RaftConfig.Peer::id).sorted().toList();
  }

  /** Judges the answers of all other listed coordinators; empty: no answer. */
  Verdict judge(Map<String, Optional<Description>> answers) {
    List<String> silent = new ArrayList<>();
    List<Description> heard = new ArrayList<>();
    for (Map.Entry<String, Optional<Description>> answer : new TreeMap<>(answers).entrySet()) {
      if (answer.getValue().isEmpty()) {
        silent.add(answer.getKey());
        continue;
      }
      Description description = answer.getValue().get();
      Optional<String> objection = objection(answer.getKey(), description);
      if (objection.isPresent()) {
        return new Verdict.Refuse(objection.get());
      }
      heard.add(description);
    }
    if (heard.stream().anyMatch(this::isOtherCluster)) {
      return new Verdict.Wait("'coordinator add' on the cluster, which exists without this one");
    }
    if (!silent.isEmpty()) {
      return new Verdict.Wait("an answer of " + String.join(", ", silent));
    }
    for (Description description : heard) {
      if (!description.getListedList().equals(listed(config))) {
        return new Verdict.Wait(
            "the same list of coordinators everywhere: %s lists %s, this one %s"
                .formatted(
                    description.getCoordinator(), description.getListedList(), listed(config)));
      }
    }
    return agree(heard);
  }

  /** Why this directory must not start, by what one coordinator says. */
  private Optional<String> objection(String asked, Description answer) {
    if (!answer.getClusterName().equals(config.clusterName())
        || !answer.getCoordinator().equals(asked)) {
      return Optional.of(
          "at the address of coordinator %s answers coordinator %s of cluster %s: correct the list"
              .formatted(asked, answer.getCoordinator(), answer.getClusterName()));
    }
    if (answer.getRetired()) {
      return Optional.of(
          "coordinator %s was removed from the cluster; its id is used up: add a new id"
              .formatted(config.self()));
    }
    String founder = founders(answer).getOrDefault(config.self(), marker.directory());
    String registered = answer.getRegisteredDirectory();
    boolean known =
        founder.equals(marker.directory())
            && (registered.isEmpty() || registered.equals(marker.directory()));
    return known
        ? Optional.empty()
        : Optional.of(
            "coordinator %s lost its disk: remove it and add a new id (%s knows it with another directory). %s"
                .formatted(config.self(), asked, DataDirectory.rejoin()));
  }

  private boolean isOtherCluster(Description answer) {
    return answer.getPhase() == Phase.PHASE_INITIALISED
        && !founders(answer).containsKey(config.self());
  }

  private Verdict agree(List<Description> heard) {
    SortedMap<String, String> present = new TreeMap<>();
    present.put(config.self(), marker.directory());
    heard.forEach(answer -> present.put(answer.getCoordinator(), answer.getDirectory()));
    for (Description answer : heard) {
      if (answer.getPhase() == Phase.PHASE_INITIALISED) {
        return new Verdict.Found(config.clusterName(), founders(answer));
      }
    }
    return new Verdict.Found(config.clusterName(), present);
  }

  private static SortedMap<String, String> founders(Description answer) {
    SortedMap<String, String> founders = new TreeMap<>();
    answer.getFoundersList().forEach(f -> founders.put(f.getCoordinator(), f.getDirectory()));
    return founders;
  }
}
