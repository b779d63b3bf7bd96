package io.baton.coordinator.state.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Member;
import io.baton.coordinator.state.Session;
import io.baton.coordinator.state.Slot;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a session says that it belongs to and holds is what members and slots say, both ways; a
 * superseded one belongs to nothing and holds something.
 */
final class SessionIndexesAgreeWithSlotsAndMembers implements Invariant {
  @Override
  public void check(Step step) {
    TreeSet<String> facts = new TreeSet<>();
    for (Group group : step.after().groups().values()) {
      for (Member member : group.members().values()) {
        facts.add(member.session() + " is " + member.id() + " of " + member.group());
      }
      for (Slot slot : group.slots().values()) {
        Lease lease = slot.lease();
        if (lease != null) {
          facts.add(lease.session() + " holds " + slot.index() + " of " + slot.group());
        }
      }
    }
    Set<String> claims = new TreeSet<>();
    step.after().sessions().forEach(s -> claims.addAll(claims(s)));
    assertThat(claims).isEqualTo(facts);
  }

  private static Set<String> claims(Session session) {
    Set<String> claims = new TreeSet<>();
    session.memberships().forEach((g, m) -> claims.add(session.id() + " is " + m + " of " + g));
    for (String group : session.groups()) {
      session
          .slotsIn(group)
          .forEach(slot -> claims.add(session.id() + " holds " + slot + " of " + group));
    }
    assertThat(session.holdsLeases())
        .isEqualTo(claims.stream().anyMatch(c -> c.contains(" holds ")));
    if (session.superseded()) {
      assertThat(session.memberships()).isEmpty();
      assertThat(session.holdsLeases()).isTrue();
    }
    return claims;
  }
}
