package io.baton.jepsen.torture;

import io.baton.jepsen.checker.Life;
import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.history.History;
import io.baton.jepsen.report.Band;
import io.baton.jepsen.report.Bar;
import io.baton.jepsen.report.BarKind;
import io.baton.jepsen.report.Check;
import io.baton.jepsen.report.Fact;
import io.baton.jepsen.report.Lane;
import io.baton.jepsen.report.Mark;
import io.baton.jepsen.report.Timeline;
import io.baton.jepsen.scene.Member;
import io.baton.jepsen.scene.Outages;
import io.baton.jepsen.scene.Team;
import io.baton.jepsen.scene.Teams;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A run as a picture: who led and who was active when, and what was broken meanwhile. Pure. */
final class Page {
  private final Outcome outcome;
  private final History history;
  private final List<Lane> lanes = new ArrayList<>();

  private Page(Outcome outcome, History history) {
    this.outcome = outcome;
    this.history = history;
  }

  static Timeline of(Outcome outcome, History history, List<Fact> facts, List<Check> checks) {
    Page page = new Page(outcome, history);
    page.leaders();
    outcome.scene().members().forEach(page::member);
    outcome.scene().twins().forEach(page::member);
    return new Timeline(
        "Baton under torture",
        outcome.durationNanos(),
        facts,
        checks,
        page.lanes,
        outcome.faults().faults().stream()
            .map(f -> new Band(f.name(), f.detail(), f.from(), f.until()))
            .toList(),
        outcome.findings().violations().stream()
            .map(
                v ->
                    new Mark(
                        v.checker(), v.text(), within(outcome, v.at()), within(outcome, v.at())))
            .toList());
  }

  private static long within(Outcome outcome, long at) {
    return Math.max(0, Math.min(outcome.durationNanos(), at));
  }

  private void leaders() {
    TreeMap<String, List<Bar>> bars = new TreeMap<>();
    List<LeaderLog.Reign> reigns = outcome.reigns();
    for (int i = 0; i < reigns.size(); i++) {
      LeaderLog.Reign reign = reigns.get(i);
      long until = i + 1 < reigns.size() ? reigns.get(i + 1).from() : outcome.durationNanos();
      bars.computeIfAbsent(reign.leader(), id -> new ArrayList<>())
          .add(
              new Bar(
                  within(outcome, reign.from()),
                  Math.max(within(outcome, reign.from()), within(outcome, until)),
                  BarKind.LEADER,
                  "term " + reign.term(),
                  ""));
    }
    for (int i = 0; i < outcome.scene().cluster().size(); i++) {
      String id = outcome.scene().cluster().id(i);
      List<Bar> all = bars.getOrDefault(id, new ArrayList<>());
      outages(id, all);
      lanes.add(new Lane(id, "coordinators", all));
    }
  }

  private void outages(String host, List<Bar> bars) {
    for (Outages.Outage outage : outcome.scene().outages().of(host)) {
      long until =
          outage.untilNanos() == Long.MAX_VALUE
              ? outcome.durationNanos()
              : since(outage.untilNanos());
      BarKind kind = outage.frozen() ? BarKind.FROZEN : BarKind.DOWN;
      bars.add(bar(since(outage.fromNanos()), until, kind, "", ""));
    }
  }

  private void member(Member member) {
    List<Bar> bars = new ArrayList<>();
    for (Life life : member.lives()) {
      life(life, member.team(), bars);
    }
    outages(member.host(), bars);
    String heading = member.group() + " (" + Teams.name(member.team().mode()) + ")";
    lanes.add(new Lane(member.host(), "members of " + heading, bars));
  }

  /** Waiting from its first event to its end, and what it was in between. */
  private void life(Life life, Team team, List<Bar> bars) {
    if (life.events().isEmpty()) {
      return;
    }
    long end = life.endNanos() == Long.MAX_VALUE ? outcome.durationNanos() : since(life.endNanos());
    bars.add(bar(since(life.events().get(0).nanos()), end, BarKind.WAITING, "", ""));
    if (team.isShared()) {
      shared(life, bars);
    } else {
      role(life, end, bars);
    }
  }

  /** Under each lease that it had, one after the other. */
  private void role(Life life, long end, List<Bar> bars) {
    AgentEvent begun = null;
    for (AgentEvent event : life.events()) {
      if (begun != null) {
        bars.add(during(begun, since(event.nanos())));
      }
      begun = isRole(event) ? event : begun;
      if (event.kind() == AgentEvent.Kind.PASSIVE) {
        begun = null;
      }
    }
    if (begun != null) {
      bars.add(during(begun, end));
    }
  }

  /** With as many slots as it had, from one change to the next. */
  private void shared(Life life, List<Bar> bars) {
    for (SlotBars.Served served : SlotBars.of(life, life.endNanos())) {
      long until =
          served.untilNanos() == Long.MAX_VALUE
              ? outcome.durationNanos()
              : since(served.untilNanos());
      int count = served.slots().size();
      bars.add(
          bar(
              since(served.fromNanos()),
              until,
              BarKind.ACTIVE,
              served.words(),
              count + (count == 1 ? " slot" : " slots")));
    }
  }

  private static boolean isRole(AgentEvent event) {
    return switch (event.kind()) {
      case ACTIVATING, ACTIVE, PASSIVATING -> true;
      default -> false;
    };
  }

  private Bar during(AgentEvent begun, long until) {
    BarKind kind = begun.kind() == AgentEvent.Kind.ACTIVE ? BarKind.ACTIVE : BarKind.CHANGING;
    return bar(
        since(begun.nanos()),
        until,
        kind,
        (begun.slot() == 0 ? "" : "slot " + begun.slot() + ", ") + "epoch " + begun.epoch(),
        begun.kind() + " " + begun.detail("cause"));
  }

  private Bar bar(long from, long until, BarKind kind, String label, String tooltip) {
    long begin = within(outcome, from);
    return new Bar(begin, Math.max(begin, within(outcome, until)), kind, label, tooltip);
  }

  private long since(long nanos) {
    return history.since(nanos);
  }
}
