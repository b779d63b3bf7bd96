package io.baton.jepsen.shim;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The library that lies to a process, built for this machine. Immutable; any number of processes
 * may use it, each with a {@link ShimControl} of its own.
 *
 * @param library the shared object
 */
public record Shim(Path library) {
  private static final Path SOURCE = Path.of("src", "main", "native", "shim.c");

  /**
   * Compiles the library. Blocks while the compiler runs, for about a second.
   *
   * @param directory where the library is put
   * @throws ShimUnavailableException this isn't Linux on 64 bits, or there is no C compiler or no
   *     source, or the directory's name doesn't suit LD_PRELOAD
   */
  public static Shim build(Path directory) throws ShimUnavailableException {
    requireSystem();
    Path source =
        source()
            .orElseThrow(
                () -> new ShimUnavailableException(SOURCE + " is not above these classes"));
    Path library = directory.toAbsolutePath().resolve("libbaton-shim.so");
    if (library.toString().matches(".*[ :].*")) {
      throw new ShimUnavailableException("LD_PRELOAD takes no space or colon in " + library);
    }
    Path log = directory.resolve("libbaton-shim.log");
    for (String compiler : List.of("gcc", "cc", "clang")) {
      Optional<Integer> status = run(log, compile(compiler, source, library));
      if (status.isPresent() && status.get() == 0) {
        return new Shim(library);
      }
      if (status.isPresent()) {
        throw new ShimUnavailableException(
            compiler + " does not compile " + source + "; it says why in " + log);
      }
    }
    throw new ShimUnavailableException("no C compiler here (gcc)");
  }

  /**
   * A handle on one process to be, and its control file.
   *
   * @param control the file, not there yet; it must outlive the process
   * @param disk whose files may fail, with all below it; null: no disk ever fails
   * @throws java.io.UncheckedIOException the file can't be made
   */
  public ShimControl control(Path control, @Nullable Path disk) {
    return new ShimControl(library, control.toAbsolutePath(), disk);
  }

  private static void requireSystem() throws ShimUnavailableException {
    String system = System.getProperty("os.name");
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    if (!system.equals("Linux") || !List.of("amd64", "aarch64").contains(machine)) {
      throw new ShimUnavailableException(
          "needs Linux on amd64 or aarch64, and this is " + system + " on " + machine);
    }
  }

  private static List<String> compile(String compiler, Path source, Path library) {
    return List.of(
        compiler, "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
  }

  /** The exit status; empty if there is no such program. */
  private static Optional<Integer> run(Path log, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      return Optional.of(process.waitFor());
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while compiling", e);
    }
  }

  /** The classes are run from the checkout that they were built in, as classes or as a jar. */
  private static Optional<Path> source() {
    try {
      Path place = Path.of(Shim.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path above = place; above != null; above = above.getParent()) {
        if (Files.isRegularFile(above.resolve(SOURCE))) {
          return Optional.of(above.resolve(SOURCE));
        }
      }
      return Optional.empty();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
