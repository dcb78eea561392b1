package dev.penstock.platform.live;

import static dev.penstock.platform.TapsProject.done;
import static dev.penstock.platform.TapsProject.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Schema;
import dev.penstock.lake.MaintenanceRules;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Parity;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.run.ProjectOperations;
import dev.penstock.platform.serve.Intake;
import dev.penstock.platform.serve.Intake.Receipt;
import dev.penstock.platform.serve.Predictor;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Questions, rows that are late, early, repeated and taken back, flushes, compaction and a restart,
 * all at once on a wall clock that steps back by an hour: every answer comes out the same when it
 * is replayed from the lake.
 */
class ParityUnderFireTest {
  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final int ANSWERS = Boolean.getBoolean("penstock.test.full") ? 100_000 : 5_000;
  private static final int ASKERS = 3;
  private static final int REPAIRS = 50;
  private static final MaintenanceRules RULES =
      new MaintenanceRules(1 << 20, 4, Duration.ZERO, 2, Duration.ofHours(1));

  @TempDir Path folder;
  private final long seed = Long.getLong("penstock.seed", System.nanoTime());
  private final Stumbling clock = new Stumbling(seed);
  private final AtomicInteger answers = new AtomicInteger();
  private final AtomicInteger duplicates = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicLong ids = new AtomicLong();

  /** A clock that goes on by seconds at each look, and now and then steps back by an hour. */
  private static final class Stumbling implements InstantSource {
    private final SplittableRandom random;
    private long micros = TapsProject.micros("2001-02-01T00:00:00Z");
    private boolean running;
    private int steps;

    Stumbling(long seed) {
      random = new SplittableRandom(seed);
    }

    @Override
    public synchronized Instant instant() {
      if (running) {
        boolean back = random.nextInt(200) == 0;
        steps += back ? 1 : 0;
        micros += back ? -HOUR : random.nextLong(60 * SECOND);
      }
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    synchronized long micros() {
      return micros;
    }

    synchronized void run() {
      running = true;
    }

    synchronized int steps() {
      return steps;
    }
  }

