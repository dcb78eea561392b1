package dev.penstock.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Train;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/** Taps that are turned, in a small project with all it takes to serve a model of them. */
public final class TapsProject {
  public static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2001-02-01T00:00:00Z"));
  public static final String SOURCE = "turns";
  public static final String DATASET = "floods";
  public static final String MODEL = "flood";
  public static final List<String> TAPS = List.of("a", "b", "c");

  /** History ends here: two days after it began. */
  public static final long LIVE = micros("2001-01-03T00:00:00Z");

  /** What a file or a push of turns brings. */
  public static final Schema COLUMNS =
      Schema.of(
          Field.required("id", Scalar.STRING),
          Field.required("at", Scalar.TIMESTAMP),
          Field.required("tap", Scalar.STRING),
          Field.of("litres", Scalar.INT64));

  /** What is asked about a turn: its id and its tap. */
  public static final Schema QUESTION =
      Schema.of(Field.of(SystemColumns.ID, Scalar.STRING), Field.of("tap", Scalar.STRING));

  private TapsProject() {}

  /** Writes the definitions and a file of history, {@code history.csv}. */
  public static TestProject write(Path folder) {
    return TestProject.in(folder)
        .file("history.csv", history())
        .file(
            "taps.yaml",
            """
            source: turns
            owner: water@example.com
            columns:
              id: string not null
              at: timestamp not null
              tap: string not null
              litres: int64
            event_time: at
            id: id
            rules:
              not_negative: litres >= 0
            checks:
              - row_count >= 1
              - mean(litres) <= 600
            ---
            entity: tap
            owner: water@example.com
            keys: {tap: string}
            ---
            feature_view: flow
            owner: water@example.com
            entity: tap
            source: turns
            features:
              - count() as turns over 1h, 24h
              - sum(litres) as litres over 1h, 24h
              - last(litres) as last over 24h
            ---
            feature_service: flows
            owner: water@example.com
            features: [flow]
            ---
            dataset: floods
            owner: water@example.com
            spine: turns
            label: {name: flood, from: turns, value: litres >= 500, join: id}
            features: flows
            splits:
              train: {from: 2001-01-01, to: 2001-01-02}
              test: {from: 2001-01-02, to: 2001-01-03}
            ---
            model: flood
            owner: water@example.com
            dataset: floods
            trainer: xgboost
            features: all
            parameters: {max_depth: 2, rounds: 2}
            """);
  }

  /** A turn every ten minutes of two days, as CSV. */
  public static String history() {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder csv = new StringBuilder("id,at,tap,litres\n");
    for (int row = 0; row < 288; row++) {
      csv.append("h").append(row).append(',');
      csv.append(Instant.parse("2001-01-01T00:00:00Z").plusSeconds(600L * row)).append(',');
      csv.append(TAPS.get(random.nextInt(3))).append(',');
      csv.append(random.nextInt(1000)).append('\n');
    }
    return csv.toString();
  }

  public static Workspace workspace(TestProject project) {
    return new Workspace(project.folder(), Workspace.LOCAL);
  }

  /** Applies, takes the history in, builds the dataset and trains version 1 of the model. */
  public static void train(Operations operations, TestProject project) {
    operations.apply(Progress.SILENT);
    done(ingest(operations, project, "history.csv"));
    done(operations.buildDataset(DATASET, null, Progress.SILENT));
    done(operations.trainModel(new Train(MODEL, null, List.of()), Progress.SILENT));
  }

  public static Answer ingest(Operations operations, TestProject project, String file) {
    return operations.ingest(
        new Ingest(SOURCE, List.of(project.folder().resolve(file)), Ingest.Mode.HISTORY),
        Progress.SILENT);
  }

  public static Answer done(Answer answer) {
    assertThat(answer.failure()).isNull();
    return answer;
  }

  /** The rows of one of the answer's tables. */
  public static List<List<Object>> table(Answer answer, String name) {
    return answer.parts().stream()
        .filter(part -> part instanceof Answer.Table table && table.name().equals(name))
        .flatMap(part -> ((Answer.Table) part).rows().stream())
        .toList();
  }

  /** Asks about each tap once; a question's id names its turn. */
  public static Batch questions(String id) {
    Rows rows = Rows.of(QUESTION);
    TAPS.forEach(tap -> rows.row(id + "/" + tap, tap));
    return rows.batch();
  }

  public static long micros(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }
}
