package io.baton.jepsen.checker;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.jepsen.checker.GroupAction.Create;
import io.baton.jepsen.checker.GroupAction.Delete;
import io.baton.jepsen.checker.GroupAction.Read;
import io.baton.jepsen.checker.GroupAction.Update;
import io.baton.jepsen.checker.Linearizability.Answer;
import io.baton.jepsen.checker.Linearizability.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Histories by hand, good and bad, and many by a register that is right by construction. */
class LinearizabilityTest {
  private static final int WAYS = 1_000_000;

  private final List<Operation<GroupAction>> history = new ArrayList<>();

  private void done(long called, long returned, GroupAction action) {
    history.add(Operation.of("c" + called, called, returned, action));
  }

  private void open(long called, GroupAction action) {
    history.add(Operation.open("c" + called, called, action));
  }

  private Verdict<GroupAction> judge() {
    return Linearizability.check(new GroupModel(), history, WAYS);
  }

  private Answer answer() {
    return judge().answer();
  }

  @Test
  void oneAfterAnotherIsLinearizable() {
    done(0, 1, new Create(1_000, 5));
    done(2, 3, new Read(1_000, 5));
    done(4, 5, new Update(2_000, 5, 7));
    done(6, 7, new Read(2_000, 7));
    done(8, 9, new Delete(true));
    done(10, 11, new Read(0, 0));

    assertThat(answer()).isEqualTo(Answer.LINEARIZABLE);
  }

  @Test
  void aReadOfWhatWasOverwrittenBeforeItBeganIsBroken() {
    done(0, 1, new Create(1_000, 5));
    done(2, 3, new Update(2_000, 0, 7));
    done(4, 5, new Read(1_000, 5));

    Verdict<GroupAction> verdict = judge();

    assertThat(verdict.answer()).isEqualTo(Answer.BROKEN);
    assertThat(verdict.stuck()).isEqualTo(history.get(2));
    assertThat(verdict.farthest()).containsExactly(history.get(0), history.get(1));
  }

  @Test
  void aReadDuringAWriteMaySeeEither() {
    done(0, 1, new Create(1_000, 5));
    done(2, 9, new Update(2_000, 0, 7));
    done(3, 4, new Read(1_000, 5));
    done(5, 6, new Read(2_000, 7));

    assertThat(answer()).isEqualTo(Answer.LINEARIZABLE);
  }

  @Test
  void butNotTheNewAndThenTheOld() {
    done(0, 1, new Create(1_000, 5));
    done(2, 9, new Update(2_000, 0, 7));
    done(3, 4, new Read(2_000, 7));
    done(5, 6, new Read(1_000, 5));

    assertThat(answer()).isEqualTo(Answer.BROKEN);
  }

  @Test
  void anAcknowledgedWriteThatIsGoneIsBroken() {
    done(0, 1, new Create(1_000, 5));
    done(2, 3, new Update(2_000, 0, 7));
    done(4, 5, new Update(3_000, 5, 9));

    assertThat(answer()).as("it named the revision before").isEqualTo(Answer.BROKEN);
  }

  @Test
  void twoConditionalUpdatesOfOneRevisionAreNeverBothTaken() {
    done(0, 1, new Create(1_000, 5));
    done(2, 8, new Update(2_000, 5, 7));
    done(3, 9, new Update(3_000, 5, 8));

    assertThat(answer()).isEqualTo(Answer.BROKEN);
  }

  @Test
  void oneOfThemIsRefused() {
    done(0, 1, new Create(1_000, 5));
    done(2, 8, new Update(2_000, 5, 7));
    done(3, 9, new Update(3_000, 5, 0));

    assertThat(answer()).isEqualTo(Answer.LINEARIZABLE);
  }

  @Test
  void aRefusalWithoutReasonIsBroken() {
    done(0, 1, new Create(1_000, 5));
    done(2, 3, new Update(2_000, 5, 0));

    assertThat(answer()).isEqualTo(Answer.BROKEN);
  }

  @Test
  void whatHasAnUnknownOutcomeMayHaveHappenedOrNotOrMuchLater() {
    done(0, 1, new Create(1_000, 5));
    open(2, new Update(2_000, 0, 0));
    done(3, 4, new Read(1_000, 5));
    done(50, 51, new Read(2_000, 9));

    assertThat(answer()).as("later").isEqualTo(Answer.LINEARIZABLE);
    history.remove(3);
    assertThat(answer()).as("never").isEqualTo(Answer.LINEARIZABLE);
  }

  @Test
  void butOnce() {
    done(0, 1, new Create(1_000, 5));
    open(2, new Update(2_000, 0, 0));
    done(3, 4, new Read(2_000, 9));
    done(5, 6, new Update(3_000, 9, 11));
    done(7, 8, new Read(2_000, 12));

    assertThat(answer()).isEqualTo(Answer.BROKEN);
  }

