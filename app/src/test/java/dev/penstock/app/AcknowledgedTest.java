package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.testkit.Seeds;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Producers push rows over HTTP, each again until it is acknowledged, while the server is killed
 * again and again. In the end producers, features and lake agree on every key, exactly.
 */
class AcknowledgedTest {
  private static final int PRODUCERS = 4;
  private static final int TAPS = 7;
  private static final int MOST_ROWS = 50;

  @TempDir Path folder;
  private final AtomicLong acknowledgements = new AtomicLong();
  private volatile String address = "";
  private volatile boolean over;

  @Test
  void producers_features_and_lake_agree_on_every_key_whenever_the_server_was_killed()
      throws Exception {
    Taps taps = new Taps(folder, "flush: {rows: 500}");
    SplittableRandom random = new SplittableRandom(17);
    List<Map<String, Long>> told = new ArrayList<>();
    try (Processes processes = new Processes()) {
      Processes.Server server = serve(processes);
      List<CompletableFuture<Void>> producers = new ArrayList<>();
      for (int producer = 0; producer < PRODUCERS; producer++) {
        Map<String, Long> counted = new TreeMap<>();
        told.add(counted);
        SplittableRandom own = random.split();
        String name = "p" + producer;
        producers.add(CompletableFuture.runAsync(() -> produce(taps, name, own, counted)));
      }
      for (long kill : Seeds.of(5, 50).toArray()) {
        long until = acknowledgements.get() + random.nextInt(5, 60);
        assertThat(Processes.kill(server.process(), () -> acknowledgements.get() >= until))
            .as("kill %d", kill)
            .isTrue();
        server = serve(processes);
      }
      over = true;
      producers.forEach(CompletableFuture::join);
      Map<String, Long> acknowledged = new TreeMap<>();
      told.forEach(one -> one.forEach((tap, drops) -> acknowledged.merge(tap, drops, Long::sum)));
      assertThat(acknowledged).hasSize(TAPS);
      assertThat(taps.features(address, TAPS)).isEqualTo(acknowledged);
      server.process().destroy();
      assertThat(server.process().onExit().join().exitValue()).isIn(0, 143);
      assertThat(taps.lake()).isEqualTo(acknowledged);
    }
  }

  private Processes.Server serve(Processes processes) throws IOException {
    Processes.Server server = processes.serve(folder);
    address = server.address();
    return server;
  }

  /** Pushes rows, the same ones again until they are acknowledged, and counts those that are. */
  private void produce(Taps taps, String name, SplittableRandom random, Map<String, Long> counted) {
    for (long push = 0; !over; push++) {
      Map<String, Long> drops = new TreeMap<>();
      List<String> rows = new ArrayList<>();
      int count = random.nextInt(1, MOST_ROWS);
      for (int row = 0; row < count; row++) {
        String tap = "tap" + random.nextInt(TAPS);
        rows.add(Taps.row(name + "-" + push + "-" + row, tap, ""));
        drops.merge(tap, 1L, Long::sum);
      }
      pushUntilAcknowledged(taps, rows);
      drops.forEach((tap, more) -> counted.merge(tap, more, Long::sum));
    }
  }

  private void pushUntilAcknowledged(Taps taps, List<String> rows) {
    while (true) {
      try {
        HttpResponse<String> answer = taps.push(address, rows);
        if (answer.statusCode() == 200) {
          assertThat(Taps.acknowledged(answer)).as(answer.body()).isEqualTo(rows.size());
          acknowledgements.incrementAndGet();
          return;
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(429, 503);
      } catch (IOException e) {
        // Killed; the rows may be there or not, and are sent again.
        Thread.onSpinWait();
      }
    }
  }
}
