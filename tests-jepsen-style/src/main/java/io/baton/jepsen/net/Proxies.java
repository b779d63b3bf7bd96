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
import java.util.function.Function;

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

    boolean is(String one, String other) {
      return from.equals(one) && to.equals(other);
    }
  }

  /** What is wrong, for as long as it is. Not a record: two that do the same are two. */
  private static final class Fault {
    private final Function<Pair, Trouble> effect;

    Fault(Function<Pair, Trouble> effect) {
      this.effect = effect;
    }
  }

  private final Path directory;
  private final List<Integer> ports = Ports.free(3);
  private final int network = ThreadLocalRandom.current().nextInt(64, 128);
  private final Map<String, Integer> coordinators = new LinkedHashMap<>();
  private final Map<String, Integer> agents = new LinkedHashMap<>();
  private final Map<Pair, List<Link>> links = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
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
      Pair pair = new Pair(from, to);
      links.put(pair, opened);
      trouble(pair);
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
  public Repair cut(String from, String to) {
    return begin(new Fault(pair -> new Trouble(pair.is(from, to), pair.is(to, from), 0, 0)));
  }

  @Override
  public Repair slow(String host) {
    return begin(
        new Fault(pair -> new Trouble(false, false, pair.touches(host) ? SLOW_MILLIS : 0, 0)));
  }

  @Override
  public Repair lose(String host, int percent) {
    return begin(new Fault(pair -> new Trouble(false, false, 0, pair.touches(host) ? percent : 0)));
  }

  @Override
  public synchronized Repair reset(String host) {
    links.forEach(
        (pair, some) -> {
          if (pair.touches(host)) {
            some.forEach(Link::reset);
          }
        });
    return () -> {};
  }

  @Override
  public synchronized void heal() {
    faults.clear();
    links.keySet().forEach(this::trouble);
  }

  private synchronized Repair begin(Fault fault) {
    faults.add(fault);
    links.keySet().forEach(this::trouble);
    return Repair.once(() -> end(fault));
  }

  private synchronized void end(Fault fault) {
    faults.remove(fault);
    links.keySet().forEach(this::trouble);
  }

  /** Lets the links of a pair suffer what all faults together do to it. */
  private void trouble(Pair pair) {
    Trouble all = Trouble.NONE;
    for (Fault fault : faults) {
      all = all.and(fault.effect.apply(pair));
    }
    for (Link link : links.getOrDefault(pair, List.of())) {
      link.suffer(all);
    }
  }

  @Override
  public synchronized void close() {
    links.values().forEach(some -> some.forEach(Link::close));
  }
}
