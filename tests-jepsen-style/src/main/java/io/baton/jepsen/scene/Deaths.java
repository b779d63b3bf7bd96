package io.baton.jepsen.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Processes that ended by themselves. Some may: a coordinator whose disk fails or whose files were
 * damaged, an agent that was told to close, or whose service did not let go of its role (design §3,
 * rule 15). Any other such end is a bug, however soon the process is started again. Thread-safe.
 */
public final class Deaths {
  private static final int IN_GOOD_ORDER = 0;

  /** What the agent halts with. */
  private static final int HALTED = 75;

  private final Set<String> excused = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<String> unexplained = new ConcurrentLinkedQueue<>();
  private final AtomicLong explained = new AtomicLong();

  /** That coordinator has a reason to end, until everything is mended. */
  public void excuse(String coordinator) {
    excused.add(coordinator);
  }

  /** Nobody has a reason any more. */
  void mended() {
    excused.clear();
  }

  void coordinatorEnded(String id, int status, Path log) {
    judge(id, status, log, excused.contains(id));
  }

  void memberEnded(String id, int status, Path log) {
    judge(id, status, log, status == IN_GOOD_ORDER || status == HALTED);
  }

  private void judge(String who, int status, Path log, boolean may) {
    if (may) {
      explained.incrementAndGet();
    } else {
      unexplained.add(
          "%s ended by itself with status %d; %s ends with: %s"
              .formatted(who, status, log.getFileName(), lastLine(log)));
    }
  }

  private static String lastLine(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    } catch (IOException | UncheckedIOException unreadable) {
      return "(" + unreadable.getMessage() + ")";
    }
  }

  /** How many ended for a reason. */
  public long explained() {
    return explained.get();
  }

  /** Those without a reason since the last call, in words. */
  public List<String> drain() {
    List<String> all = new ArrayList<>();
    for (String next = unexplained.poll(); next != null; next = unexplained.poll()) {
      all.add(next);
    }
    return all;
  }
}
