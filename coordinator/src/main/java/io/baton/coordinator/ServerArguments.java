package io.baton.coordinator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code baton server}.
 *
 * @param config null: none was named
 * @param devApi where a development server listens
 * @param flags configuration by key, without the dashes
 */
record ServerArguments(
    boolean help,
    boolean version,
    boolean dev,
    @Nullable String config,
    String devApi,
    Map<String, String> flags) {
  static final String USAGE =
      """
      Usage: baton server --config FILE [--KEY=VALUE ...]
             baton server --dev [--api HOST:PORT]

        --config FILE   the cluster's configuration, the same file on every node
        --KEY=VALUE     sets a key of the file, for example --node.id=n1; a flag counts before the
                        environment (BATON_NODE_ID), which counts before the file
        --dev           one coordinator in a temporary directory: to try things out, not to keep them
        --api HOST:PORT where a --dev server listens (127.0.0.1:7000); HTTP and Raft take the next
                        two ports
        --version       prints the version
        --help          prints this
      """;

  /** A command line that makes no sense; the message says why. */
  static final class UsageException extends Exception {
    UsageException(String message) {
      super(message);
    }
  }

  /** Reads the arguments after {@code server}, which may be among them as the first. */
  static ServerArguments parse(List<String> arguments) throws UsageException {
    Parser parser = new Parser();
    int first = !arguments.isEmpty() && arguments.get(0).equals("server") ? 1 : 0;
    for (int i = first; i < arguments.size(); i++) {
      String next = i + 1 < arguments.size() ? arguments.get(i + 1) : null;
      if (parser.takesNext(arguments.get(i), next)) {
        i++;
      }
    }
    return parser.parsed();
  }

  private static final class Parser {
    private boolean help;
    private boolean version;
    private boolean dev;
    private @Nullable String config;
    private @Nullable String api;
    private final Map<String, String> flags = new LinkedHashMap<>();

    /** Takes one argument; whether it took the next, too, as its value. */
    boolean takesNext(String argument, @Nullable String next) throws UsageException {
      if (!argument.startsWith("--") || argument.length() == 2) {
        throw new UsageException("'" + argument + "' is no flag");
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument.substring(2) : argument.substring(2, equals);
      if (equals < 0 && isSwitch(name)) {
        return false;
      }
      String value = equals < 0 ? next : argument.substring(equals + 1);
      if (value == null) {
        throw new UsageException("--" + name + " needs a value");
      }
      set(name, value);
      return equals < 0;
    }

    private boolean isSwitch(String name) {
      switch (name) {
        case "help" -> help = true;
        case "version" -> version = true;
        case "dev" -> dev = true;
        default -> {
          return false;
        }
      }
      return true;
    }

    private void set(String name, String value) {
      switch (name) {
        case "config" -> config = value;
        case "api" -> api = value;
        default -> flags.put(name, value);
      }
    }

    ServerArguments parsed() throws UsageException {
      boolean asks = help || version;
      if (!asks && dev == (config != null)) {
        throw new UsageException("say either --config FILE or --dev");
      }
      if (api != null && !dev) {
        throw new UsageException("--api goes with --dev; otherwise the file says where to listen");
      }
      return new ServerArguments(
          help, version, dev, config, api == null ? "127.0.0.1:7000" : api, flags);
    }
  }
}
