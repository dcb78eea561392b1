package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk takes no more bytes while a server runs: here, a file no more than some. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {
  /** Above what the libraries unpack at the start, below what the log grows to. */
  private static final long FILE_BYTES = 24L << 20;

  private static final int TAPS = 5;
  private static final int ROWS = 500;
  private static final int MOST_PUSHES = 500;
  private static final String NOTE = "x".repeat(400);

  @TempDir Path folder;

  @Test
  void server_that_cannot_write_says_so_and_loses_nothing_it_acknowledged() throws Exception {
    Taps taps = new Taps(folder, "flush: {seconds: 999999}");
    Map<String, Long> acknowledged = new TreeMap<>();
    List<String> unknown = List.of();
    try (Processes processes = new Processes()) {
      Processes.Server server = processes.serveWithin(folder, FILE_BYTES);
      for (int push = 0; push < MOST_PUSHES && unknown.isEmpty(); push++) {
        List<String> rows = rows(push);
        HttpResponse<String> answer = taps.push(server.address(), rows);
        if (answer.statusCode() == 200) {
          count(acknowledged);
        } else {
          unknown = rows;
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.body())
              .contains("UNKNOWN_STATE")
              .contains("File too large")
              .contains("send the same rows with the same ids");
        }
      }
      assertThat(unknown).as("the disk was full").isNotEmpty();
      HttpResponse<String> refused = taps.push(server.address(), unknown);
      assertThat(refused.statusCode()).as("it takes no more").isEqualTo(503);
      HttpResponse<String> health = taps.get(server.address() + "/health");
      assertThat(health.statusCode()).isEqualTo(503);
      assertThat(health.body()).contains("no row is taken: ").contains("File too large");
      server.process().destroy();
      server.process().onExit().join();

      Processes.Server again = processes.serve(folder);
      HttpResponse<String> answer = taps.push(again.address(), unknown);
      assertThat(Taps.acknowledged(answer)).isEqualTo(ROWS);
      count(acknowledged);
      assertThat(taps.features(again.address(), TAPS)).isEqualTo(acknowledged);
      again.process().destroy();
      again.process().onExit().join();
      assertThat(taps.lake()).isEqualTo(acknowledged);
    }
  }

  private static List<String> rows(int push) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      rows.add(Taps.row(push + "-" + row, "tap" + row % TAPS, NOTE));
    }
    return rows;
  }

  private static void count(Map<String, Long> acknowledged) {
    for (int row = 0; row < ROWS; row++) {
      acknowledged.merge("tap" + row % TAPS, 1L, Long::sum);
    }
  }
}
