package io.baton.example;

import java.sql.Connection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Reads the database and says whether any job ran twice, was lost, or was run under an epoch that
 * went back. Exit code 0: none; 1: the promise is broken, or the jobs were not done in time; 2: bad
 * arguments.
 *
 * <p>{@code --database-url}, {@code --wait-seconds} (20): how long the jobs known at the start may
 * take.
 */
public final class ProofMain {
  private static final Set<String> OPTIONS =
      new TreeSet<>(Set.of("--database-url", "--wait-seconds"));

  private static final int POLL_MILLIS = 50;

  private ProofMain() {}

  /** Prints the proof and exits. */
  public static void main(String[] args) throws Exception {
    Database database;
    int waitSeconds;
    try {
      Arguments arguments = Arguments.parse(args, OPTIONS);
      database = new Database(arguments.required("--database-url"));
      waitSeconds = arguments.number("--wait-seconds", 20);
    } catch (IllegalArgumentException e) {
      System.err.println("proof: " + e.getMessage());
      System.exit(2);
      return;
    }
    try (Connection connection = database.connect()) {
      long last = Proof.newestJob(connection);
      awaitDone(connection, last, waitSeconds);
      Proof proof = Proof.read(connection, last);
      print(proof);
      System.exit(proof.holds() ? 0 : 1);
    }
  }

  private static void awaitDone(Connection connection, long last, int waitSeconds)
      throws Exception {
    long start = System.nanoTime();
    while (Proof.waiting(connection, last) > 0
        && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(waitSeconds)) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static void print(Proof proof) {
    System.out.printf("jobs submitted            %6d%n", proof.jobs());
    System.out.printf("jobs that ran twice       %6d%n", proof.ranTwice());
    System.out.printf("jobs that were lost       %6d%n", proof.lost());
    System.out.printf("epochs, each newer        %6s%n", proof.epochsGrow() ? "yes" : "NO");
    for (Proof.Reign reign : proof.reigns()) {
      System.out.printf(
          "  epoch %-6d %-12s %6d jobs%n", reign.epoch(), reign.member(), reign.runs());
    }
    System.out.println(proof.holds() ? "proved" : "NOT PROVED");
  }
}
