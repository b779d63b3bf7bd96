package io.baton.example;

import io.baton.agent.Agent;
import io.baton.agent.Cause;
import io.baton.agent.Lease;
import io.baton.agent.RoleListener;

/** The least there is to write; README.md shows what stands between the two marks. */
final class Quickstart {
  private Quickstart() {}

  static Agent join(Service service) {
    // begin
    Agent agent =
        Agent.builder()
            .endpoints("n1:7000", "n2:7000", "n3:7000")
            .group("scheduler")
            .member("sched-a")
            .listener(
                new RoleListener() {
                  @Override
                  public void onActive(Lease lease) {
                    service.start(lease.epoch()); // every write carries the epoch
                  }

                  @Override
                  public void onPassive(Cause cause) {
                    service.stop(); // nothing of it may be left when this returns
                  }
                })
            .shutdownHook(true) // SIGTERM hands over before the process ends
            .start();
    agent.ready(); // until then it is SYNCING: never chosen
    // end
    return agent;
  }

  /** Yours. */
  interface Service {
    void start(long epoch);

    void stop();
  }
}
