package dev.penstock.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.online.LiveView;
import dev.penstock.online.Reading;
import dev.penstock.testkit.Seeds;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed in the middle of its commits, again and again on one folder. */
class CrashTest {
  @TempDir Path folder;

  @Test
  void what_was_acknowledged_is_there_once_and_the_state_is_what_the_log_makes_of_it()
      throws Exception {
    SplittableRandom random = new SplittableRandom(11);
    long next = 1;
    for (long crash : Seeds.of(4, 50).toArray()) {
      next = pushUntilKilled(next, 1 + random.nextInt(60));
      verify(next, crash);
    }
    assertThat(next).isGreaterThan(Crasher.ROWS_PER_PUSH);
  }

  /** Kills the process at its so-manieth acknowledgement; the first row not acknowledged. */
  private long pushUntilKilled(long first, int acknowledgements) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Crasher.class.getName(),
                folder.toString(),
                String.valueOf(first))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long next = first;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("ready");
      for (int i = 0; i < acknowledgements; i++) {
        next = acknowledged(lines.readLine());
      }
      // Through its handle, for the process object would close the stream as well.
      process.toHandle().destroyForcibly();
      // What it managed to say before it died was acknowledged as well.
      String line = lines.readLine();
      while (line != null && line.endsWith(";")) {
        next = acknowledged(line);
        line = lines.readLine();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return next;
  }

  private static long acknowledged(String line) {
    return Long.parseLong(line.replace(";", "")) + Crasher.ROWS_PER_PUSH;
  }

  private void verify(long next, long crash) {
    try (EmbeddedStore store = Crasher.open(folder)) {
      List<Batch> log = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      long offset = 0;
      for (Batch rows : store.log().read(Taps.NAME, Positions.NONE, store.log().end(Taps.NAME))) {
        log.add(rows);
        for (int row = 0; row < rows.rows(); row++) {
          assertThat(rows.column(SystemColumns.OFFSET).value(row)).isEqualTo(offset++);
          String id = String.valueOf(rows.column(SystemColumns.ID).value(row));
          assertThat(ids.add(id)).as("row %s is there once after crash %s", id, crash).isTrue();
        }
      }
      for (long id = 1; id < next; id++) {
        assertThat(ids).as("acknowledged before crash %s", crash).contains("n" + id);
      }
      List<String> recovered = answers(store);
      for (LiveView view : Taps.GRAPH.views()) {
        store.drop(view.fingerprint());
      }
      store.fill(Taps.GRAPH.views(), log, store.log().end(Taps.NAME));
      assertThat(answers(store)).isEqualTo(recovered);
    }
  }

  private static List<String> answers(EmbeddedStore store) {
    List<String> answers = new ArrayList<>();
    try (Reading reading = store.now()) {
      for (FeatureColumn column : Taps.read(reading, "a", "b", "c", "d").columns()) {
        for (int row = 0; row < 4; row++) {
          answers.add(column.name() + " " + column.answer(row));
        }
      }
    }
    return answers;
  }
}