  @Test
  void anUnknownCreationExplainsARefusal() {
    open(0, new Create(1_000, 0));
    done(2, 3, new Create(2_000, 0));
    done(4, 5, new Read(1_000, 5));

    assertThat(answer()).isEqualTo(Answer.LINEARIZABLE);
  }

  @Test
  void aRevisionNeverComesBackAfterADeletion() {
    done(0, 1, new Create(1_000, 9));
    done(2, 3, new Delete(true));
    done(4, 5, new Create(2_000, 8));

    assertThat(answer()).isEqualTo(Answer.BROKEN);
  }

  @Test
  void aSearchWithoutEndIsGivenUp() {
    for (int i = 0; i < 40; i++) {
      open(0, new Update(1_000 + i, 0, 0));
    }
    done(1, 2, new Read(5, 5));

    assertThat(Linearizability.check(new GroupModel(), history, 10_000).answer())
        .isEqualTo(Answer.UNDECIDED);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRegisterThatIsRightIsFoundRight(long seed) {
    List<Operation<GroupAction>> made = new RandomHistory(seed).make(60, 4);

    assertThat(Linearizability.check(new GroupModel(), made, WAYS).answer())
        .isEqualTo(Answer.LINEARIZABLE);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aRegisterThatForgotAWriteIsFoundWrong(long seed) {
    RandomHistory random = new RandomHistory(seed);
    List<Operation<GroupAction>> made = new ArrayList<>(random.make(40, 4));
    long after = made.stream().mapToLong(Operation::calledNanos).max().orElse(0) + 1_000_000;
    made.add(Operation.of("c", after, after + 1, new Update(7, 0, random.nextRevision())));
    made.add(Operation.of("c", after + 2, after + 3, new Delete(true)));
    made.add(Operation.of("c", after + 4, after + 5, new Create(8, random.nextRevision())));
    made.add(Operation.of("c", after + 6, after + 7, new Update(9, 0, random.nextRevision())));
    made.add(Operation.of("d", after + 8, after + 9, new Read(8, random.nextRevision())));

    assertThat(Linearizability.check(new GroupModel(), made, WAYS).answer())
        .isEqualTo(Answer.BROKEN);
  }

  /** The same in every build: how long a search takes depends on the history. */
  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  /** Clients that overlap, over a register that takes each operation at one moment. */
  private static final class RandomHistory {
    private final Random random;
    private long ttl;
    private long revision;
    private long newest = 1;
    private long lastTtl = 1_000;

    RandomHistory(long seed) {
      random = new Random(seed);
    }

    long nextRevision() {
      return ++newest;
    }

    List<Operation<GroupAction>> make(int count, int clients) {
      List<Operation<GroupAction>> made = new ArrayList<>();
      long[] free = new long[clients];
      long[] seen = new long[clients];
      long now = 0;
      for (int i = 0; i < count; i++) {
        int client = random.nextInt(clients);
        now += 10;
        long called = Math.max(free[client], now - random.nextInt(30));
        if (called > now) {
          continue;
        }
        boolean open = random.nextInt(10) == 0;
        boolean happens = !open || random.nextBoolean();
        GroupAction action = act(happens, seen[client]);
        long returned = open ? Operation.NEVER : now + random.nextInt(30);
        seen[client] = open ? seen[client] : Math.max(seen[client], told(action));
        free[client] = open ? now + 1 : returned + 1;
        made.add(new Operation<>("c" + client, called, returned, action));
      }
      return made;
    }

    /** A client names only a revision that it was told of. */
    private GroupAction act(boolean happens, long seen) {
      int kind = random.nextInt(10);
      if (kind < 4) {
        return new Read(ttl, revision);
      }
      long written = ++lastTtl;
      if (kind < 6) {
        boolean taken = ttl == 0;
        if (taken && happens) {
          write(written);
        }
        return new Create(written, taken ? revision : 0);
      }
      if (kind < 9) {
        long named = random.nextBoolean() ? seen : 0;
        boolean taken = ttl != 0 && (named == 0 || named == revision);
        if (taken && happens) {
          write(written);
        }
        return new Update(written, named, taken ? revision : 0);
      }
      boolean there = ttl != 0;
      if (happens) {
        ttl = 0;
        revision = 0;
      }
      return new Delete(there);
    }

    private static long told(GroupAction action) {
      if (action instanceof Read read) {
        return read.revision();
      }
      if (action instanceof Create create) {
        return create.revision();
      }
      return action instanceof Update update ? update.revision() : 0;
    }

    private void write(long written) {
      ttl = written;
      revision = nextRevision();
    }
  }
}
