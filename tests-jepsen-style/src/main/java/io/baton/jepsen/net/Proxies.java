package io.baton.jepsen.net;

import io.baton.jepsen.cluster.Ports;
import io.baton.jepsen.cluster.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A network of {@link Link}s on the loopback interface, for any user. Every process has a file of
 * host names of its own, in which each coordinator is the address of a link that leads there: so
 * all use the same names and ports, and each pair has its own link. Linux only: elsewhere most of
 * 127.0.0.0/8 is nobody's address.
 */
public final class Proxies implements Fabric {
  private static final long SLOW_MILLIS = 150;

  private record Pair(String from, String to) {
    boolean touches(String host) {
      return from.equals(host) || to.equals(host);
    }
  }

  private final Path directory;
  private final List<Integer> ports = Ports.free(3);
  private final int network = ThreadLocalRandom.current().nextInt(64, 128);
  private final Map<String, Integer> coordinators = new LinkedHashMap<>();
  private final Map<String, Integer> agents = new LinkedHashMap<>();
  private final Map<Pair, List<Link>> links = new LinkedHashMap<>();
  private int numbers;

  /**
   * Without a host yet.
   *
   * @param directory for the files of names
   */
  public Proxies(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  @Override
  public String kind() {
    return "proxies on the loopback interface";
  }

  @Override
  public synchronized Site coordinator(String host) {
    if (!coordinators.containsKey(host)) {
      List<String> others = List.copyOf(coordinators.keySet());
      coordinators.put(host, ++numbers);
      for (String other : others) {
        open(host, other, peerPorts());
        open(other, host, peerPorts());
      }
      agents.keySet().forEach(agent -> open(agent, host, apiPort()));
      writeNames();
    }
    String own = own(host);
    return new Site(
        own, host, own, ports.get(0), ports.get(1), ports.get(2), List.of(), Map.of(), names(host));
  }

  @Override
  public synchronized Site agent(String host) {
    if (!agents.containsKey(host)) {
      agents.put(host, ++numbers);
      coordinators.keySet().forEach(coordinator -> open(host, coordinator, apiPort()));
      writeNames();
    }
    String here = "127.0.0.1";
    return new Site(here, host, here, 0, 0, 0, List.of(), Map.of(), names(host));
  }

  @Override
  public synchronized void remove(String host) {
    links.entrySet().stream()
        .filter(link -> link.getKey().touches(host))
        .forEach(link -> link.getValue().forEach(Link::close));
    links.keySet().removeIf(pair -> pair.touches(host));
    coordinators.remove(host);
    agents.remove(host);
    writeNames();
  }

  private List<Integer> apiPort() {
    return ports.subList(0, 1);
  }

  /** Coordinators ask each other by the API before there is a Raft group. */
  private List<Integer> peerPorts() {
    return List.of(ports.get(0), ports.get(2));
  }

  private void open(String from, String to, List<Integer> toPorts) {
    try {
      List<Link> opened = new ArrayList<>();
      for (int port : toPorts) {
        InetSocketAddress listen = new InetSocketAddress(between(from, to), port);
        opened.add(Link.open(listen, new InetSocketAddress(own(to), port)));
      }
      links.put(new Pair(from, to), opened);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String between(String from, String to) {
    return "127." + network + "." + number(from) + "." + number(to);
  }

  /** Where a coordinator really listens. */
  private String own(String coordinator) {
    return "127." + network + ".0." + number(coordinator);
  }

  private int number(String host) {
    return Objects.requireNonNull(coordinators.getOrDefault(host, agents.get(host)), host);
  }

  /** What each process reads whenever it looks up a name. */
  private void writeNames() {
    coordinators.keySet().forEach(this::writeNames);
    agents.keySet().forEach(this::writeNames);
  }

  private void writeNames(String reader) {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
    for (String name : coordinators.keySet()) {
      String address = name.equals(reader) ? own(name) : between(reader, name);
      text.append(address).append(' ').append(name).append('\n');
    }
    try {
      Files.writeString(hosts(reader), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path hosts(String host) {
    return directory.resolve(host + ".hosts");
  }

  private List<String> names(String host) {
    return List.of("-Djdk.net.hosts.file=" + hosts(host));
  }

  @Override
  public String harnessHost() {
    return "127.0.0.1";
  }

  @Override
  public synchronized void cut(String from, String to) {
    links.getOrDefault(new Pair(from, to), List.of()).forEach(Link::cutThere);
    links.getOrDefault(new Pair(to, from), List.of()).forEach(Link::cutBack);
  }

  @Override
  public void slow(String host) {
    touching(host, link -> link.delay(SLOW_MILLIS));
  }

  @Override
  public void lose(String host, int percent) {
    touching(host, link -> link.lose(percent));
  }

  @Override
  public void reset(String host) {
    touching(host, Link::reset);
  }

  @Override
  public synchronized void heal() {
    links.values().forEach(some -> some.forEach(Link::heal));
  }

  private synchronized void touching(String host, Consumer<Link> action) {
    links.forEach(
        (pair, some) -> {
          if (pair.touches(host)) {
            some.forEach(action);
          }
        });
  }

  @Override
  public synchronized void close() {
    links.values().forEach(some -> some.forEach(Link::close));
  }
}
