package io.baton.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.GetStatusResponse;
import io.baton.proto.v1.Group;
import io.baton.proto.v1.Lease;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  @Test
  void leasesThatWaitForTheTurnOfTheirHostsDrainAreOneLineAGroupThatIsOnItsWay() {
    GetStatusResponse status =
        GetStatusResponse.newBuilder()
            .addGroups(group("mail", ""))
            .addGroups(group("orders", "mail"))
            .addGroups(group("queue", "shop"))
            .addGroups(group("stock", "mail"))
            .build();

    assertThat(Problems.of(status, Set.of()))
        .contains(
            "db-1 of orders, and 1 more, waits: its host is drained one group after another, and"
                + " mail is on its way",
            "db-1 of queue waits: its host is drained one group after another, and shop is on its"
                + " way");
  }

  private static Group group(String name, String waitsFor) {
    return Group.newBuilder()
        .setName(name)
        .addLeases(Lease.newBuilder().setGroup(name).setMember("db-1").setDrainWaitsFor(waitsFor))
        .build();
  }
}
