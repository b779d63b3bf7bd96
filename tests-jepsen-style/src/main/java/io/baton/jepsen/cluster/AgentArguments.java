package io.baton.jepsen.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@link AgentMain} is told, as {@code name=value} arguments.
 *
 * @param endpoints of coordinators, host:port
 * @param host where it runs, by which its writes and its log are named
 * @param register of the {@link FencedRegister}, host:port
 * @param pauseMillis a stall from this length on is reported as a pause
 * @param writeMillis how often the service writes while it believes that it is active; 0: only when
 *     it becomes active and when it is told to
 * @param stateDirectory for proof of death; empty for none
 * @param leaveMillis how long the service takes to stop, at least
 * @param troublePercent how many of the callbacks take long or fail
 * @param shardWeight its share of a sharded group; 0: it takes a role, not slots
 * @param machine what the cluster is told to be its host; empty: nothing
 * @param zone likewise
 * @param peerHost where it answers other members of its group; empty: nowhere
 * @param replica whether it says how far its data are
 * @param checked whether it is a service with all that belongs to one: its health is checked, and
 *     slots that are shared out have fences
 */
public record AgentArguments(
    List<String> endpoints,
    String group,
    String member,
    String host,
    String register,
    long pauseMillis,
    long writeMillis,
    String stateDirectory,
    long leaveMillis,
    int troublePercent,
    int shardWeight,
    String machine,
    String zone,
    String peerHost,
    boolean replica,
    boolean checked) {
  public AgentArguments {
    endpoints = List.copyOf(endpoints);
  }

  /** Of a service that does nothing by itself. */
  public static AgentArguments quiet(
      List<String> endpoints, String group, String member, String register, long pauseMillis) {
    return simple(endpoints, group, member, register, pauseMillis, 0);
  }

  /** Of a service that only tells which slots it serves. */
  public static AgentArguments shards(
      List<String> endpoints, String group, String member, String register, int weight) {
    return simple(endpoints, group, member, register, Integer.MAX_VALUE, weight);
  }

  private static AgentArguments simple(
      List<String> endpoints,
      String group,
      String member,
      String register,
      long pauseMillis,
      int shardWeight) {
    return new AgentArguments(
        endpoints,
        group,
        member,
        member,
        register,
        pauseMillis,
        0,
        "",
        0,
        0,
        shardWeight,
        "",
        "",
        "",
        false,
        false);
  }

  List<String> words() {
    Map<String, Object> all = new TreeMap<>();
    all.put("endpoints", String.join(",", endpoints));
    all.put("group", group);
    all.put("member", member);
    all.put("host", host);
    all.put("register", register);
    all.put("pause-millis", pauseMillis);
    all.put("write-millis", writeMillis);
    all.put("state-directory", stateDirectory);
    all.put("leave-millis", leaveMillis);
    all.put("trouble-percent", troublePercent);
    all.put("shard-weight", shardWeight);
    all.put("machine", machine);
    all.put("zone", zone);
    all.put("peer-host", peerHost);
    all.put("replica", replica);
    all.put("checked", checked);
    List<String> words = new ArrayList<>();
    all.forEach((name, value) -> words.add(name + "=" + value));
    return words;
  }

  static AgentArguments parse(String[] words) {
    Map<String, String> all = new TreeMap<>();
    for (String word : words) {
      String[] pair = word.split("=", 2);
      all.put(pair[0], pair[1]);
    }
    return new AgentArguments(
        List.of(value(all, "endpoints").split(",", -1)),
        value(all, "group"),
        value(all, "member"),
        value(all, "host"),
        value(all, "register"),
        Long.parseLong(value(all, "pause-millis")),
        Long.parseLong(value(all, "write-millis")),
        value(all, "state-directory"),
        Long.parseLong(value(all, "leave-millis")),
        Integer.parseInt(value(all, "trouble-percent")),
        Integer.parseInt(value(all, "shard-weight")),
        value(all, "machine"),
        value(all, "zone"),
        value(all, "peer-host"),
        Boolean.parseBoolean(value(all, "replica")),
        Boolean.parseBoolean(value(all, "checked")));
  }

  private static String value(Map<String, String> all, String name) {
    String value = all.get(name);
    if (value == null) {
      throw new IllegalArgumentException(name + "= is missing");
    }
    return value;
  }
}
