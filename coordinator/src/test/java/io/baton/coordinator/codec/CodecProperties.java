package io.baton.coordinator.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.baton.coordinator.state.Actor;
import io.baton.coordinator.state.Candidate;
import io.baton.coordinator.state.Cause;
import io.baton.coordinator.state.Command;
import io.baton.coordinator.state.Entity;
import io.baton.coordinator.state.GroupInfo;
import io.baton.coordinator.state.GroupSpec;
import io.baton.coordinator.state.HistoryEvent;
import io.baton.coordinator.state.Lease;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Progress;
import io.baton.coordinator.state.Renewal;
import io.baton.coordinator.state.Request;
import io.baton.coordinator.state.Round;
import io.baton.coordinator.state.RoundId;
import io.baton.coordinator.state.Rule;
import io.baton.coordinator.state.Slot;
import io.baton.coordinator.state.Standing;
import io.baton.coordinator.state.StoredAnswer;
import io.baton.disk.v1.CandidateImage;
import io.baton.disk.v1.EntityImage;
import io.baton.disk.v1.EventImage;
import io.baton.disk.v1.EventType;
import io.baton.disk.v1.GroupImage;
import io.baton.disk.v1.LogEntry;
import io.baton.disk.v1.LogRequest;
import io.baton.disk.v1.LogRound;
import io.baton.disk.v1.SlotImage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CodecProperties {
  @Property(tries = 500)
  void everyRoundComesBackAsItWent(@ForAll long seed) throws CorruptDataException {
    Round round = new RandomRecords(seed).of(Round.class);

    assertThat(LogCodec.decode(LogCodec.encode(round))).isEqualTo(round);
  }

  /** Quadratic work would take a minute. */
  @Example
  void aRenewalThatSaysMuchIsReadInTimeThatGrowsWithIt() {
    Map<String, Progress> said = new TreeMap<>();
    for (int i = 0; i < 50_000; i++) {
      said.put("group-" + i, new Progress(i, -1));
    }
    Round round =
        new Round(new RoundId(new UUID(1, 2), 3), 4, List.of(new Renewal(5, 6, said)), List.of());
    byte[] bytes = LogCodec.encode(round);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(LogCodec.decode(bytes)).isEqualTo(round));
  }

  @Example
  void aDecisionFromBeforeThereWereReasonsIsStillRead() throws CorruptDataException {
    EventImage old =
        EventImage.newBuilder()
            .setRevision(7)
            .setType(EventType.EVENT_TYPE_LEASE_GRANTED)
            .addCandidates(
                CandidateImage.newBuilder()
                    .setMember("m")
                    .setRule(io.baton.disk.v1.Rule.RULE_NOT_READY))
            .build();

    assertThat(HistoryCodec.decode(old.toByteArray()).candidates())
        .containsExactly(new Candidate("m", Rule.NOT_READY, 0));
  }

  @Example
  void aHandoverFromBeforeThereWereRecordsIsStillRead() throws CorruptDataException {
    EntityImage old =
        EntityImage.newBuilder()
            .setSlot(
                SlotImage.newBuilder()
                    .setGroup("orders")
                    .setHandover(
                        SlotImage.Handover.newBuilder()
                            .setFrom("db-1")
                            .setSession(4)
                            .setEpoch(5)
                            .setCause(io.baton.disk.v1.Cause.CAUSE_SESSION_EXPIRED)))
            .build();

    assertThat(((Slot) ImageCodec.decode(old.toByteArray())).handover())
        .isEqualTo(
            new Slot.Handover("db-1", 4, 5, Cause.SESSION_EXPIRED, "", 0, false, false, null));
  }

  @Example
  void aGroupFromBeforeFailoversWereCountedThatWereOnlyObservedHasNone()
      throws CorruptDataException {
    GroupInfo now =
        new GroupInfo("orders", GroupSpec.DEFAULT, 3, 2, false, List.of(), Standing.NORMAL);
    byte[] old =
        EntityImage.newBuilder()
            .setGroup(
                GroupImage.newBuilder()
                    .setName("orders")
                    .setSpec(SpecTypes.encode(GroupSpec.DEFAULT))
                    .setSpecRevision(3)
                    .setCreatedRevision(2))
            .build()
            .toByteArray();

    assertThat(ImageCodec.decode(old)).isEqualTo(now);
    assertThat(ImageCodec.encode(now)).isEqualTo(old);
  }

  @Property(tries = 50)
  void everyCommandComesBackAsItWent(@ForAll long seed) throws CorruptDataException {
    RandomRecords records = new RandomRecords(seed);
    for (Class<?> type : Command.class.getPermittedSubclasses()) {
      Command command = (Command) records.of(type);
      Round round =
          new Round(
              new RoundId(new UUID(1, 2), 3),
              4,
              List.of(),
              List.of(new Request(null, Actor.SYSTEM, command)));

      assertThat(LogCodec.decode(LogCodec.encode(round))).isEqualTo(round);
    }
  }

  @Property(tries = 100)
  void everyEntityComesBackAsItWent(@ForAll long seed) throws CorruptDataException {
    RandomRecords records = new RandomRecords(seed);
    for (Class<?> type : Entity.class.getPermittedSubclasses()) {
      Entity entity = (Entity) records.of(type);
      if (entity instanceof Slot slot && slot.lease() != null) {
        continue; // a lease names its slot again; the next property has one that fits
      }

      assertThat(ImageCodec.decode(ImageCodec.encode(entity))).isEqualTo(entity);
    }
  }

  @Property(tries = 100)
  void aHeldSlotComesBackAsItWent(@ForAll long seed) throws CorruptDataException {
    RandomRecords records = new RandomRecords(seed);
    Lease lease = records.of(Lease.class);
    Slot slot =
        new Slot(
            lease.group(),
            lease.slot(),
            lease,
            records.of(Slot.Handover.class),
            records.of(Slot.Planned.class),
            7);

    assertThat(ImageCodec.decode(ImageCodec.encode(slot))).isEqualTo(slot);
  }

  @Property(tries = 50)
  void everyStoredResultComesBackAsItWent(@ForAll long seed) throws CorruptDataException {
    RandomRecords records = new RandomRecords(seed);
    for (Class<?> type : Outcome.Result.class.getPermittedSubclasses()) {
      StoredAnswer stored =
          new StoredAnswer("c", 1, new Outcome.Applied(2, (Outcome.Result) records.of(type)));

      assertThat(ImageCodec.decode(ImageCodec.encode(stored))).isEqualTo(stored);
    }
  }

  @Property(tries = 300)
  void everyEventComesBackAsItWent(@ForAll long seed) throws CorruptDataException {
    HistoryEvent event = new RandomRecords(seed).of(HistoryEvent.class);

    assertThat(HistoryCodec.decode(HistoryCodec.encode(event))).isEqualTo(event);
  }

  @Property(tries = 500)
  void keyBytesStandInTheOrderOfTheKeys(@ForAll long seed) {
    RandomRecords records = new RandomRecords(seed);
    Entity.Key one = records.of(Entity.Key.class);
    Entity.Key other = records.of(Entity.Key.class);

    int bytes = Arrays.compareUnsigned(ImageCodec.encodeKey(one), ImageCodec.encodeKey(other));

    assertThat(Integer.signum(bytes)).isEqualTo(Integer.signum(one.compareTo(other)));
  }

  @Property(tries = 100)
  void equalEntitiesHaveEqualHashes(@ForAll long seed) {
    String hash = StateHash.of(Stream.of(new RandomRecords(seed).of(Entity.class)));

    assertThat(StateHash.of(Stream.of(new RandomRecords(seed).of(Entity.class)))).isEqualTo(hash);
    assertThat(StateHash.of(Stream.of())).isNotEqualTo(hash);
  }

  @Example
  void anEntryOfAnotherFormatIsRefused() {
    byte[] newer = LogEntry.newBuilder().setFormat(2).build().toByteArray();

    assertThatThrownBy(() -> LogCodec.decode(newer))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("format 2");
  }

  @Example
  void aCommandOfANewerVersionIsRefused() {
    byte[] newer =
        LogEntry.newBuilder()
            .setFormat(LogCodec.FORMAT)
            .setRound(LogRound.newBuilder().addRequests(LogRequest.getDefaultInstance()))
            .build()
            .toByteArray();

    assertThatThrownBy(() -> LogCodec.decode(newer)).isInstanceOf(CorruptDataException.class);
  }
}
