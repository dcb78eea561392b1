package dev.penstock.benchmarks;

import java.nio.file.Path;

/** One run of one job in a process of its own. Arguments: the folder for data, workload, job. */
public final class OneJob {
  private OneJob() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Workload workload = Workload.of(arguments[1]);
    History history = History.of(workload, folder);
    int threads = Runtime.getRuntime().availableProcessors();
    Path result = folder.resolve("cold.parquet");
    if (arguments[2].equals("penstock")) {
      new Penstock(workload, history, threads).fromFileTo(result);
    } else {
      try (DuckDb duckDb = new DuckDb(history, threads)) {
        duckDb.join(result);
      }
    }
  }
}
