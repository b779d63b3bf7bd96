package io.baton.jepsen.checker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a history of one object could have come from a system that does one thing after another,
 * each at some moment between its call and its answer.
 *
 * <p>The search of Wing and Gong (1993) in Lowe's form (2017): calls and answers stand in one list
 * in the order of time; an operation that fits the state is taken out, and put back where no way
 * leads on; a set of (operations taken, state) remembers the ways that were tried. Histories of
 * several objects are to be judged object by object, which linearizability allows and which is what
 * makes the search fast.
 *
 * <p>Blocks for as long as the search takes; bounded by the number of ways. No thread of its own.
 */
public final class Linearizability {
  /** What came of a search. */
  public enum Answer {
    /** There is an order. */
    LINEARIZABLE,
    /** There is none. */
    BROKEN,
    /** The search was given up. */
    UNDECIDED
  }

  /**
   * A verdict.
   *
   * @param farthest where it is broken: the longest order that was found
   * @param stuck where it is broken: the answer that no order explains, after the longest one
   */
  public record Verdict<A>(
      Answer answer, List<Operation<A>> farthest, @Nullable Operation<A> stuck) {
    public Verdict {
      farthest = List.copyOf(farthest);
    }
  }

  private Linearizability() {}

  /**
   * Judges the history of one object.
   *
   * @param mostWays ways tried after which the search is given up
   */
  public static <S, A> Verdict<A> check(
      Model<S, A> model, List<Operation<A>> history, int mostWays) {
    return new Search<>(model, history, mostWays).run();
  }

  /** A place in a list from which operations are taken and into which they go back. */
  private static class Place<A> {
    @Nullable Entry<A> after;
  }

  /** A call or an answer. */
  private static final class Entry<A> extends Place<A> {
    final int id;
    final Operation<A> operation;
    final boolean call;
    @Nullable Entry<A> answer;
    @Nullable Place<A> before;

    Entry(int id, Operation<A> operation, boolean call) {
      this.id = id;
      this.operation = operation;
      this.call = call;
    }

    long nanos() {
      return call ? operation.calledNanos() : operation.returnedNanos();
    }

    void unlink() {
      if (before != null) {
        before.after = after;
      }
      if (after != null) {
        after.before = before;
      }
    }

    void link() {
      if (before != null) {
        before.after = this;
      }
      if (after != null) {
        after.before = this;
      }
    }
  }

  private record Way<S>(BitSet taken, S state) {}

  private record Step<S, A>(Entry<A> call, S before) {}

  private static final class Search<S, A> {
    private final Model<S, A> model;
    private final int mostWays;
    private final Place<A> head;
    private final Set<Way<S>> tried = new HashSet<>();
    private final Deque<Step<S, A>> steps = new ArrayDeque<>();
    private final BitSet taken = new BitSet();
    private int known;
    private List<Operation<A>> farthest = List.of();
    private @Nullable Operation<A> stuck;
    private S state;

    Search(Model<S, A> model, List<Operation<A>> history, int mostWays) {
      this.model = model;
      this.mostWays = mostWays;
      this.head = list(history);
      this.state = model.initial();
      this.known = (int) history.stream().filter(o -> !o.isOpen()).count();
    }

    private static <A> Place<A> list(List<Operation<A>> history) {
      List<Entry<A>> entries = new ArrayList<>();
      for (int i = 0; i < history.size(); i++) {
        Entry<A> call = new Entry<>(i, history.get(i), true);
        call.answer = new Entry<>(i, history.get(i), false);
        entries.add(call);
        entries.add(call.answer);
      }
      // At one instant calls come first: operations that touch are taken as concurrent.
      entries.sort(
          Comparator.comparingLong((Entry<A> e) -> e.nanos()).thenComparing(e -> e.call ? 0 : 1));
      Place<A> head = new Place<>();
      Place<A> last = head;
      for (Entry<A> entry : entries) {
        last.after = entry;
        entry.before = last;
        last = entry;
      }
      return head;
    }

    Verdict<A> run() {
      Entry<A> entry = head.after;
      while (known > 0 && entry != null) {
        if (tried.size() > mostWays) {
          return new Verdict<>(Answer.UNDECIDED, farthest, stuck);
        }
        if (entry.call) {
          entry = take(entry) ? head.after : entry.after;
        } else {
          noteStuck(entry);
          if (steps.isEmpty()) {
            return new Verdict<>(Answer.BROKEN, farthest, stuck);
          }
          entry = putBack().after;
        }
      }
      return new Verdict<>(Answer.LINEARIZABLE, List.of(), null);
    }

    /** Takes the operation out, where it fits and leads to where no way has been. */
    private boolean take(Entry<A> call) {
      Operation<A> operation = call.operation;
      Optional<S> next = model.step(state, operation.action(), operation.isOpen());
      if (next.isEmpty()) {
        return false;
      }
      taken.set(call.id);
      if (!tried.add(new Way<>((BitSet) taken.clone(), next.get()))) {
        taken.clear(call.id);
        return false;
      }
      steps.push(new Step<>(call, state));
      state = next.get();
      known -= operation.isOpen() ? 0 : 1;
      call.unlink();
      answerOf(call).unlink();
      return true;
    }

    private Entry<A> putBack() {
      Step<S, A> step = steps.pop();
      Entry<A> call = step.call();
      state = step.before();
      known += call.operation.isOpen() ? 0 : 1;
      taken.clear(call.id);
      answerOf(call).link();
      call.link();
      return call;
    }

    private static <A> Entry<A> answerOf(Entry<A> call) {
      Entry<A> answer = call.answer;
      if (answer == null) {
        throw new IllegalStateException("a call without its answer");
      }
      return answer;
    }

    private void noteStuck(Entry<A> answer) {
      if (stuck == null || steps.size() > farthest.size()) {
        List<Operation<A>> order = new ArrayList<>();
        steps.descendingIterator().forEachRemaining(s -> order.add(s.call().operation));
        farthest = order;
        stuck = answer.operation;
      }
    }
  }
}
