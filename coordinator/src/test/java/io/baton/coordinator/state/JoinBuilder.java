package io.baton.coordinator.state;

import java.util.List;
import java.util.Map;

/** Spells a join out: everything but who joins what has a harmless default. */
final class JoinBuilder {
  private final long session;
  private final String group;
  private final String member;
  private String incarnation;
  private String directory = "";
  private List<String> dead = List.of();
  private String address = "10.0.0.1:80";
  private Map<String, String> metadata = Map.of();
  private Site site = Site.UNKNOWN;
  private boolean sharesOut = true;
  private boolean runsChecks = true;
  private Readiness readiness = Readiness.READY;
  private long stoppedEpoch;

  private JoinBuilder(long session, String group, String member) {
    this.session = session;
    this.group = group;
    this.member = member;
    this.incarnation = member + "-1";
  }

  static JoinBuilder of(long session, String group, String member) {
    return new JoinBuilder(session, group, member);
  }

  JoinBuilder as(String newIncarnation) {
    incarnation = newIncarnation;
    return this;
  }

  JoinBuilder from(String stateDirectory) {
    directory = stateDirectory;
    return this;
  }

  JoinBuilder declaringDead(String... incarnations) {
    dead = List.of(incarnations);
    return this;
  }

  JoinBuilder at(String newAddress) {
    address = newAddress;
    return this;
  }

  JoinBuilder on(Site newSite) {
    site = newSite;
    return this;
  }

  JoinBuilder knowingOneSlotOnly() {
    sharesOut = false;
    return this;
  }

  JoinBuilder runningNoChecks() {
    runsChecks = false;
    return this;
  }

  JoinBuilder with(Map<String, String> newMetadata) {
    metadata = newMetadata;
    return this;
  }

  JoinBuilder being(Readiness newReadiness) {
    readiness = newReadiness;
    return this;
  }

  JoinBuilder stoppedThrough(long epoch) {
    stoppedEpoch = epoch;
    return this;
  }

  Command.Join build() {
    return new Command.Join(
        session,
        group,
        member,
        incarnation,
        directory,
        dead,
        address,
        metadata,
        site,
        sharesOut,
        runsChecks,
        readiness,
        stoppedEpoch);
  }
}
