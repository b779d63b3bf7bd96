package io.baton.jepsen.trials;

import io.baton.jepsen.cluster.AgentEvent;
import io.baton.jepsen.cluster.AgentEvent.Kind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members whose roles are not to change from now on. */
final class Bystanders {
  private final Map<Member, Integer> positions = new LinkedHashMap<>();

  Bystanders(Collection<Member> members) {
    members.forEach(member -> positions.put(member, member.process().position()));
  }

  /** What they were told all the same, in words. */
  List<String> disturbed() {
    return positions.entrySet().stream()
        .flatMap(
            each ->
                each.getKey().process().eventsAfter(each.getValue()).stream()
                    .filter(Bystanders::isChange)
                    .map(event -> words(each.getKey(), event)))
        .toList();
  }

  private static boolean isChange(AgentEvent event) {
    return event.kind() == Kind.ACTIVATING || event.kind() == Kind.PASSIVATING;
  }

  private static String words(Member member, AgentEvent event) {
    return member.id() + " was told " + event.kind() + " " + event.details();
  }
}