  private TestProject write() {
    return TestProject.in(folder)
        .file("history.csv", TapsProject.history())
        .file("repairs.csv", "repair,at,tap,cost,op\n1,2001-01-01T00:00:00Z,a,1.5,c\n")
        .file(
            "taps.yaml",
            """
            source: turns
            owner: water@example.com
            columns:
              id: string not null
              at: timestamp not null
              tap: string not null
              litres: float64
            event_time: at
            id: id
            rules:
              not_negative: litres >= 0
            ---
            source: repairs
            owner: water@example.com
            columns:
              repair: int64 not null
              at: timestamp not null
              tap: string not null
              cost: float64
              op: string not null
            event_time: at
            primary_key: repair
            changes: {operation: op}
            ---
            entity: tap
            owner: water@example.com
            keys: {tap: string}
            ---
            feature_view: flow
            owner: water@example.com
            entity: tap
            source: turns
            retention: 2d
            features:
              - count() as turns over 1h, 24h, session 10m
              - sum(litres) as litres over 1h, 24h, this day
              - mean(litres) as mean over last 5 rows
              - percentile(litres, 0.9) as p90 over 24h
              - last(litres) as last over 24h
            ---
            feature_view: pace
            owner: water@example.com
            entity: tap
            source: flow
            features:
              - max(turns_1h) as most over 24h
            ---
            feature_view: care
            owner: water@example.com
            entity: tap
            source: repairs
            features:
              - count() as repairs over 1h, 24h
              - sum(cost) as cost over 1h, 24h
              - max(cost) as dearest over 24h
              - last(cost) as latest over 24h
            ---
            feature_service: flows
            owner: water@example.com
            features: [flow, pace, care]
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

  @Test
  void every_answer_is_replayed_to_the_bit() throws Exception {
    OpenProject project = new OpenProject(TapsProject.workspace(write()), clock);
    try (ProjectOperations operations = new ProjectOperations(project)) {
      done(operations.apply(Progress.SILENT));
      done(
          operations.ingest(
              new Ingest("repairs", List.of(folder.resolve("repairs.csv")), Ingest.Mode.HISTORY),
              Progress.SILENT));
      TapsProject.train(operations, TestProject.in(folder));
      clock.run();
      int half = ANSWERS / 2;
      fire(project, new SplittableRandom(seed), half);
      fire(project, new SplittableRandom(seed + 1), ANSWERS);
      Answer answer = operations.parity(new Parity(0, 1), Progress.SILENT);
      assertThat(answer.failure()).as("seed %d: %s", seed, table(answer, "mismatches")).isNull();
      List<Object> parity = table(done(answer), "parity").get(0);
      assertThat((Integer) parity.get(1)).as("seed %d", seed).isGreaterThanOrEqualTo(ANSWERS);
      assertThat(parity.get(3)).isEqualTo(1.0);
      assertThat((Double) parity.get(5)).as("values that are PRESENT").isGreaterThan(0.5);
      assertThat(clock.steps()).as("steps back").isPositive();
      assertThat(duplicates.get()).as("duplicates").isPositive();
      assertThat(refused.get()).as("refused").isPositive();
      System.out.printf(
          "seed %d: %s, %d rows, %d duplicates, %d refused, %d steps back%n",
          seed, parity, ids.get(), duplicates.get(), refused.get(), clock.steps());
    }
  }

  private interface Work {
    void run(SplittableRandom random);
  }

  /** Serves until there are so many answers. */
  private void fire(OpenProject project, SplittableRandom random, int until) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (LiveStore live = LiveStore.open(project, ClockMode.WALL, Progress.SILENT)) {
      LiveServing serving = new LiveServing(project, live);
      Predictor model = serving.model("flood@1");
      List<Work> works = new ArrayList<>();
      for (int asker = 0; asker < ASKERS; asker++) {
        works.add(own -> ask(model, own));
      }
      works.add(own -> turn(serving.source("turns"), own));
      works.add(own -> turn(serving.source("turns"), own));
      works.add(own -> repair(serving.source("repairs"), own));
      works.add(own -> tidy(project, live));
      List<CompletableFuture<Void>> running = new ArrayList<>();
      for (Work work : works) {
        SplittableRandom own = random.split();
        running.add(
            CompletableFuture.runAsync(
                () -> {
                  while (answers.get() < until) {
                    work.run(own);
                  }
                },
                threads));
      }
      for (CompletableFuture<Void> one : running) {
        one.get();
      }
      new LakeFlush(project.lake(), live.store()).run();
    } finally {
      threads.shutdownNow();
    }
  }

  private void ask(Predictor model, SplittableRandom random) {
    Rows questions = Rows.of(TapsProject.QUESTION);
    for (int question = random.nextInt(20); question >= 0; question--) {
      questions.row("q" + ids.incrementAndGet(), TapsProject.TAPS.get(random.nextInt(3)));
    }
    answers.addAndGet(model.predict(questions.batch(), null).ids().size());
    if (random.nextInt(50) == 0) {
      Rows stranger = Rows.of(TapsProject.QUESTION).row("s" + ids.incrementAndGet(), "nobody");
      answers.addAndGet(model.predict(stranger.batch(), null).ids().size());
    }
  }

  /** A few turns, of now, late by hours or early by minutes; some of them twice. */
  private void turn(Intake turns, SplittableRandom random) {
    Rows rows = Rows.of(turns.schema());
    for (int row = random.nextInt(4); row >= 0; row--) {
      String id = "t" + ids.incrementAndGet();
      long at = moment(random);
      String tap = TapsProject.TAPS.get(random.nextInt(3));
      double litres = random.nextInt(20) == 0 ? -1 : random.nextDouble() * 1e6 / 3;
      rows.row(id, at, tap, litres);
      if (random.nextInt(5) == 0) {
        rows.row(id, at, tap, random.nextBoolean() ? litres : litres + 1);
      }
    }
    count(turns.push(RawRows.pushed(rows.batch())));
  }

  /** Changes repairs of few numbers, and so mostly takes rows back. */
  private void repair(Intake repairs, SplittableRandom random) {
    Schema schema = repairs.schema();
    Rows rows = Rows.of(schema);
    for (int row = random.nextInt(4); row >= 0; row--) {
      rows.row(
          random.nextLong(REPAIRS),
          moment(random),
          TapsProject.TAPS.get(random.nextInt(3)),
          random.nextDouble() / 7,
          random.nextInt(4) == 0 ? "d" : "u");
    }
    count(repairs.push(RawRows.pushed(rows.batch())));
  }

  private void count(Receipt receipt) {
    duplicates.addAndGet(receipt.duplicates());
    refused.addAndGet(receipt.quarantined().size());
  }

  /** Mostly of a full minute, so that many rows tie. */
  private long moment(SplittableRandom random) {
    long now = clock.micros();
    long at =
        switch (random.nextInt(4)) {
          case 0 -> now - random.nextLong(26 * HOUR);
          case 1 -> now + random.nextLong(6 * 60 * SECOND);
          default -> now - random.nextLong(90 * SECOND);
        };
    return random.nextInt(3) == 0 ? at : Math.floorDiv(at, 60 * SECOND) * 60 * SECOND;
  }

  private static void tidy(OpenProject project, LiveStore live) {
    new LakeFlush(project.lake(), live.store()).run();
    project.lake().maintenance(RULES, Map.of(), project.now()).run();
  }
}
