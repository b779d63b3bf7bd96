package io.baton.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One thing that goes wrong, or that somebody does: what, to whom, and for how long or how much. A
 * value, written as {@code crash n1 for 3s}.
 *
 * @param target a node ({@code n1}, {@code m2}), who plays a part when it strikes ({@code leader},
 *     {@code holder}), or a link ({@code n1>n2} one way, {@code n1-n2} both), whose ends may also
 *     be all coordinators ({@code *}) or all {@code agents}
 * @param amount in the kind's unit
 */
record Fault(Kind kind, String target, long amount) {
  /** What the amount means, and the word before it. */
  enum Unit {
    NONE(""),
    MILLIS(" for "),
    TTL(" to "),
    TIMES(" times ");

    private final String word;

    Unit(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Whom a kind can strike. */
  enum Victims {
    NOBODY,
    PROCESS,
    COORDINATOR,
    AGENT,
    PEER_LINK,
    AGENT_LINK
  }

  /** What can go wrong. {@code ttls}: the longest it lasts, in TTLs of the scenario. */
  enum Kind {
    PAUSE(Victims.PROCESS, Unit.MILLIS, 3),
    SUSPEND(Victims.PROCESS, Unit.MILLIS, 2),
    CRASH(Victims.PROCESS, Unit.MILLIS, 3),
    /** The un-synced tail of the log is lost too. */
    POWER_OFF(Victims.COORDINATOR, Unit.MILLIS, 3),
    CUT(Victims.PEER_LINK, Unit.MILLIS, 2),
    UNPLUG(Victims.AGENT_LINK, Unit.MILLIS, 2),
    RESET(Victims.AGENT, Unit.NONE, 0),
    LAG(Victims.NOBODY, Unit.MILLIS, 1),
    STALL(Victims.COORDINATOR, Unit.MILLIS, 2),
    /** Two processes share a member's id; the second proves somebody else's death. */
    TWIN(Victims.AGENT, Unit.MILLIS, 3),
    SWITCHOVER(Victims.NOBODY, Unit.NONE, 0),
    TTL(Victims.NOBODY, Unit.TTL, 0),
    RECREATE(Victims.NOBODY, Unit.TTL, 0),
    RESIGN(Victims.AGENT, Unit.NONE, 0),
    CLOSE(Victims.AGENT, Unit.MILLIS, 3),
    TRANSFER(Victims.NOBODY, Unit.NONE, 0),
    /** The leader changes at each of the next entries. */
    DEPOSE(Victims.NOBODY, Unit.TIMES, 0),
    /** All coordinators at once. */
    BLACKOUT(Victims.NOBODY, Unit.MILLIS, 2),
    /** Its health checks fail. */
    UNFIT(Victims.AGENT, Unit.MILLIS, 3),
    /** Everybody's of a group. */
    UNFIT_ALL(Victims.NOBODY, Unit.MILLIS, 3),
    /** It catches up its data. */
    CATCH_UP(Victims.AGENT, Unit.MILLIS, 3),
    DRAIN(Victims.AGENT, Unit.MILLIS, 3),
    /** The host of an agent, with everybody else on it. */
    DRAIN_HOST(Victims.AGENT, Unit.MILLIS, 3),
    /** An operator pauses a group, or all. */
    HOLD_STILL(Victims.NOBODY, Unit.MILLIS, 4),
    FAILOVER(Victims.NOBODY, Unit.NONE, 0),
    REVOKE(Victims.NOBODY, Unit.NONE, 0),
    /** A group gets another policy. */
    POLICY(Victims.NOBODY, Unit.NONE, 0);

    private final Victims victims;
    private final Unit unit;
    private final int ttls;

    Kind(Victims victims, Unit unit, int ttls) {
      this.victims = victims;
      this.unit = unit;
      this.ttls = ttls;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Victims victims() {
      return victims;
    }

    Unit unit() {
      return unit;
    }

    static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word().equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("unknown fault: " + word);
    }

    /** Who can be struck in a scenario, the interesting ones more than once. */
    List<String> targets(Scenario scenario) {
      List<String> coordinators = names("n", scenario.coordinators());
      List<String> agents = names("m", scenario.agents());
      List<String> all = new ArrayList<>();
      switch (victims) {
        case NOBODY -> all.add("");
        case PROCESS -> {
          all.addAll(somebody(coordinators, "leader"));
          if (scenario.strikesAgents()) {
            all.addAll(somebody(agents, "holder"));
          }
        }
        case COORDINATOR -> all.addAll(somebody(coordinators, "leader"));
        case AGENT -> all.addAll(somebody(agents, "holder"));
        case PEER_LINK -> peerLinks(coordinators, all);
        case AGENT_LINK -> {
          if (scenario.strikesAgents()) {
            agentLinks(agents, coordinators, all);
          }
          if (scenario.shapes() == Shapes.ANY) {
            all.addAll(List.of("holder-agents", "holder>agents", "agents>holder"));
          }
          all.addAll(List.of("agents-leader", "agents>leader"));
        }
      }
      return all;
    }

    private static List<String> names(String prefix, int count) {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        names.add(prefix + i);
      }
      return names;
    }

    private static List<String> somebody(List<String> each, String important) {
      List<String> all = new ArrayList<>(each);
      each.forEach(name -> all.add(important));
      return all;
    }

    private static void peerLinks(List<String> coordinators, List<String> all) {
      for (String one : coordinators) {
        all.addAll(List.of("leader-*", one + "-*", one + ">*", "*>" + one));
      }
      all.addAll(List.of("leader>*", "*>leader"));
      for (int i = 1; i < coordinators.size(); i++) {
        String a = coordinators.get(i - 1);
        String b = coordinators.get(i);
        all.addAll(List.of(a + "-" + b, a + ">" + b, b + ">" + a));
      }
    }

    private static void agentLinks(
        List<String> agents, List<String> coordinators, List<String> to) {
      for (String agent : somebody(agents, "holder")) {
        to.addAll(List.of(agent + "-*", agent + "-*", agent + ">*", "*>" + agent));
        to.addAll(List.of(agent + "-leader", agent + ">leader", "leader>" + agent));
      }
      for (String agent : agents) {
        coordinators.forEach(c -> to.add(agent + "-" + c));
      }
    }
  }

  /**
   * One of this kind.
   *
   * @param choice any number: picks the target
   * @param permille 20 to 1020: of the longest
   */
  static Fault of(Kind kind, Scenario scenario, int choice, int permille) {
    List<String> targets = kind.targets(scenario);
    long amount =
        switch (kind.unit) {
          case NONE -> 0;
          case MILLIS -> permille * scenario.ttlMillis() * kind.ttls / 1000;
          case TTL -> 1_000L * (1 + permille % 5);
          case TIMES -> 1 + permille % 12;
        };
    return new Fault(kind, targets.get(Math.floorMod(choice, targets.size())), amount);
  }

  /** Milliseconds until it is over. */
  long lasts() {
    return kind.unit == Unit.MILLIS ? amount : 0;
  }

  @Override
  public String toString() {
    String whom = target.isEmpty() ? "" : " " + target;
    String value =
        switch (kind.unit) {
          case NONE -> "";
          case MILLIS, TTL -> Schedule.seconds(amount);
          case TIMES -> Long.toString(amount);
        };
    return kind.word() + whom + kind.unit.word + value;
  }
}
