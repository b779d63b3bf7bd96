package io.baton.coordinator.config;

import io.baton.coordinator.state.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the file's list of coordinators. */
final class CoordinatorList {
  private static final Set<String> KEYS = Set.of("id", "api", "http", "raft", "peers");
  private static final Set<String> ENDPOINT_KEYS = Set.of("bind", "advertise");
  private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

  private final YamlFile file;
  private final Problems problems;
  private final Map<String, String> origins;
  private final Map<String, String> claimed = new LinkedHashMap<>();

  /** {@code origins} takes up where each coordinator's ports stand. */
  CoordinatorList(YamlFile file, Problems problems, Map<String, String> origins) {
    this.file = file;
    this.problems = problems;
    this.origins = origins;
  }

  /** The key under which the origin of a coordinator's port is kept. */
  static String originKey(String id, String port) {
    return Key.COORDINATORS + "." + id + "." + port;
  }

  List<CoordinatorEntry> read(Node node) {
    List<CoordinatorEntry> entries = new ArrayList<>();
    for (Node item : file.list(Key.COORDINATORS, node)) {
      entry(item).ifPresent(entries::add);
    }
    if (entries.isEmpty() && problems.none()) {
      problems.add(file.at(node), "coordinators: none is listed");
    }
    for (CoordinatorEntry entry : entries) {
      checkPeers(entry, entries.stream().map(CoordinatorEntry::id).toList());
    }
    return entries;
  }

  private Optional<CoordinatorEntry> entry(Node item) {
    Map<String, YamlFile.Entry> values = file.mapping(Key.COORDINATORS, item);
    file.refuseUnknown(Key.COORDINATORS + ".", values, KEYS);
    Optional<String> id = id(item, values.get("id"));
    String name = id.orElse("?");
    Optional<Endpoint> api = endpoint(item, name, "api", values);
    Optional<Endpoint> http = endpoint(item, name, "http", values);
    Optional<Endpoint> raft = endpoint(item, name, "raft", values);
    Map<String, HostPort> peers = peers(name, values.get("peers"));
    return id.isPresent() && api.isPresent() && http.isPresent() && raft.isPresent()
        ? Optional.of(new CoordinatorEntry(name, api.get(), http.get(), raft.get(), peers))
        : Optional.empty();
  }

  private Optional<String> id(Node item, YamlFile.@Nullable Entry value) {
    if (value == null) {
      problems.add(file.at(item), "coordinators: 'id' is missing");
      return Optional.empty();
    }
    return file.scalar("coordinators.id", value.node())
        .flatMap(id -> problems.parse("coordinators.id", id, CoordinatorList::name))
        .filter(id -> claim(id, "coordinators: id '" + id + "'", file.at(value.node())));
  }

  private static String name(String id) {
    if (!Limits.isName(id)) {
      throw new IllegalArgumentException("'" + id + "' is not a name: " + Limits.NAME_RULE);
    }
    return id;
  }

  private boolean claim(String what, String message, String origin) {
    String before = claimed.putIfAbsent(what, origin);
    if (before != null) {
      problems.add(origin, message + " is taken already (" + before + ")");
    }
    return before == null;
  }

  private Optional<Endpoint> endpoint(
      Node item, String id, String port, Map<String, YamlFile.Entry> values) {
    String path = Key.COORDINATORS + "." + port;
    YamlFile.Entry value = values.get(port);
    if (value == null) {
      problems.add(file.at(item), path + ": is missing (host:port) for coordinator " + id);
      return Optional.empty();
    }
    origins.put(originKey(id, port), file.at(value.node()));
    Optional<Endpoint> endpoint =
        YamlFile.isScalar(value.node())
            ? address(path, value.node()).map(a -> new Endpoint(a, a))
            : longForm(path, value.node());
    return endpoint.filter(e -> reachable(path, e, file.at(value.node())));
  }

  private Optional<Endpoint> longForm(String path, Node node) {
    Map<String, YamlFile.Entry> values = file.mapping(path, node);
    file.refuseUnknown(path + ".", values, ENDPOINT_KEYS);
    YamlFile.Entry bind = values.get("bind");
    if (bind == null) {
      problems.add(file.at(node), path + ".bind: is missing (host:port)");
      return Optional.empty();
    }
    YamlFile.Entry advertise = values.getOrDefault("advertise", bind);
    Optional<HostPort> from = address(path + ".bind", bind.node());
    Optional<HostPort> to = address(path + ".advertise", advertise.node());
    return from.isPresent() && to.isPresent()
        ? Optional.of(new Endpoint(from.get(), to.get()))
        : Optional.empty();
  }

  private boolean reachable(String path, Endpoint endpoint, String origin) {
    if (WILDCARDS.contains(endpoint.advertise().host())) {
      problems.add(
          origin,
          path
              + ": nobody can reach "
              + endpoint.advertise()
              + "; write {bind: …, advertise: host:port}");
      return false;
    }
    String address = endpoint.advertise().toString();
    return claim(address, path + ": " + address, origin);
  }

  private Optional<HostPort> address(String path, Node node) {
    return file.scalar(path, node)
        .flatMap(text -> problems.parse(path, text, CoordinatorList::fixedPort));
  }

  private static HostPort fixedPort(String text) {
    HostPort address = HostPort.parse(text);
    if (address.port() == 0) {
      throw new IllegalArgumentException("'" + text + "' needs a port that others can know");
    }
    return address;
  }

  private Map<String, HostPort> peers(String id, YamlFile.@Nullable Entry value) {
    Map<String, HostPort> peers = new LinkedHashMap<>();
    if (value != null) {
      origins.put(originKey(id, "peers"), file.at(value.node()));
      String path = Key.COORDINATORS + ".peers";
      file.mapping(path, value.node())
          .forEach(
              (peer, entry) ->
                  address(path + "." + peer, entry.node()).ifPresent(a -> peers.put(peer, a)));
    }
    return peers;
  }

  private void checkPeers(CoordinatorEntry entry, List<String> ids) {
    for (String peer : entry.peers().keySet()) {
      if (!ids.contains(peer)) {
        problems.add(
            origins.getOrDefault(originKey(entry.id(), "peers"), ""),
            "coordinators.peers: no coordinator is called '"
                + peer
                + "'"
                + Spelling.suggestion(peer, ids));
      }
    }
  }
}
