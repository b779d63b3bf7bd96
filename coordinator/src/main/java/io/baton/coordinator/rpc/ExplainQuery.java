package io.baton.coordinator.rpc;

import io.baton.coordinator.service.View;
import io.baton.coordinator.state.Candidate;
import io.baton.coordinator.state.Explanation;
import io.baton.coordinator.state.Group;
import io.baton.coordinator.state.Outcome;
import io.baton.coordinator.state.Rule;
import io.baton.proto.v1.ExplainRequest;
import io.baton.proto.v1.ExplainResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says who would get a slot now, or got it then, and why everybody else did not. */
final class ExplainQuery {
  private ExplainQuery() {}

  /** An explanation, or why there is none. */
  record Result(@Nullable ExplainResponse response, Outcome.@Nullable Rejected refusal) {
    private static Result of(Optional<ExplainResponse> found, Supplier<Outcome.Rejected> none) {
      return found.map(r -> new Result(r, null)).orElseGet(() -> new Result(null, none.get()));
    }

    void send(StreamObserver<ExplainResponse> out) {
      if (response != null) {
        Answer.send(out, response);
      } else if (refusal != null) {
        out.onError(Errors.of(refusal));
      }
    }
  }

  static Function<View, Result> of(ExplainRequest request) {
    String group = Checks.name("group", request.getGroup());
    int slot = Checks.number("slot", request.getSlot());
    long at = Checks.number("at_revision", request.getAtRevision());
    return at == 0
        ? view -> Result.of(present(view, group, slot), () -> noSlot(view, group, slot))
        : view -> Result.of(past(view, group, at), () -> noDecision(group, at));
  }

  private static Outcome.Rejected noSlot(View view, String groupName, int slot) {
    Group group = view.state().group(groupName);
    if (group == null) {
      return notFound("group", "there is no group " + groupName);
    }
    String others = ranges(group.slots().keySet());
    return notFound(
        "slot",
        "group "
            + groupName
            + " has no slot "
            + slot
            + (others.isEmpty() ? ", nor any other" : "; it has " + others));
  }

  /** {@code 0-3, 5}. */
  private static String ranges(Set<Integer> slots) {
    StringBuilder text = new StringBuilder();
    for (int slot : slots) {
      if (!slots.contains(slot - 1)) {
        text.append(text.isEmpty() ? "" : ", ").append(slot);
      } else if (!slots.contains(slot + 1)) {
        text.append('-').append(slot);
      }
    }
    return text.toString();
  }

  private static Outcome.Rejected noDecision(String group, long at) {
    return notFound(
        "at_revision",
        "history holds no decision about "
            + group
            + " under revision "
            + at
            + ": decisions are the events that name candidates");
  }

  private static Outcome.Rejected notFound(String field, String message) {
    return new Outcome.Rejected(Outcome.Code.NOT_FOUND, field, message);
  }

  private static Optional<ExplainResponse> present(View view, String group, int slot) {
    return Explanation.of(view.state(), group, slot)
        .map(
            explanation -> {
              ExplainResponse.Builder response =
                  response(view, explanation.candidates())
                      .setSlot(explanation.slot())
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
