package io.baton.coordinator.state;

import java.util.regex.Pattern;

/**
 * The bounds of what the state machine takes in; part of what a command decides, so fixed for all
 * coordinators.
 */
public final class Limits {
  /** Names of groups, members and coordinators. */
  public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

  /** What {@link #NAME} allows, for error messages. */
  public static final String NAME_RULE =
      "1 to 63 characters of a-z, 0-9, '.', '_', '-', the first a letter or digit";

  /** What members connect to: host:port, an IPv6 host in brackets. */
  static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^\\s:\\[\\]]+):[1-9]\\d{0,4}");

  /** Smallest TTL of a group. */
  public static final long MIN_TTL_MILLIS = 1_000;

  /** Longest time a callback may be given. */
  public static final long MAX_CALLBACK_MILLIS = 3_600_000;

  /** Longest time an operator's pause may be given an end. */
  public static final long MAX_PAUSE_MILLIS = 30L * 24 * 3_600_000;

  /** Longest lock delay, cool-down, grace or flap window. */
  public static final long MAX_POLICY_MILLIS = 24L * 3_600_000;

  /** Slots of a group. */
  public static final int MAX_SLOTS = 16_384;

  /** Largest weight of a member. */
  public static final int MAX_WEIGHT = 1_000;

  /** Largest priority of a member, and the smallest with a minus sign. */
  public static final int MAX_PRIORITY = 1_000_000;

  /** Checks in a spec. */
  public static final int MAX_CHECKS = 16;

  /** What all checks of a spec look at, in chars: it goes to every member. */
  public static final int MAX_CHECKS_CHARS = 8_192;

  /** Looks in a row that turn an opinion. */
  public static final int MAX_LOOKS = 100;

  /** Zones, and members with a preference of their own, in a spec. */
  public static final int MAX_PREFERENCES = 1_000;

  /** Members drained by their ids in a group; hosts drained in the cluster. */
  public static final int MAX_DRAINED = 1_000;

  /** Members that an active asks where its group says hold-if-peers-agree. */
  public static final int MAX_PEERS = 32;

  /** Hosts, zones and where members answer each other. */
  public static final int MAX_SITE_CHARS = 253;

  /** What is kept of a failing check or a lapse. */
  public static final int MAX_DETAIL_CHARS = 512;

  /** Metadata of a member: keys and values together, in chars. */
  public static final int MAX_METADATA_CHARS = 4_096;

  /** A spec's unknown fields, in bytes. */
  public static final int MAX_SPEC_BYTES = 65_536;

  /** Addresses, incarnations and directories. */
  public static final int MAX_TEXT_CHARS = 512;

  /** Predecessors that one join may name as dead. */
  public static final int MAX_DEAD_INCARNATIONS = 64;

  /** Members that are gone and still listed, a group. */
  public static final int GONE_MEMBERS_KEPT = 100;

  /** Events kept in the history of the cluster. */
  public static final int EVENTS_KEPT = 10_000;

  /** Answers kept for commands that may be retried. */
  public static final int ANSWERS_KEPT = 10_000;

  /** Candidates named in the event of a grant. */
  public static final int CANDIDATES_NAMED = 32;

  private Limits() {}

  /** Whether {@code name} may name a group, a member or a coordinator. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
