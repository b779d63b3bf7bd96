package io.baton.coordinator.rpc;

import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Candidate;
import io.baton.coordinator.state.Explanation;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Rule;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.ExplainResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says who would get a slot now, or got it then, and why everybody else did not. */
final class ExplainQuery {
  private ExplainQuery() {}

  /** Empty: see {@link #nothing}. */
  static Function<View, Optional<ExplainResponse>> of(ExplainRequest request) {
    String group = Checks.name("group", request.getGroup());
    int slot = Checks.number("slot", request.getSlot());
    long at = Checks.number("at_revision", request.getAtRevision());
    return at == 0 ? view -> present(view, group, slot) : view -> past(view, group, at);
  }

  /** What is not there. */
  static Outcome.Rejected nothing(ExplainRequest request) {
    return request.getAtRevision() == 0
        ? new Outcome.Rejected(
            Outcome.Code.NOT_FOUND, "group", "there is no group " + request.getGroup())
        : new Outcome.Rejected(
            Outcome.Code.NOT_FOUND,
            "at_revision",
            "history holds no decision about "
                + request.getGroup()
                + " under revision "
                + request.getAtRevision()
                + ": decisions are the events that name candidates");
  }

  private static Optional<ExplainResponse> present(View view, String group, int slot) {
    return Explanation.of(view.state(), group, slot)
        .map(
            explanation -> {
              ExplainResponse.Builder response =
                  response(view, explanation.candidates())
                      .setHolder(explanation.holder())
                      .setEpoch(explanation.epoch())
                      .setChosen(explanation.chosen());
              Rule heldBack = explanation.heldBack();
              if (heldBack != null) {
                response.setHeldBack(heldBack.name()).putRules(heldBack.name(), heldBack.text());
              }
              String before = explanation.waitsFor();
              if (before != null) {
                Rule rule = Rule.NOT_ITS_TURN;
                response.putRules(rule.name(), rule.text() + " (" + before + ")");
              }
              return response.build();
            });
  }

  private static Optional<ExplainResponse> past(View view, String group, long revision) {
    return view.store().eventsFrom(revision, 1).stream()
        .filter(event -> event.revision() == revision && event.group().equals(group))
        .filter(event -> !event.candidates().isEmpty())
        .findFirst()
        .map(
            event -> {
              ExplainResponse.Builder response =
                  response(view, event.candidates()).setEvent(EventCodec.encode(event));
              event.candidates().stream()
                  .filter(candidate -> candidate.rule().chosen())
                  .findFirst()
                  .ifPresent(candidate -> response.setChosen(candidate.member()));
              return response.build();
            });
  }

  private static ExplainResponse.Builder response(View view, List<Candidate> candidates) {
    ExplainResponse.Builder response =
        ExplainResponse.newBuilder().setRevision(view.state().revision());
    for (Candidate candidate : candidates) {
      response
          .addCandidates(EventCodec.candidate(candidate))
          .putRules(candidate.rule().name(), candidate.rule().text());
    }
    return response;
  }
}
