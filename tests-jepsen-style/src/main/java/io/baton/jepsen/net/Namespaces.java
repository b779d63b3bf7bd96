package io.baton.jepsen.net;

import io.baton.jepsen.cluster.Site;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network of Linux network namespaces, one a host, joined by a bridge in the namespace of this
 * process; iptables drops what is cut or lost, a token bucket slows a host's sending.
 *
 * <p>This process must be alone in its network and mount namespaces, and root in them ({@code
 * unshare --net --mount}, as {@code scripts/torture} does): then everything made here goes with it.
 */
public final class Namespaces implements Fabric {
  private static final String BRIDGE = "10.77.0.1";
  private static final int API = 7000;
  private static final Repair NOTHING = () -> {};

  private final Path names;
  private final Map<String, String> hosts = new LinkedHashMap<>();
  private final Map<String, Integer> slowed = new HashMap<>();
  private int numbers;
  private long healed;

  /**
   * Without a host yet.
   *
   * @param directory for the file of names
   */
  public Namespaces(Path directory) {
    this.names = directory.toAbsolutePath().resolve("hosts");
    run("ip", "link", "set", "lo", "up");
    run("ip", "link", "add", "br0", "type", "bridge");
    run("ip", "addr", "add", BRIDGE + "/16", "dev", "br0");
    run("ip", "link", "set", "br0", "up");
  }

  /** Whether this process may make them and has the tools; else why not. */
  public static String obstacle() {
    for (List<String> probe :
        List.of(
            List.of("ip", "link", "add", "probe0", "type", "bridge"),
            List.of("ip", "link", "del", "probe0"),
            List.of("iptables", "-w", "-S"),
            List.of("nsenter", "--version"),
            List.of("tc", "-V"))) {
      try {
        Process process =
            new ProcessBuilder(probe)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
          return "'" + String.join(" ", probe) + "' is not allowed";
        }
      } catch (IOException missing) {
        return probe.get(0) + " is not installed";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "interrupted";
      }
    }
    return "";
  }

  private void writeNames() {
    StringBuilder text = new StringBuilder("127.0.0.1 localhost\n");
    hosts.forEach((host, address) -> text.append(address).append(' ').append(host).append('\n'));
    try {
      Files.writeString(names, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make(String host) {
    numbers++;
    hosts.put(host, "10.77.1." + numbers);
    writeNames();
    run("ip", "netns", "add", host);
    run("ip", "link", "add", port(host), "type", "veth", "peer", "name", "eth0", "netns", host);
    run("ip", "link", "set", port(host), "master", "br0", "up");
    inside(host, "ip", "addr", "add", address(host) + "/16", "dev", "eth0");
    inside(host, "ip", "link", "set", "lo", "up");
    inside(host, "ip", "link", "set", "eth0", "up");
  }

  private static String port(String host) {
    return "to-" + host;
  }

  private String address(String host) {
    return Objects.requireNonNull(hosts.get(host), host);
  }

  private static List<String> enter(String host) {
    return List.of("nsenter", "--net=/run/netns/" + host, "--");
  }

  @Override
  public String kind() {
    return "network namespaces";
  }

  @Override
  public Site coordinator(String host) {
    return site(host);
  }

  @Override
  public Site agent(String host) {
    return site(host);
  }

  private synchronized Site site(String host) {
    if (!hosts.containsKey(host)) {
      make(host);
    }
    String address = address(host);
    return new Site(
        address,
        host,
        address,
        API,
        API + 1,
        API + 2,
        enter(host),
        Map.of(),
        List.of("-Djdk.net.hosts.file=" + names));
  }

  @Override
  public synchronized void remove(String host) {
    run("ip", "netns", "del", host);
    hosts.remove(host);
    slowed.remove(host);
    writeNames();
  }

  @Override
  public String harnessHost() {
    return BRIDGE;
  }

  @Override
  public synchronized Repair cut(String from, String to) {
    if (!hosts.containsKey(from) || !hosts.containsKey(to)) {
      return NOTHING;
    }
    return rules(to, List.of(List.of("INPUT", "-s", address(from), "-j", "DROP")));
  }

  @Override
  public synchronized Repair slow(String host) {
    if (!hosts.containsKey(host)) {
      return NOTHING;
    }
    if (slowed.merge(host, 1, Integer::sum) == 1) {
      inside(
          host, "tc", "qdisc", "add", "dev", "eth0", "root", "tbf", "rate", "200kbit", "burst",
          "4kb", "latency", "500ms");
    }
    return until(host, () -> quicken(host));
  }

  private void quicken(String host) {
    if (slowed.merge(host, -1, Integer::sum) == 0) {
      inside(host, "tc", "qdisc", "del", "dev", "eth0", "root");
    }
  }

  @Override
  public synchronized Repair lose(String host, int percent) {
    String share = String.valueOf(percent / 100.0);
    List<List<String>> rules = new ArrayList<>();
    for (String other : others(host)) {
      for (List<String> side : List.of(List.of("INPUT", "-s"), List.of("OUTPUT", "-d"))) {
        List<String> rule = new ArrayList<>(side);
        rule.add(address(other));
        rule.addAll(List.of("-m", "statistic", "--mode", "random", "--probability", share));
        rule.addAll(List.of("-j", "DROP"));
        rules.add(rule);
      }
    }
    return rules(host, rules);
  }

  /** Sockets of others can't be ended from here; they are told that their peer is not there. */
  @Override
  public synchronized Repair reset(String host) {
    return rules(
        host,
        others(host).stream()
            .map(
                other ->
                    List.of(
                        "INPUT",
                        "-p",
                        "tcp",
                        "-s",
                        address(other),
                        "-j",
                        "REJECT",
                        "--reject-with",
                        "tcp-reset"))
            .toList());
  }

  private List<String> others(String host) {
    return hosts.keySet().stream()
        .filter(other -> hosts.containsKey(host) && !other.equals(host))
        .toList();
  }

  /** Equal rules are as many as were added: each repair takes one of them. */
  private Repair rules(String host, List<List<String>> rules) {
    rules.forEach(rule -> iptables(host, "-A", rule));
    return until(host, () -> rules.forEach(rule -> iptables(host, "-D", rule)));
  }

  /** Unless everything was healed since, or the host is gone. */
  private Repair until(String host, Runnable repair) {
    long mine = healed;
    return Repair.once(
        () -> {
          synchronized (this) {
            if (mine == healed && hosts.containsKey(host)) {
              repair.run();
            }
          }
        });
  }

  @Override
  public synchronized void heal() {
    healed++;
    slowed.clear();
    for (String host : hosts.keySet()) {
      inside(host, "iptables", "-w", "-F");
      inside(host, "sh", "-c", "tc qdisc del dev eth0 root 2>/dev/null || true");
    }
  }

  private static void iptables(String host, String action, List<String> rule) {
    List<String> command = new ArrayList<>(List.of("iptables", "-w", action));
    command.addAll(rule);
    inside(host, command.toArray(String[]::new));
  }

  private static void inside(String host, String... command) {
    List<String> all = new ArrayList<>(enter(host));
    all.addAll(List.of(command));
    run(all.toArray(String[]::new));
  }

  private static void run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at " + String.join(" ", command), e);
    }
  }

  /** Nothing to do: it goes with this process. */
  @Override
  public void close() {}
}
