package io.baton.cli.verb;

import io.baton.proto.v1.Page;
import java.util.function.Function;

/** Reads a list to its end, page by page. */
final class Pages {
  private Pages() {}

  /**
   * Reads all pages.
   *
   * @param read reads one page, keeps what is in it, and returns the token of the next; empty: that
   *     was the last
   */
  static void all(Function<Page, String> read) {
    String token = "";
    do {
      token = read.apply(Page.newBuilder().setToken(token).build());
    } while (!token.isEmpty());
  }
}
