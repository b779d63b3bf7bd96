package io.baton.coordinator.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Plays a transcript: takes its comments and its command lines ({@code > switchover orders
 * to=db-2}), and writes below each command what it answered and the events it made.
 *
 * <p>A session goes by its agent's name. Where a command has to name an epoch, a revision or a
 * renewal number, it takes the one that stands, unless the line gives another.
 *
 * <pre>
 * > open A                    opens the session of agent A
 * > renew A                   one keepalive
 * > create G ttl=5000         > update G ttl=2000 if=2       > delete G     > settle G revision=9
 * > join A G M READY incarnation=i-2 directory=d dead=i-1
 * > ready A G UNHEALTHY       > leave A G                    > close A
 * > started A G epoch=4       > lapsed A G because=LAPSED    > stopped A G
 * > expire A G renewal=1      > expire-session A             > takeover A   > force G
 * > switchover G from=M to=M slot=1 wait=5000
 * > failover G to=M            > revoke G                     > ack G
 * > drain G M                  > undrain G M                  > drain-host H  > undrain-host H
 * > pause G millis=60000       > pause                        > resume G      > resume
 * > over G COOL_DOWN number=0  > disconnected A G
 * > peers A G                  acknowledges the list that is offered to it
 * > progress A G position=7     > explain G                > withheld G
 * </pre>
 *
 * <p>A spec's options: mode slots min-active ttl failover grace lock-delay cool-down flap-budget
 * failback zones max-lag max-moves, and {@code priority.M} and {@code weight.M} of member M. A
 * join's: host zone weight, peer (its address) and stopped (an epoch), and detail for a readiness;
 * a failover's: holder-is-dead=1. Anybody's: by and why. Rounds are a second apart; below an event
 * that ends a handover stands its record, its times counted from the first.
 */
final class Scenario {
  /** What no scenario is about. */
  private static final Set<String> UNTOLD =
      Set.of("address", "mode", "slots", "failover", "promote_millis", "demote_millis");

  private final StateFixture cluster = new StateFixture();
  private final Map<String, Long> sessions = new LinkedHashMap<>();
  private final Map<Long, Long> keepalives = new LinkedHashMap<>();

