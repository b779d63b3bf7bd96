package io.baton.agent.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One group the agent belongs to, and as whom.
 *
 * @param incarnation UUID of this start of the member's process
 * @param directory identity of the locked state directory; empty: it proves nothing
 * @param deadIncarnations those that lived in exactly this directory, and are dead because this
 *     process holds its lock
 * @param address advertised to clients of the service; may be empty
 * @param readiness the first one
 * @param together one callback for all that begins, and one for all that ends for one cause; not
 *     one after the other
 * @param resyncs after its membership ended it is SYNCING until the service says otherwise
 */
public record MemberConfig(
    String group,
    String member,
    String incarnation,
    String directory,
    List<String> deadIncarnations,
    String address,
    Map<String, String> metadata,
    Site site,
    Readiness readiness,
    boolean together,
    boolean resyncs) {
  public MemberConfig {
    deadIncarnations = List.copyOf(deadIncarnations);
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
