package io.baton.cli.spec;

import io.baton.proto.v1.GroupSpec;
import java.util.Map;

/**
 * One group as a file says it; what the file leaves out is not set.
 *
 * @param origin where the document begins, as {@code groups.yaml:3:1}
 * @param origins where each field's value stands, by its name on the wire: {@code spec.ttl_millis}
 */
public record GroupFile(String name, GroupSpec spec, String origin, Map<String, String> origins) {
  public GroupFile {
    origins = Map.copyOf(origins);
  }

  /** Where a field stands; the document where the file left it out. */
  String originOf(String field) {
    return origins.getOrDefault(field, origin);
  }

  /** The cluster's refusal of a field, at the place where the file says it. */
  public String refused(String field, String message) {
    String key = SpecKey.nameOf(field);
    return originOf(field) + ": " + (key.isEmpty() ? "" : key + ": ") + message;
  }
}