  /** The transcript as it happens now. */
  static String play(String transcript) {
    Scenario scenario = new Scenario();
    List<String> lines = new ArrayList<>();
    for (String line : transcript.lines().toList()) {
      if (line.startsWith("> ")) {
        lines.add(line);
        lines.addAll(scenario.play(new ScenarioWords(line.substring(2))));
      } else if (line.isBlank() || line.startsWith("#")) {
        lines.add(line);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private List<String> play(ScenarioWords words) {
    if (words.verb().equals("progress")) {
      Progress progress = new Progress(words.option("position", 0), -1);
      long session = session(words);
      long keepalive = keepalives.merge(session, 1L, Long::sum);
      cluster.round(List.of(new Renewal(session, keepalive).with(Map.of(words.word(2), progress))));
      List<String> lines = cluster.events().stream().map(Scenario::line).toList();
      return lines.isEmpty() ? List.of("  nothing to do") : lines;
    }
    if (words.verb().equals("explain")) {
      return explain(words);
    }
    if (words.verb().equals("withheld")) {
      Withheld withheld = cluster.group(words.word(1)).info().standing().withheld();
      return List.of("  " + withheld.count() + ", the last at " + withheld.lastAtMillis());
    }
    if (words.verb().equals("renew")) {
      long session = session(words);
      long keepalive = keepalives.merge(session, 1L, Long::sum);
      RoundResult result = cluster.round(List.of(new Renewal(session, keepalive)));
      RenewalResult renewal = result.renewals().get(0);
      return List.of(renewal.gone() ? "  gone" : "  renewal " + renewal.renewalNumber());
    }
    List<String> lines = new ArrayList<>();
    Actor actor = new Actor(words.option("by", "system"), words.option("why", ""));
    Request request = new Request(null, actor, command(words));
    Outcome outcome = cluster.round(List.of(), request).outcomes().get(0);
    if (outcome instanceof Outcome.Rejected refused) {
      lines.add("  refused: " + (refused.code() + " " + refused.field()).strip());
      lines.add("    " + refused.message());
    } else if (outcome instanceof Outcome.Applied applied
        && applied.result() instanceof Outcome.Opened opened) {
      sessions.put(words.word(1), opened.session());
    }
    for (HistoryEvent event : cluster.events()) {
      lines.add(line(event));
      HandoverRecord handover = event.handover();
      if (handover != null) {
        lines.add(line(handover));
      }
    }
    return lines.isEmpty() ? List.of("  nothing to do") : lines;
  }

  private List<String> explain(ScenarioWords words) {
    Explanation why = Explanation.of(cluster.state(), words.word(1), slot(words)).orElseThrow();
    List<String> lines = new ArrayList<>();
    lines.add(
        "  "
            + (why.holder().isEmpty() ? "free" : "held by " + why.holder())
            + (why.heldBack() == null ? "" : ", held back: " + why.heldBack()));
    why.candidates().forEach(c -> lines.add("  " + candidate(c)));
    return lines;
  }

  private Command command(ScenarioWords words) {
    return switch (words.verb()) {
      case "open" -> new Command.OpenSession(words.word(1));
      case "close" -> new Command.CloseSession(session(words));
      case "create" -> new Command.CreateGroup(words.word(1), spec(words, GroupSpec.DEFAULT));
      case "update" ->
          new Command.UpdateGroup(
              words.word(1),
              spec(words, cluster.group(words.word(1)).info().spec()),
              words.option("if", 0));
      case "delete" -> new Command.DeleteGroup(words.word(1), words.option("if", 0));
      case "settle" -> new Command.Settle(words.word(1), words.option("revision", 0));
      case "switchover" ->
          new Command.Switchover(
              words.word(1),
              slot(words),
              words.option("from", ""),
              words.option("to", ""),
              words.option("wait", 0));
      case "failover" ->
          new Command.Failover(
              words.word(1),
              slot(words),
              words.option("to", ""),
              words.option("holder-is-dead", 0) == 1);
      case "revoke" -> new Command.Revoke(words.word(1), slot(words), words.option("from", ""));
      case "ack" -> new Command.Acknowledge(words.word(1));
      case "drain", "undrain" ->
          new Command.DrainMember(words.word(1), words.word(2), words.verb().equals("drain"));
      case "drain-host", "undrain-host" ->
          new Command.DrainHost(words.word(1), words.verb().equals("drain-host"));
      case "pause" -> new Command.Pause(words.wordOr(1, ""), words.option("millis", 0));
      case "resume" -> new Command.Resume(words.wordOr(1, ""));
      case "over" -> over(words);
      case "force" -> force(words);
      case "expire-session" ->
          new Command.ExpireSession(session(words), words.option("renewal", renewal(words)));
      case "takeover" ->
          new Command.Takeover(session(words), words.option("renewal", renewal(words)));
      default -> commandOfMember(words, session(words), words.word(2));
    };
  }

  private Command commandOfMember(ScenarioWords words, long session, String group) {
    return switch (words.verb()) {
      case "join" -> join(words, session, group);
      case "leave" -> new Command.Leave(session, group, joinRevision(session, group));
      case "ready" ->
          new Command.SetReadiness(
              session,
              group,
              joinRevision(session, group),
              Readiness.valueOf(words.word(3)),
              words.option("detail", ""));
      case "started" -> new Command.Started(session, group, slot(words), epoch(words, group));
      case "stopped" -> new Command.Stopped(session, group, slot(words), epoch(words, group));
      case "peers" ->
          new Command.AcknowledgePeers(
              session,
              group,
              words.option("epoch", agreement(group).epoch()),
              words.option("revision", agreement(group).offered().revision()));
      case "disconnected" ->
          new Command.Disconnected(
              session,
              group,
              renewal(words),
              cluster.group(group).info().specRevision(),
              words.option("silent", 0));
      case "lapsed" ->
          new Command.Lapsed(
              session,
              group,
              slot(words),
              epoch(words, group),
              Cause.valueOf(words.option("because", "LAPSED")),
              words.option("detail", ""));
      case "expire" ->
          new Command.Expire(
              session,
              group,
              words.option("renewal", renewal(words)),
              words.option("spec", cluster.group(group).info().specRevision()),
              words.option("silent", 0));
      default -> throw new IllegalArgumentException("what is: " + words);
    };
  }

  private Agreement agreement(String group) {
    return Objects.requireNonNull(cluster.state().agreement(group), "no agreement");
  }

  private static Command join(ScenarioWords words, long session, String group) {
    String member = words.word(3);
    String dead = words.option("dead", "");
    return JoinBuilder.of(session, group, member)
        .being(Readiness.valueOf(words.word(4)))
        .as(words.option("incarnation", member + "-1"))
        .from(words.option("directory", ""))
        .on(
            new Site(
                words.option("host", ""),
                words.option("zone", ""),
                (int) words.option("weight", 1),
                words.option("peer", "")))
        .stoppedThrough(words.option("stopped", 0))
        .declaringDead(dead.isEmpty() ? new String[0] : dead.split(","))
        .build();
  }

  private Command force(ScenarioWords words) {
    Command.ForceFree now = cluster.force(cluster.lease(words.word(1), slot(words)));
    return new Command.ForceFree(
        now.group(),
        now.slot(),
        words.option("epoch", now.epoch()),
        words.option("revoked", now.revokedRevision()),
        words.option("spec", now.specRevision()));
  }

  private static GroupSpec spec(ScenarioWords words, GroupSpec now) {
    return SpecWords.spec(words, now);
  }

  private static int slot(ScenarioWords words) {
    return (int) words.option("slot", 0);
  }

  private Command over(ScenarioWords words) {
    Wait.Kind kind = Wait.Kind.valueOf(words.word(2));
    long number = words.option("number", 0);
    String group = words.word(1).equals("-") ? "" : words.word(1);
    Wait wait = cluster.state().waitOf(Wait.keyOf(group, kind, number));
    long revision = words.option("revision", wait == null ? 0 : wait.revision());
    return new Command.WaitOver(group, kind, number, revision);
  }

  private long session(ScenarioWords words) {
    Long session = sessions.get(words.word(1));
    if (session == null) {
      throw new IllegalArgumentException("who is " + words.word(1) + ": " + words);
    }
    return session;
  }

  private long renewal(ScenarioWords words) {
    Session session = cluster.state().session(session(words));
    return session == null ? 0 : session.renewalNumber();
  }

  private long joinRevision(long session, String group) {
    Session found = cluster.state().session(session);
    boolean member = found != null && found.memberships().containsKey(group);
    return member ? cluster.membership(session, group).joinRevision() : 0;
  }

  private long epoch(ScenarioWords words, String group) {
    Group found = cluster.state().group(group);
    Lease lease = found == null ? null : found.lease(slot(words));
    return words.option("epoch", lease == null ? 0 : lease.epoch());
  }

  // ------------------------------------------------------------------ events as lines

  /** {@code 5 lease-granted orders#0 db-1 epoch=5 session=1 FREE_SLOT [db-1 ONLY_CANDIDATE]}. */
  private static String line(HistoryEvent event) {
    StringJoiner line = new StringJoiner(" ");
    line.add(String.format("%4d", event.revision()));
    line.add(event.type().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    if (!event.group().isEmpty()) {
      line.add(event.epoch() == 0 ? event.group() : event.group() + "#" + event.slot());
    }
    if (!event.member().isEmpty()) {
      line.add(event.member());
    }
    if (event.epoch() != 0) {
      line.add("epoch=" + event.epoch());
    }
    if (event.session() != 0) {
      line.add("session=" + event.session());
    }
    event
        .details()
        .forEach((name, value) -> line.add(UNTOLD.contains(name) ? "" : name + "=" + value));
    if (event.cause() != null) {
      line.add(event.cause().name());
    }
    if (!event.candidates().isEmpty()) {
      StringJoiner candidates = new StringJoiner(", ", "[", "]");
      event.candidates().forEach(c -> candidates.add(candidate(c)));
      line.add(candidates.toString());
    }
    return line.toString().replaceAll("(?<=[^ ]) +", " ");
  }

  /** {@code after db-1 epoch=5 session=2 LAPSED detail=disk: detected, decided +0 freed ...}. */
  private static String line(HandoverRecord record) {
    StringJoiner line = new StringJoiner(" ", "       after ", "");
    line.add(record.from()).add("epoch=" + record.epoch()).add("session=" + record.session());
    line.add(record.cause().name());
    if (record.silentMillis() != 0) {
      line.add("silent=" + record.silentMillis());
    }
    if (!record.detail().isEmpty()) {
      line.add("detail=" + record.detail());
    }
    Actor operator = record.orderedBy();
    if (operator != null) {
      line.add(("by=" + operator.name() + " " + operator.reason()).strip());
    }
    if (record.position() != 0) {
      line.add("@" + record.position());
    }
    if (record.failedAttempts() != 0) {
      line.add("failed=" + record.failedAttempts());
    }
    long from = record.detectedMillis();
    return line
        + String.format(
            ": detected, decided +%d freed +%d %s granted +%d active +%d",
            record.decidedMillis() - from,
            record.freedMillis() - from,
            record.ended(),
            record.grantedMillis() - from,
            record.activeMillis() - from);
  }

  private static String candidate(Candidate candidate) {
    String position = candidate.position() == 0 ? "" : "@" + candidate.position();
    return candidate.member() + position + " " + candidate.rule();
  }
}
