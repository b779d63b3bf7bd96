package io.baton.coordinator.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a round changed.
 *
 * @param renewals one a renewal of the round, in its order
 * @param outcomes one a request of the round, in its order
 * @param touched new values by key; empty: the entity is gone. Renewal numbers don't count as a
 *     change
 * @param orders memberships whose orders changed, or that ended
 * @param views groups whose active members changed
 */
public record RoundResult(
    Round round,
    List<RenewalResult> renewals,
    List<Outcome> outcomes,
    List<HistoryEvent> events,
    Map<Entity.Key, Optional<Entity>> touched,
    Set<MembershipRef> orders,
    Set<String> views) {}
