package io.baton.agent.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Who is active in a group, as the cluster sees it.
 *
 * @param started its onActive has returned
 */
public record ActiveMember(
    int slot,
    long epoch,
    String member,
    String address,
    Map<String, String> metadata,
    boolean started) {
  public ActiveMember {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }
}
