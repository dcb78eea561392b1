package dev.penstock.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.platform.Platform;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.SourceFiles;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import dev.penstock.platform.live.FlightsOracle.Question;
import dev.penstock.platform.serve.FeatureReader;
import dev.penstock.platform.serve.Intake;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The flights example, served live, against DuckDB over the raw files: twelve days of March 2001
 * are history, then time goes from the last day of March over the change to summer time (April 1,
 * 2:00) to April 2.
 */
class ServedVectorsOracleTest {
  private static final Path EXAMPLE = Path.of("../examples/flights");
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2001-06-01T00:00:00Z"));
  private static final long BEGIN = micros("2001-03-20T00:00:00Z");
  private static final long LIVE = micros("2001-03-31T06:00:00Z");
  private static final long END = micros("2001-04-02T18:00:00Z");
  private static final int VECTORS = 2_000;
  private static final int HARD = 1_300;

  @TempDir Path folder;

  @Test
  void served_vectors_are_what_duckdb_computes_from_the_raw_files() throws Exception {
    copyDefinitions();
    Path history = folder.resolve("history.parquet");
    Path stream = folder.resolve("stream.parquet");
    try (FlightsOracle oracle =
        new FlightsOracle(
            EXAMPLE.resolve("data"), "2001-03-19", "2001-04-04", "2001-03", "2001-04")) {
      oracle.write(history, BEGIN, LIVE);
      oracle.write(stream, LIVE, END);
      oracle.draw(LIVE, END, HARD, VECTORS);
      assertThat(oracle.hardness().hard()).isEqualTo(HARD);
      assertThat(oracle.hardness().ties()).isGreaterThan(900);
      assertThat(oracle.hardness().midnights()).isGreaterThan(80);
      assertThat(oracle.hardness().nearTheChange()).isGreaterThan(200);

      List<Question> questions = oracle.questions();
      assertThat(questions).hasSize(VECTORS);
      Map<String, List<@Nullable Object>> served = serve(history, stream, questions);

      compare(served, oracle.answers());
    }
  }

  private void copyDefinitions() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().endsWith(".parquet")) {
          Path copy = folder.resolve(EXAMPLE.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  /** Asks all of an instant's questions when everything seen before it has been pushed. */
  private Map<String, List<@Nullable Object>> serve(
      Path history, Path stream, List<Question> questions) {
    Map<String, List<@Nullable Object>> served = new LinkedHashMap<>();
    try (Operations operations = new Platform().open(new Workspace(folder, "local"), CLOCK)) {
      operations.apply(Progress.SILENT);
      assertThat(
              operations
                  .ingest(
                      new Ingest("landings", List.of(history), Ingest.Mode.HISTORY),
                      Progress.SILENT)
                  .failure())
          .isNull();
      Batch rows =
          operations
              .replay(List.of(new SourceFiles("landings", List.of(stream))), Progress.SILENT)
              .get(0)
              .rows();
      long[] seen = ((LongColumn) rows.column(SystemColumns.SEEN_TIME)).values();
      Serving serving = operations.serving(ClockMode.REPLAY);
      Intake landings = serving.source("landings");
      FeatureReader features = serving.features(new FeatureSelection.Service("flight_delay"));
      int pushed = 0;
      for (int first = 0; first < questions.size(); ) {
        long q = questions.get(first).q();
        int until = pushed;
        while (until < seen.length && seen[until] < q) {
          until++;
        }
        if (until > pushed) {
          landings.push(RawRows.pushed(rows.slice(pushed, until)));
          pushed = until;
        }
        int next = first;
        Rows asked = Rows.of(features.inputs());
        while (next < questions.size() && questions.get(next).q() == q) {
          ask(asked, features, questions.get(next++));
        }
        for (FeatureColumn column : features.read(asked.batch(), q).columns()) {
          List<@Nullable Object> values =
              served.computeIfAbsent(column.name(), name -> new ArrayList<>());
          for (int row = 0; row < next - first; row++) {
            values.add(column.values().value(row));
          }
        }
        first = next;
      }
    }
    return served;
  }

  private static void ask(Rows rows, FeatureReader features, Question question) {
    rows.row(
        features.inputs().names().stream()
            .map(
                name ->
                    switch (name) {
                      case "origin" -> question.origin();
                      case "destination" -> question.destination();
                      case "date" -> question.localDate();
                      case "distance" -> question.distance();
                      default -> throw new IllegalArgumentException(name);
                    })
            .toArray());
  }

  private static void compare(
      Map<String, List<@Nullable Object>> served, Map<String, List<@Nullable Object>> expected) {
    assertThat(served.keySet()).isEqualTo(expected.keySet());
    served.forEach(
        (column, values) -> {
          List<@Nullable Object> wanted = expected.get(column);
          assertThat(values).as(column).hasSize(VECTORS);
          assertThat(values.stream().filter(value -> value != null).count())
              .as("values in " + column)
              .isGreaterThan(VECTORS / 2);
          for (int row = 0; row < VECTORS; row++) {
            Object value = values.get(row);
            Object other = wanted.get(row);
            if (column.contains("_p90_") && value != null && other != null) {
              // A sketch: within 1 % of the value (rule 7).
              double exact = ((Number) other).doubleValue();
              assertThat(Math.abs((Double) value - exact))
                  .as("%s of vector %d: %s for %s", column, row, value, other)
                  .isLessThanOrEqualTo(0.01 * Math.abs(exact));
            } else {
              assertThat(value).as("%s of vector %d", column, row).isEqualTo(other);
            }
          }
        });
  }

  private static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }
}
