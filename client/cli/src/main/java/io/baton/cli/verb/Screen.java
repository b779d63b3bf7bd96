package io.baton.cli.verb;

import java.io.PrintStream;
import java.util.List;

/**
 * A screen that is written anew in place. The terminal's own screen comes back, with its cursor,
 * when this is closed. Two threads: the verb's, and the one that ends the process.
 */
final class Screen implements AutoCloseable {
  /** The other screen, without a cursor, and lines that end where the window does. */
  static final String OPEN = "\u001b[?1049h\u001b[?25l\u001b[?7l";

  static final String CLOSE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final PrintStream out;
  private boolean closed;

  Screen(PrintStream out) {
    this.out = out;
    out.print(OPEN);
    out.flush();
  }

  /** Shows as many lines as there is room for. */
  synchronized void draw(String text, int rows) {
    if (closed) {
      return;
    }
    List<String> lines = text.lines().toList();
    int shown = lines.size() <= rows ? lines.size() : Math.max(0, rows - 1);
    StringBuilder frame = new StringBuilder(HOME);
    for (int line = 0; line < shown; line++) {
      frame.append(line == 0 ? "" : "\r\n").append(lines.get(line)).append(REST_OF_LINE);
    }
    if (shown < lines.size()) {
      frame
          .append("\r\n... ")
          .append(lines.size() - shown)
          .append(" more lines in a higher window");
      frame.append(REST_OF_LINE);
    }
    out.print(frame.append(REST_OF_SCREEN));
    out.flush();
  }

  /** What was drawn last is not seen any more; nothing is drawn after it. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      out.print(CLOSE);
      out.flush();
    }
  }
}
