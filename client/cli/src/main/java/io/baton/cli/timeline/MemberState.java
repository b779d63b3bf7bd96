package io.baton.cli.timeline;

/** What a member was, in one word: where several fit, the one that an operator would say first. */
enum MemberState {
  /** It holds a lease. */
  ACTIVE('#', '\u2588'),
  /** A candidate. */
  PASSIVE('-', '\u2581'),
  SYNCING('~', '\u2592'),
  UNHEALTHY('!', '!'),
  DRAINED('d', 'd'),
  GONE('.', '\u00b7'),
  /** History does not reach back so far. */
  UNKNOWN('?', '?'),
  /** It had not joined yet. */
  ABSENT(' ', ' ');

  private final char plain;
  private final char block;

  MemberState(char plain, char block) {
    this.plain = plain;
    this.block = block;
  }

  char sign(boolean blocks) {
    return blocks ? block : plain;
  }
}
