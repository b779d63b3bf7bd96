package io.baton.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.proto.v1.Candidate;
import io.baton.proto.v1.ExplainResponse;
import org.junit.jupiter.api.Test;

final class ExplanationTextTest {
  private static final ExplainResponse NOW =
      ExplainResponse.newBuilder()
          .setHolder("a")
          .addCandidates(candidate("a", "HOLDS_A_LEASE"))
          .addCandidates(candidate("b", "SYNCING"))
          .addCandidates(candidate("c", "NOT_FIRST"))
          .addCandidates(candidate("d", "PRIORITY").toBuilder().setChosen(true))
          .addCandidates(candidate("e", "DRAINED"))
          .putRules("SYNCING", "catches up its own data")
          .build();

  @Test
  void whyNotNamesThoseThatARuleExcludes() {
    assertThat(ExplanationText.whyNot("", NOW)).isEqualTo("b SYNCING, e DRAINED");
    assertThat(ExplanationText.whyNot("b", NOW)).isEqualTo("SYNCING, catches up its own data");
  }

  @Test
  void noRuleIsAgainstACandidateThatIsCountedOnElsewhere() {
    assertThat(ExplanationText.whyNot("c", NOW)).isEmpty();
    assertThat(ExplanationText.whyNot("d", NOW)).isEmpty();
  }

  private static Candidate candidate(String member, String rule) {
    return Candidate.newBuilder().setMember(member).setRule(rule).build();
  }
}
