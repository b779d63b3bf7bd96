package io.baton.cli.verb;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What standard output is shown on.
 *
 * @param live whether it is a terminal, on which a line can be written twice
 * @param charset in which it shows text
 * @param size asked for each time, since windows are resized
 */
public record Terminal(boolean live, Charset charset, Supplier<Size> size) {
  /** In characters. */
  public record Size(int rows, int columns) {
    /** Of a terminal that does not say, and of none. */
    public static final Size USUAL = new Size(24, 80);
  }

  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})");

  /** A file or a pipe. */
  public static final Terminal NONE =
      new Terminal(false, StandardCharsets.US_ASCII, () -> Size.USUAL);

  /** This process's own. */
  static Terminal ofThisProcess(boolean live, Map<String, String> environment) {
    return new Terminal(live, takenByStdout(), () -> live ? ask(environment) : Size.USUAL);
  }

  /** Java 17 has no word for what stdout takes; the locale's encoding is what terminals follow. */
  private static Charset takenByStdout() {
    String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", ""));
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.US_ASCII;
    }
  }

  /** Whether these characters can be shown. */
  public boolean shows(String text) {
    return charset.canEncode() && charset.newEncoder().canEncode(text);
  }

  private static Size ask(Map<String, String> environment) {
    String said = environment.get("LINES") + " " + environment.get("COLUMNS");
    return parse(said).or(() -> parse(stty())).orElse(Size.USUAL);
  }

  /** What {@code stty size} prints: rows and columns. */
  static Optional<Size> parse(String text) {
    Matcher size = SIZE.matcher(text.strip());
    return size.matches()
        ? Optional.of(new Size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2))))
        : Optional.empty();
  }

  /** Nothing in Java knows a terminal's size. Empty where there is no such command. */
  private static String stty() {
    try {
      Process process =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (InputStream out = process.getInputStream()) {
        String said = new String(out.readNBytes(64), StandardCharsets.US_ASCII);
        return process.waitFor(1, TimeUnit.SECONDS) ? said : "";
      }
    } catch (IOException none) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
