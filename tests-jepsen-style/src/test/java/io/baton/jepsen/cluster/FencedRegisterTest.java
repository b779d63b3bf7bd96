package io.baton.jepsen.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FencedRegisterTest {
  @Test
  void eachSlotRefusesWhatIsOlderThanTheNewestOfItsOwn() throws IOException {
    assertThat(answers("0 5 a#1 0", "1 3 b#2 0", "0 4 b#2 0", "1 2 a#1 0", "0 5 a#1 0"))
        .containsExactly("accepted", "accepted", "refused", "refused", "accepted", "0 broken");
  }

  @Test
  void anEpochOfTwoProcessesIsNoticed() throws IOException {
    assertThat(answers("7 5 a#1 0", "7 5 a#2 0"))
        .containsExactly("accepted", "accepted", "1 broken");
  }

  private static List<String> answers(String... lines) throws IOException {
    List<String> answers = new ArrayList<>();
    try (FencedRegister register = FencedRegister.open()) {
      String[] address = register.address().split(":", 2);
      try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
          PrintWriter out =
              new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line : lines) {
          out.println(line);
          answers.add(in.readLine());
        }
      }
      answers.add(register.broken().size() + " broken");
    }
    return answers;
  }
}
