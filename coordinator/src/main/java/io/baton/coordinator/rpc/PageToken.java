package io.baton.coordinator.rpc;

import io.baton.coordinator.state.Limits;

/**
 * The last key of the page before: {@code group} and, below it, {@code key}; both empty for the
 * first page. Names have no slash, so a slash parts the two.
 */
record PageToken(String group, String key) {
  private static final String FIELD = "page.token";

  static PageToken parse(String token) {
    int slash = token.indexOf('/');
    String group = slash < 0 ? token : token.substring(0, slash);
    String key = slash < 0 ? "" : token.substring(slash + 1);
    boolean ours = token.isEmpty() || (Limits.isName(group) && (slash < 0 || Limits.isName(key)));
    if (!ours) {
      throw InvalidRequest.field(FIELD, "is not the 'next' of an earlier page");
    }
    return new PageToken(group, key);
  }

  /** The slot a token of leases stands for. */
  int slot() {
    try {
      return key.isEmpty() ? -1 : Integer.parseInt(key);
    } catch (NumberFormatException e) {
      throw InvalidRequest.field(FIELD, "is not the 'next' of an earlier page");
    }
  }

  /** Where a page of everything begins: in which group, this one included. */
  String fromGroup() {
    return group;
  }
}
