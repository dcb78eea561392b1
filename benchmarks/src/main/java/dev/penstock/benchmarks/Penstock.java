package dev.penstock.benchmarks;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.HistoryRead;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.ParquetScan;
import dev.penstock.format.ParquetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Our answer to a workload. */
final class Penstock {
  private static final int PARTS_PER_THREAD = 4;

  private final FeatureView view;
  private final History history;
  private final int threads;

  Penstock(Workload workload, History history, int threads) {
    this.view = Views.of(workload);
    this.history = history;
    this.threads = threads;
  }

  /** The events, in memory, with the columns that acceptance would have given them. */
  List<Batch> events() {
    List<Batch> events = new ArrayList<>();
    long offset = 0;
    for (Batch batch : read(history.events())) {
      events.add(accepted(batch, offset));
      offset += batch.rows();
    }
    return events;
  }

  /** The labels, in memory. */
  Batch labels() {
    return Batch.concat(History.LABEL, read(history.labels()));
  }

  /** The kernel alone: columns in, columns out. */
  List<FeatureColumn> replay(List<Batch> events, Batch labels) {
    LongColumn times = (LongColumn) labels.column("ts");
    HistoryRead read =
        ViewHistory.of(view, events)
            .prepare(
                new Queries(List.of(labels.column("key")), times.values()), Visibility.AS_HAPPENED);
    run(read.parts(threads * PARTS_PER_THREAD));
    return read.answers();
  }

  /** The whole job, from Parquet to Parquet. */
  void fromFileTo(Path result) throws IOException {
    Batch labels = labels();
    List<FeatureColumn> answers = replay(events(), labels);
    List<Field> fields = new ArrayList<>(List.of(History.LABEL.field(0)));
    List<Column> columns = new ArrayList<>(List.of(labels.column(0)));
    for (FeatureColumn answer : answers) {
      fields.add(Field.of(answer.name(), answer.values().type()));
      columns.add(answer.values());
    }
    Schema schema = new Schema(fields);
    Files.deleteIfExists(result);
    try (ParquetWriter writer = ParquetWriter.create(result, schema)) {
      writer.write(new Batch(schema, columns));
      writer.finish();
    }
  }

  private static List<Batch> read(Path path) {
    List<Batch> batches = new ArrayList<>();
    try (FileBatchReader reader = ParquetScan.of(path).open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        batches.add(batch);
      }
    }
    return batches;
  }

  private static Batch accepted(Batch batch, long firstOffset) {
    int rows = batch.rows();
    long[] offsets = new long[rows];
    Arrays.setAll(offsets, row -> firstOffset + row);
    List<Field> fields = new ArrayList<>(batch.schema().fields());
    fields.addAll(SystemColumns.FIELDS.subList(0, 4));
    List<Column> columns = new ArrayList<>(batch.columns());
    columns.add(batch.column("ts"));
    columns.add(batch.column("ts"));
    columns.add(new IntColumn(Scalar.INT32, new int[rows], null));
    columns.add(new LongColumn(Scalar.INT64, offsets, null));
    return new Batch(new Schema(fields), columns);
  }

  private void run(List<Runnable> parts) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      parts.forEach(part -> running.add(pool.submit(part)));
      for (Future<?> part : running) {
        part.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      pool.shutdown();
    }
  }
}
