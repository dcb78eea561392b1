package dev.penstock.benchmarks;

import dev.penstock.benchmarks.serving.Serving;
import dev.penstock.data.Batch;
import dev.penstock.feature.FeatureColumn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs workloads and prints a table for each. Arguments: the folder for data, the number of runs,
 * the python that has Polars or {@code -}, then the names of workloads, {@code live}, {@code lake},
 * {@code serving} and {@code soak} among them.
 */
public final class Benchmark {
  private static final Set<String> PEERS =
      Set.of("duckdb, join", "duckdb, frames", "duckdb, as-of join", "polars");

  private static final Set<String> OURS = Set.of("penstock", "penstock, kernel");

  private final Path folder;
  private final int runs;
  private final int threads = Runtime.getRuntime().availableProcessors();
  private final @Nullable String python;

  private Benchmark(Path folder, int runs, @Nullable String python) {
    this.folder = folder;
    this.runs = runs;
    this.python = python;
  }

  public static void main(String[] arguments) throws Exception {
    Benchmark benchmark =
        new Benchmark(
            Files.createDirectories(Path.of(arguments[0])),
            Integer.parseInt(arguments[1]),
            arguments[2].equals("-") ? null : arguments[2]);
    for (String name : List.of(arguments).subList(3, arguments.length)) {
      if (name.equals("live")) {
        new Live(benchmark.runs).run();
      } else if (name.equals("lake")) {
        new LakeTables(benchmark.folder, benchmark.runs).run();
      } else if (name.equals("serving")) {
        new Serving(benchmark.folder).run();
      } else if (name.equals("soak")) {
        new Serving(benchmark.folder).soak();
      } else {
        benchmark.run(Workload.of(name));
      }
    }
  }

  private void run(Workload workload) throws Exception {
    History history = History.of(workload, folder);
    System.err.println(workload.name());
    List<Timing> timings = new ArrayList<>(ours(workload, history));
    try (DuckDb duckDb = new DuckDb(history, threads)) {
      timings.addAll(duckDb(workload, duckDb));
    }
    if (python != null && workload.asked() != Workload.Asked.SKETCHES) {
      timings.add(polars(workload, history));
    }
    if (workload.name().equals("P1")) {
      timings.add(cold(workload, "penstock"));
      timings.add(cold(workload, "duckdb, join"));
    }
    System.out.printf("%n%s%n", workload);
    for (Timing timing : timings) {
      System.out.println(timing);
    }
    timings.stream()
        .filter(timing -> PEERS.contains(timing.job()))
        .mapToDouble(Timing::median)
        .min()
        .ifPresent(
            fastest ->
                timings.stream()
                    .filter(timing -> OURS.contains(timing.job()))
                    .forEach(
                        timing ->
                            System.out.printf(
                                Locale.ROOT,
                                "fastest peer / %s: %.2f%n",
                                timing.job(),
                                fastest / timing.median())));
  }

  private List<Timing> ours(Workload workload, History history) throws Exception {
    List<Timing> timings = new ArrayList<>();
    Penstock penstock = new Penstock(workload, history, threads);
    if (workload.events() <= 5_000_000) {
      List<Batch> events = penstock.events();
      Batch labels = penstock.labels();
      timings.add(
          Timing.of(
              "penstock, kernel", runs, () -> check(penstock.replay(events, labels), labels)));
      Penstock alone = new Penstock(workload, history, 1);
      timings.add(
          Timing.of(
              "penstock, kernel, one thread",
              runs,
              () -> check(alone.replay(events, labels), labels)));
    }
    timings.add(
        Math.min(1, timings.size()),
        Timing.of("penstock", runs, () -> penstock.fromFileTo(result("penstock"))));
    return timings;
  }

  private static void check(List<FeatureColumn> answers, Batch labels) {
    if (answers.get(0).values().size() != labels.rows()) {
      throw new IllegalStateException("an answer is missing");
    }
  }

  private List<Timing> duckDb(Workload workload, DuckDb duckDb) throws Exception {
    return switch (workload.asked()) {
      case LATEST ->
          List.of(Timing.of("duckdb, as-of join", runs, () -> duckDb.asOf(result("asof"))));
      case ROLLING -> {
        List<Timing> timings = new ArrayList<>();
        timings.add(Timing.of("limit: read and write", runs, () -> duckDb.limit(result("limit"))));
        if (workload.events() <= 5_000_000) {
          timings.add(Timing.of("duckdb, frames", runs, () -> duckDb.frames(result("frames"))));
        }
        if (workload.exponent() == 0) {
          timings.add(Timing.of("duckdb, join", runs, () -> duckDb.join(result("join"))));
        }
        yield timings;
      }
      case SKETCHES -> List.of();
    };
  }

  private Timing polars(Workload workload, History history) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    python == null ? "python3" : python,
                    "benchmarks/peers/polars_jobs.py",
                    workload.asked() == Workload.Asked.LATEST ? "latest" : "rolling",
                    history.events().toString(),
                    history.labels().toString(),
                    result("polars").toString(),
                    Integer.toString(runs),
                    Integer.toString(threads)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Double> seconds = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        seconds.add(Double.valueOf(line));
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("polars failed");
    }
    Timing timing = new Timing("polars", seconds);
    System.err.println("  " + timing);
    return timing;
  }

  /** The job as a whole process, from its start to its end. */
  private Timing cold(Workload workload, String job) throws Exception {
    return Timing.of(
        job + ", cold process",
        runs,
        () -> {
          Process process =
              new ProcessBuilder(
                      ProcessHandle.current().info().command().orElse("java"),
                      "-cp",
                      System.getProperty("java.class.path"),
                      OneJob.class.getName(),
                      folder.toString(),
                      workload.name(),
                      job)
                  .redirectError(ProcessBuilder.Redirect.DISCARD)
                  .start();
          if (process.waitFor() != 0) {
            throw new IOException(job + " failed");
          }
        });
  }

  private Path result(String job) {
    return folder.resolve(job + ".parquet");
  }
}
