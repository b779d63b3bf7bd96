package io.baton.jepsen.cluster;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where one process runs, and by which addresses it is found.
 *
 * @param bindHost where it opens its ports
 * @param advertisedHost what the other processes take for it
 * @param harnessHost what the harness reaches it by, whatever lies between the others
 * @param apiPort of a coordinator, as the next two; 0 for an agent
 * @param prefix put before its command, such as {@code nsenter}; may be empty
 * @param environment added to its own
 * @param jvmOptions added to its own
 */
public record Site(
    String bindHost,
    String advertisedHost,
    String harnessHost,
    int apiPort,
    int httpPort,
    int raftPort,
    List<String> prefix,
    Map<String, String> environment,
    List<String> jvmOptions) {
  public Site {
    prefix = List.copyOf(prefix);
    environment = Map.copyOf(environment);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** A coordinator's, on the loopback interface, with nothing in between. */
  static Site loopback(List<Integer> ports) {
    String host = "127.0.0.1";
    return new Site(
        host, host, host, ports.get(0), ports.get(1), ports.get(2), List.of(), Map.of(), List.of());
  }

  /** An agent's, likewise. */
  public static Site loopback() {
    return loopback(List.of(0, 0, 0));
  }

  /** The same with more of an environment. */
  public Site withEnvironment(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(more);
    return new Site(
        bindHost,
        advertisedHost,
        harnessHost,
        apiPort,
        httpPort,
        raftPort,
        prefix,
        all,
        jvmOptions);
  }
}
