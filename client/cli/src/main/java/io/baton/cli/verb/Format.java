package io.baton.cli.verb;

/** How data is printed. Lower case, since it is typed. */
enum Format {
  /** For people. */
  table,
  /** For programs: the proto3 JSON mapping of the coordinator's reply. */
  json
}
