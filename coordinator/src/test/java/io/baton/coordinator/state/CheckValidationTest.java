package io.baton.coordinator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.baton.coordinator.state.GroupCheck.Kind;
import io.baton.coordinator.state.Outcome.Rejected;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks that a spec may hold. */
final class CheckValidationTest {
  @ParameterizedTest
  @CsvSource({
    "HTTP, http://127.0.0.1:8080/health?deep=1",
    "HTTP, https://db.example",
    "HTTP, http://[::1]:80/",
    "HTTP, 'http://h/a%20b/(c);d=e,f:@~!$&*+?q=%C3%A9/?''x'",
    "HTTP, http://1.2.3.4:65535",
    "HTTP, http://a.b-c.:1?q",
    "HTTP, http://[2001:db8::1:2]/",
    "TCP, my_db:5432",
    "GRPC, [2001:db8:0:1:2:3:4:5]:443",
    "GRPC, unix:80",
    "GRPC, dns:443",
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
    "HTTP, http://my_service:8080/health, http",
    "HTTP, http://a:b:c/, http",
    "HTTP, http://:80/, http",
    "HTTP, http://h/{x}, http",
    "HTTP, http://h/%zz, http",
    "HTTP, http://h/%2, http",
    "HTTP, http://h:99999/, http",
    "HTTP, http://h:0/, http",
    "HTTP, http://1.2.3/, http",
    "HTTP, http://256.1.1.1/, http",
    "HTTP, http://h..i/, http",
    "HTTP, http://-h/, http",
    "HTTP, http://[:::]/, http",
    "HTTP, http://[1:2:3:4:5:6:7:8::]/, http",
    "HTTP, http://[::1%eth0]/, http",
    "TCP, [1:2:3]:80, tcp",
    "GRPC, my_svc:1, grpc",
    "GRPC, unix:/run/x, grpc",
    "TCP, db, tcp",
    "TCP, :5432, tcp",
    "TCP, db:0, tcp",
    "TCP, db:65536, tcp",
    "TCP, db:1|db:2, tcp",
    "GRPC, h:1|a|b, grpc",
    "GRPC, h, grpc",
    "DISK, '', disk",
    "DISK, /var|/tmp, disk",
    "COMMAND, '', command",
  })
  void whatCanNotIsRefusedByItsField(Kind kind, String target, String field) {
    Rejected refused = CheckValidation.checks(List.of(check(kind, target)));

    assertThat(refused).extracting(Rejected::field).isEqualTo("spec.checks.c." + field);
  }

  @Test
  void whatNoSystemCallTakesIsRefused() {
    for (GroupCheck wrong :
        List.of(
            check(Kind.HTTP, List.of("http://h/a|b")),
            check(Kind.DISK, List.of("/var\0")),
            check(Kind.DISK, List.of("/var\n/tmp")),
            check(Kind.DISK, List.of("/var\u007f")),
            check(Kind.COMMAND, List.of("sh", "-c", "a\0b")))) {
      assertThat(CheckValidation.checks(List.of(wrong)))
          .as(wrong.toString())
          .extracting(Rejected::field)
          .isEqualTo("spec.checks.c." + wrong.kind().name().toLowerCase(Locale.ROOT));
    }
    GroupCheck noRoom = new GroupCheck("c", Kind.DISK, List.of("/var"), 0, 2_000, 1_000, 1, 3);
    assertThat(CheckValidation.checks(List.of(noRoom)))
        .extracting(Rejected::field)
        .isEqualTo("spec.checks.c.min_free_bytes");
    assertThat(CheckValidation.checks(List.of(check(Kind.COMMAND, List.of("sh", "-c", "a\nb")))))
        .isNull();
  }

  /** By an operator's mistake: it is judged by every coordinator, in the state machine. */
  @Test
  @Timeout(10)
  void aTargetOfMegabytesIsJudgedAtOnce() {
    for (String part : List.of("a", "a.", "a-", "1.", "1:", "/%41", "_")) {
      String text = part.repeat(1_000_000);
      for (String url : List.of("http://" + text, "http://h/" + text, text + ":80")) {
        assertThat(CheckTarget.isServer(url)).isFalse();
        assertThatCode(() -> CheckTarget.isUrl(url)).doesNotThrowAnyException();
        assertThatCode(() -> CheckTarget.isAddress(url)).doesNotThrowAnyException();
      }
    }
  }

  /** What Java's own parser refuses would fail only when the check is run. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://h/a%20b/(c);d=e,f:@~!$&*+?q=%C3%A9/?'x'",
        "http://a.b-c.:1?q",
        "http://1a.b/",
        "http://[1:2:3:4:5:6::7]/",
        "http://[::]:1",
        "http://[1:2:3:4:5:6:7:8]",
      })
  void aUrlThatIsTakenHasAHostForJavaToo(String url) {
    assertThat(CheckTarget.isUrl(url)).isTrue();
    assertThat(URI.create(url).getHost()).isNotNull();
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
                    3)),
            List.of(check(Kind.COMMAND, emptyArguments(8_191))))) {
      assertThat(CheckValidation.checks(wrong))
          .extracting(Rejected::field)
          .isEqualTo("spec.checks");
    }
  }

  private static GroupCheck check(Kind kind, String target) {
    return check(kind, Arrays.asList(target.split("\\|")));
  }

  private static GroupCheck check(Kind kind, List<String> target) {
    return new GroupCheck("c", kind, target, 1, 2_000, 1_000, 1, 3);
  }

  private static List<String> emptyArguments(int number) {
    List<String> words = new ArrayList<>(List.of("sh"));
    words.addAll(Collections.nCopies(number, ""));
    return words;
  }

  private static GroupCheck named(String name, String address) {
    return new GroupCheck(name, Kind.TCP, List.of(address), 0, 2_000, 1_000, 1, 3);
  }
}
