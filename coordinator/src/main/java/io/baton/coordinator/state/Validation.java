package io.baton.coordinator.state;

import io.baton.coordinator.state.Outcome.Code;
import io.baton.coordinator.state.Outcome.Rejected;
import org.jspecify.annotations.Nullable;

/**
 * What names and specs must be like; asked by the deciders, so that no path into the log can go
 * round it.
 */
public final class Validation {
  private Validation() {}

  /** Whether a name may be one; null: it may. */
  public static @Nullable Rejected name(String field, String name) {
    return Limits.isName(name)
        ? null
        : invalid(field, "'" + shorten(name) + "' is not a name: " + Limits.NAME_RULE);
  }

  static @Nullable Rejected spec(GroupSpec spec, long maxTtlMillis) {
    if (spec.ttlMillis() < Limits.MIN_TTL_MILLIS || spec.ttlMillis() > maxTtlMillis) {
      return invalid(
          "spec.ttl_millis",
          spec.ttlMillis() + " is not between " + Limits.MIN_TTL_MILLIS + " and " + maxTtlMillis);
    }
    Rejected promote = callback("spec.promote_millis", spec.promoteMillis());
    if (promote != null) {
      return promote;
    }
    Rejected demote = callback("spec.demote_millis", spec.demoteMillis());
    if (demote != null) {
      return demote;
    }
    Rejected policy = SpecValidation.policy(spec);
    if (policy != null) {
      return policy;
    }
    return spec.unknownFields().length() > Limits.MAX_SPEC_BYTES
        ? invalid("spec", "is larger than " + Limits.MAX_SPEC_BYTES + " bytes")
        : null;
  }

  /** Whether a host's name may be one; null: it may. */
  static @Nullable Rejected host(String field, String host) {
    return host.isEmpty() ? invalid(field, "is empty") : site(field, host);
  }

  private static @Nullable Rejected site(String field, String text) {
    return text.length() > Limits.MAX_SITE_CHARS
        ? invalid(field, "is longer than " + Limits.MAX_SITE_CHARS + " characters")
        : null;
  }

  /** Whether a join is well-formed, whatever the state; null: it is. */
  public static @Nullable Rejected join(Command.Join join) {
    Rejected name = name("group", join.group());
    if (name != null) {
      return name;
    }
    Rejected member = name("member", join.member());
    if (member != null) {
      return member;
    }
    if (join.incarnation().isEmpty()) {
      return invalid("incarnation", "is empty");
    }
    for (String[] text :
        new String[][] {
          {"incarnation", join.incarnation()},
          {"directory", join.directory()},
          {"address", join.address()}
        }) {
      if (text[1].length() > Limits.MAX_TEXT_CHARS) {
        return invalid(text[0], "is longer than " + Limits.MAX_TEXT_CHARS + " characters");
      }
    }
    if (join.deadIncarnations().size() > Limits.MAX_DEAD_INCARNATIONS) {
      return invalid("dead_incarnations", "are more than " + Limits.MAX_DEAD_INCARNATIONS);
    }
    if (join.deadIncarnations().stream().anyMatch(d -> d.length() > Limits.MAX_TEXT_CHARS)) {
      return invalid(
          "dead_incarnations", "one is longer than " + Limits.MAX_TEXT_CHARS + " characters");
    }
    Rejected site = site(join.site());
    if (site != null) {
      return site;
    }
    int metadata =
        join.metadata().entrySet().stream()
            .mapToInt(e -> e.getKey().length() + e.getValue().length())
            .sum();
    return metadata > Limits.MAX_METADATA_CHARS
        ? invalid("metadata", metadata + " characters are more than " + Limits.MAX_METADATA_CHARS)
        : null;
  }

  private static @Nullable Rejected site(Site site) {
    Rejected host = site("host", site.host());
    Rejected zone = host != null ? host : site("zone", site.zone());
    Rejected peer = zone != null ? zone : peerAddress(site.peerAddress());
    if (peer != null) {
      return peer;
    }
    return site.weight() < 1 || site.weight() > Limits.MAX_WEIGHT
        ? invalid("weight", site.weight() + " is not between 1 and " + Limits.MAX_WEIGHT)
        : null;
  }

  private static @Nullable Rejected peerAddress(String address) {
    return address.isEmpty() || Limits.ADDRESS.matcher(address).matches()
        ? site("peer_address", address)
        : invalid("peer_address", "'" + address + "' is not host:port");
  }

  private static @Nullable Rejected callback(String field, long millis) {
    return millis < 1 || millis > Limits.MAX_CALLBACK_MILLIS
        ? invalid(field, millis + " is not between 1 and " + Limits.MAX_CALLBACK_MILLIS)
        : null;
  }

  static Rejected invalid(String field, String message) {
    return new Rejected(Code.INVALID, field, message);
  }

  private static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
