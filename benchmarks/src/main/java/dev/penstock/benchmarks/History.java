package dev.penstock.benchmarks;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.ParquetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The files of a workload, made from a seed: {@code events.parquet} in order of time, as a log has
 * them, and {@code labels.parquet} in no order.
 */
record History(Path events, Path labels) {
  private static final long SEED = 20_010_101;
  private static final long START = 978_307_200_000_000L;
  private static final long DAY = 86_400_000_000L;
  private static final int ROWS_PER_BATCH = 100_000;

  static final Schema LABEL =
      Schema.of(
          Field.required("id", Scalar.INT64),
          Field.required("key", Scalar.INT64),
          Field.required("ts", Scalar.TIMESTAMP));

  static Schema event(int numbers) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.required("key", Scalar.INT64));
    fields.add(Field.required("ts", Scalar.TIMESTAMP));
    for (int number = 1; number <= numbers; number++) {
      fields.add(Field.of("v" + number, Scalar.FLOAT64));
    }
    return new Schema(fields);
  }

  /** Makes the files unless they are there. */
  static History of(Workload workload, Path folder) throws IOException {
    Path data = Files.createDirectories(folder.resolve(workload.history()));
    History history = new History(data.resolve("events.parquet"), data.resolve("labels.parquet"));
    if (!Files.exists(history.labels)) {
      System.err.println("making " + data);
      SplittableRandom random = new SplittableRandom(SEED);
      Keys keys = new Keys(workload.exponent());
      writeEvents(workload, keys, random, history.events);
      writeLabels(workload, keys, random, history.labels);
    }
    return history;
  }

  private static void writeEvents(Workload of, Keys keys, SplittableRandom random, Path path)
      throws IOException {
    long[] times = new long[of.events()];
    Arrays.setAll(times, i -> START + random.nextLong(Workload.DAYS * DAY));
    Arrays.parallelSort(times);
    write(
        path,
        event(of.numbers()),
        of.events(),
        (from, to) -> {
          List<Column> columns = new ArrayList<>();
          columns.add(keys(keys, random, to - from));
          columns.add(new LongColumn(Scalar.TIMESTAMP, Arrays.copyOfRange(times, from, to), null));
          for (int number = 0; number < of.numbers(); number++) {
            double[] values = new double[to - from];
            // Money: whole cents, so that some values repeat.
            Arrays.setAll(values, i -> random.nextInt(1_000_000) / 100.0);
            columns.add(new DoubleColumn(Scalar.FLOAT64, values, null));
          }
          return columns;
        });
  }

  private static void writeLabels(Workload of, Keys keys, SplittableRandom random, Path path)
      throws IOException {
    write(
        path,
        LABEL,
        of.labels(),
        (from, to) -> {
          long[] ids = new long[to - from];
          Arrays.setAll(ids, i -> from + i);
          long[] times = new long[to - from];
          Arrays.setAll(times, i -> START + random.nextLong(Workload.DAYS * DAY));
          return List.of(
              new LongColumn(Scalar.INT64, ids, null),
              keys(keys, random, to - from),
              new LongColumn(Scalar.TIMESTAMP, times, null));
        });
  }

  private static Column keys(Keys keys, SplittableRandom random, int rows) {
    long[] drawn = new long[rows];
    Arrays.setAll(drawn, i -> keys.draw(random));
    return new LongColumn(Scalar.INT64, drawn, null);
  }

  private interface Rows {
    List<Column> columns(int from, int to);
  }

  private static void write(Path path, Schema schema, int rows, Rows made) throws IOException {
    Path partial = path.resolveSibling(path.getFileName() + ".part");
    Files.deleteIfExists(partial);
    try (ParquetWriter writer = ParquetWriter.create(partial, schema)) {
      for (int from = 0; from < rows; from += ROWS_PER_BATCH) {
        int to = Math.min(rows, from + ROWS_PER_BATCH);
        writer.write(new Batch(schema, made.columns(from, to)));
      }
      writer.finish();
    }
    Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
  }
}
