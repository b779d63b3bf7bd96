package io.baton.cli.verb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;

/** What this is. */
@Command(name = "version", description = "Print the version of this command.")
final class VersionVerb implements Runnable {
  private final Context context;

  VersionVerb(Context context) {
    this.context = context;
  }

  @Override
  public void run() {
    String version = version();
    context.print(context.json() ? "{\"version\": \"" + version + "\"}" : "baton " + version);
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream file =
        VersionVerb.class.getResourceAsStream("/io/baton/cli/version.properties")) {
      properties.load(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return properties.getProperty("version", "unknown");
  }
}
