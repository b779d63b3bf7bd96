package io.baton.jepsen.net;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A {@link Link} for every ordered pair of nodes: each node reaches each of its peers by one of its
 * own. Clients go round them.
 */
public final class PeerLinks implements AutoCloseable {
  private record Pair(String from, String to) {
    boolean touches(String id) {
      return from.equals(id) || to.equals(id);
    }
  }

  private final Map<Pair, Link> links = new LinkedHashMap<>();

  private PeerLinks() {}

  /**
   * Links between all of these.
   *
   * @param ports by node id, where it listens for its peers
   */
  public static PeerLinks between(Map<String, Integer> ports) throws IOException {
    PeerLinks links = new PeerLinks();
    for (String from : ports.keySet()) {
      for (Map.Entry<String, Integer> to : ports.entrySet()) {
        if (!from.equals(to.getKey())) {
          links.links.put(new Pair(from, to.getKey()), Link.open(0, to.getValue()));
        }
      }
    }
    return links;
  }

  /** What each node has to take for its peers' addresses, by both their ids. */
  public Map<String, Map<String, String>> addresses() {
    Map<String, Map<String, String>> addresses = new TreeMap<>();
    links.forEach(
        (pair, link) ->
            addresses
                .computeIfAbsent(pair.from, id -> new TreeMap<>())
                .put(pair.to, "127.0.0.1:" + link.port()));
    return addresses;
  }

  /** Cuts one node off from all others, both ways. */
  public void isolate(String id) {
    touching(id, Link::cut);
  }

  /** Ends all connections from and to one node. */
  public void reset(String id) {
    touching(id, Link::reset);
  }

  /** Holds back everything from and to one node, each way. */
  public void delay(String id, long millis) {
    touching(id, link -> link.delay(millis));
  }

  /** Makes every link whole. */
  public void heal() {
    links.values().forEach(Link::heal);
  }

  private void touching(String id, Consumer<Link> action) {
    links.forEach(
        (pair, link) -> {
          if (pair.touches(id)) {
            action.accept(link);
          }
        });
  }

  @Override
  public void close() {
    links.values().forEach(Link::close);
  }
}
