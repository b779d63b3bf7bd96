package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.state.GroupCheck.Kind;
import io.baton.coordinator.state.Outcome.Rejected;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checks that a spec may hold. */
final class CheckValidationTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP, http://127.0.0.1:8080/health?deep=1",
    "HTTP, https://db.example",
    "HTTP, http://[::1]:80/",
    "TCP, db-1.example:5432",
    "TCP, [::1]:5432",
    "GRPC, 127.0.0.1:1",
    "GRPC, 127.0.0.1:1|orders",
    "COMMAND, /bin/check|--quick",
  })
  void whatCanBeLookedAtIsTaken(Kind kind, String target) {
    assertThat(CheckValidation.checks(List.of(check(kind, target)))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP, localhost:8080/health, http",
    "HTTP, ftp://h/, http",
    "HTTP, http:///path, http",
    "HTTP, http://h/a b, http",
    "HTTP, http://h/|http://i/, http",
    "TCP, db, tcp",
    "TCP, :5432, tcp",
    "TCP, db:0, tcp",
    "TCP, db:65536, tcp",
    "TCP, db:1|db:2, tcp",
    "GRPC, h:1|a|b, grpc",
    "GRPC, h, grpc",
    "DISK, /var, min_free_bytes",
    "DISK, '', disk",
    "DISK, /var|/tmp, disk",
    "COMMAND, '', command",
  })
  void whatCanNotIsRefusedByItsField(Kind kind, String target, String field) {
    Rejected refused = CheckValidation.checks(List.of(check(kind, target)));

    assertThat(refused).extracting(Rejected::field).isEqualTo("spec.checks.c." + field);
  }

  @ParameterizedTest
  @CsvSource({
    "99, 1000, 1, 3, interval_millis",
    "3600001, 1000, 1, 3, interval_millis",
    "2000, 9, 1, 3, timeout_millis",
    "2000, 3600001, 1, 3, timeout_millis",
    "2000, 1000, 0, 3, rise",
    "2000, 1000, 101, 3, rise",
    "2000, 1000, 1, 0, fall",
    "2000, 1000, 1, 101, fall",
  })
  void howItIsRunHasItsBounds(long interval, long timeout, int rise, int fall, String field) {
    GroupCheck check =
        new GroupCheck("c", Kind.DISK, List.of("/"), 1, interval, timeout, rise, fall);

    assertThat(CheckValidation.checks(List.of(check)))
        .extracting(Rejected::field)
        .isEqualTo("spec.checks.c." + field);
  }

  @Test
  void thereAreAtMost16EachOfItsOwnNameAndNotTooLongTogether() {
    List<GroupCheck> sixteen = IntStream.range(0, 16).mapToObj(i -> named("c" + i, "h:1")).toList();
    assertThat(CheckValidation.checks(sixteen)).isNull();
    List<GroupCheck> oneMore = IntStream.range(0, 17).mapToObj(i -> named("c" + i, "h:1")).toList();
    for (List<GroupCheck> wrong :
        List.of(
            oneMore,
            List.of(named("c", "h:1"), named("c", "h:2")),
            List.of(named("C", "h:1")),
            List.of(
                new GroupCheck(
                    "c",
                    Kind.COMMAND,
                    Collections.nCopies(17, "x".repeat(500)),
                    0,
                    2_000,
                    1_000,
                    1,
                    3)))) {
      assertThat(CheckValidation.checks(wrong))
          .extracting(Rejected::field)
          .isEqualTo("spec.checks");
    }
  }

  private static GroupCheck check(Kind kind, String target) {
    return new GroupCheck("c", kind, Arrays.asList(target.split("\\|")), 0, 2_000, 1_000, 1, 3);
  }

  private static GroupCheck named(String name, String address) {
    return new GroupCheck(name, Kind.TCP, List.of(address), 0, 2_000, 1_000, 1, 3);
  }
}
