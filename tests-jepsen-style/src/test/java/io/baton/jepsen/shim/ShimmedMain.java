package io.baton.jepsen.shim;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A process to be lied to: takes a command a line, of words, and answers each with a line. The end
 * of its input ends it.
 */
final class ShimmedMain {
  private final RandomAccessFile uptime = new RandomAccessFile("/proc/uptime", "r");
  private final AtomicLong backwards = new AtomicLong();
  private volatile boolean watching;

  private ShimmedMain() throws IOException {}

  public static void main(String[] args) throws Exception {
    ShimmedMain main = new ShimmedMain();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(main.answer(line.split(" ", -1)));
      System.out.flush();
    }
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "clocks" -> clocks();
      case "wait" -> await(words[1], Long.parseLong(words[2]));
      case "watch" -> watch();
      case "backwards" -> stopWatching();
      case "force" -> orError(() -> force(Path.of(words[1])));
      case "write" -> orError(() -> write(Path.of(words[1]), Integer.parseInt(words[2])));
      case "free" -> Long.toString(Files.getFileStore(Path.of(words[1])).getUsableSpace());
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  /** Monotonic, boot, monotonic, wall: nanoseconds; boot time as Baton's agent reads it. */
  private String clocks() throws IOException {
    byte[] text = new byte[64];
    long before = System.nanoTime();
    uptime.seek(0);
    int length = uptime.read(text);
    long after = System.nanoTime();
    String seconds = new String(text, 0, length, StandardCharsets.US_ASCII).split(" ", -1)[0];
    long boot = Math.round(Double.parseDouble(seconds) * 100) * 10_000_000L;
    return before + " " + boot + " " + after + " " + System.currentTimeMillis() * 1_000_000L;
  }

  /** Waits by one of Java's ways to do so; nanoseconds that it believes to have waited. */
  private static String await(String way, long millis) throws Exception {
    long begin = System.nanoTime();
    switch (way) {
      case "park" -> park(begin + millis * 1_000_000L);
      case "object" -> waitOn(new Object(), begin + millis * 1_000_000L);
      case "sleep" -> Thread.sleep(millis);
      case "select" -> {
        try (Selector selector = Selector.open()) {
          selector.select(millis);
        }
      }
      case "timer" -> {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        timer.schedule(() -> {}, millis, TimeUnit.MILLISECONDS).get();
        timer.shutdown();
      }
      default -> throw new IllegalArgumentException(way);
    }
    return Long.toString(System.nanoTime() - begin);
  }

  private static void park(long deadline) {
    for (long left = deadline - System.nanoTime(); left > 0; left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void waitOn(Object nobodyNotifies, long deadline) throws InterruptedException {
    synchronized (nobodyNotifies) {
      for (long now = System.nanoTime(); now < deadline; now = System.nanoTime()) {
        nobodyNotifies.wait((deadline - now) / 1_000_000L + 1);
      }
    }
  }

  /** Two threads look whether time goes back for either of them. */
  private String watch() {
    watching = true;
    for (int i = 0; i < 2; i++) {
      Thread watcher =
          new Thread(
              () -> {
                for (long last = System.nanoTime(); watching; ) {
                  long now = System.nanoTime();
                  if (now < last) {
                    backwards.incrementAndGet();
                  }
                  last = now;
                }
              });
      watcher.setDaemon(true);
      watcher.start();
    }
    return "watching";
  }

  private String stopWatching() {
    watching = false;
    return Long.toString(backwards.get());
  }

  private static String force(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      channel.force(true);
      return "done";
    }
  }

  /** How many bytes one call wrote. */
  private static String write(Path file, int bytes) throws IOException {
    try (FileChannel channel = open(file)) {
      return Integer.toString(channel.write(ByteBuffer.allocate(bytes)));
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private interface Action {
    String run() throws IOException;
  }

  private static String orError(Action action) {
    try {
      return action.run();
    } catch (IOException e) {
      return "IOException: " + e.getMessage();
    }
  }
}
