package io.baton.coordinator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.baton.coordinator.rpc.FakeApi;
import io.baton.coordinator.service.LeaderHint;
import io.baton.coordinator.service.LogStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpsServerTest {
  private final ExecutorService core = Executors.newSingleThreadExecutor();
  private final HttpClient client = HttpClient.newHttpClient();
  private final FakeApi api = new FakeApi();
  private OpsServer server;

  @BeforeEach
  void start() throws IOException {
    InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = OpsServer.start(bind, "prod", "n1", "1.2", api, core);
  }

  @AfterEach
  void stop() {
    server.close();
    core.shutdownNow();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static LogStatus log(long applied, long committed) {
    return new LogStatus(
        LogStatus.Role.FOLLOWER, 3, "n2", applied, committed, committed, List.of());
  }

  @Test
  void healthIsOkWhileTheProcessServes() throws Exception {
    HttpResponse<String> answer = ask("GET", "/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"ok\",\"cluster\":\"prod\",\"id\":\"n1\",\"version\":\"1.2\"}\n");
    assertThat(ask("GET", "/livez").statusCode()).isEqualTo(200);
  }

  @Test
  void notReadyBeforeItServes() throws Exception {
    assertThat(ask("GET", "/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void readyOnceItKnowsALeaderAndHasAppliedWhatIsCommitted() throws Exception {
    api.hint = new LeaderHint(3, "n2", "127.0.0.1:7000");
    api.log = log(10, 10);
    server.serving();

    assertThat(ask("GET", "/ready").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void notReadyWithoutALeader() throws Exception {
    api.log = log(10, 10);
    server.serving();

    HttpResponse<String> answer = ask("GET", "/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"reason\":\"no coordinator leader is known\"");
  }

  @Test
  void notReadyWhereWhatWasCommittedIsNotAppliedWithinASecond() throws Exception {
    api.hint = new LeaderHint(3, "n2", "127.0.0.1:7000");
    api.log = log(7, 10);
    server.serving();

    HttpResponse<String> answer = ask("GET", "/ready");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("is behind: applied 7 of 10 entries");
  }

  @Test
  void notReadyWhereTheCoreThreadDoesNotAnswer() throws Exception {
    server.serving();
    core.shutdown();
    try (OpsServer stuck =
        OpsServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            "prod",
            "n1",
            "1.2",
            api,
            work -> {})) {
      stuck.serving();
      URI uri = URI.create("http://127.0.0.1:" + stuck.port() + "/ready");
      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("the core thread is busy");
    }
  }

  @Test
  void headAnswersLikeGetWithoutABody() throws Exception {
    HttpResponse<String> answer = ask("HEAD", "/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(ask("HEAD", "/ready").statusCode()).isEqualTo(503);
  }

  @Test
  void anythingElseIsNotFoundOrNotAllowed() throws Exception {
    assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
    assertThat(ask("GET", "/health/x").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/health").statusCode()).isEqualTo(405);
  }
}
