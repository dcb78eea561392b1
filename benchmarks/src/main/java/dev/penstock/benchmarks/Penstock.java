package dev.penstock.benchmarks;

import static java.util.Objects.requireNonNull;

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
import dev.penstock.feature.Queries;
import dev.penstock.feature.Visibility;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.ParquetScan;
import dev.penstock.format.ParquetWriter;
import dev.penstock.offline.ShardedHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our answer to a workload. */
final class Penstock {
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
    try (FileBatchReader reader = ParquetScan.of(history.events()).open()) {
      new Accepted(reader).forEachRemaining(events::add);
    }
    return events;
  }

  /** The labels, in memory. */
  Batch labels() {
    List<Batch> labels = new ArrayList<>();
    try (FileBatchReader reader = ParquetScan.of(history.labels()).open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        labels.add(batch);
      }
    }
    return Batch.concat(History.LABEL, labels);
  }

  /** The kernel alone: columns in, columns out. */
  List<FeatureColumn> replay(Iterable<Batch> events, Batch labels) {
    LongColumn times = (LongColumn) labels.column("ts");
    Queries queries = new Queries(List.of(labels.column("key")), times.values());
    try (ShardedHistory rows = ShardedHistory.of(view, events)) {
      return rows.read(List.of(queries), Visibility.AS_HAPPENED, threads).get(0);
    }
  }

  /** The whole job, from Parquet to Parquet. */
  void fromFileTo(Path result) throws IOException {
    Batch labels = labels();
    List<FeatureColumn> answers;
    try (FileBatchReader reader = ParquetScan.of(history.events()).open()) {
      answers = replay(() -> new Accepted(reader), labels);
    }
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

  /** What acceptance would have made of the rows of a file. */
  private static final class Accepted implements Iterator<Batch> {
    private final FileBatchReader reader;
    private @Nullable Batch next;
    private long offset;

    Accepted(FileBatchReader reader) {
      this.reader = reader;
      this.next = reader.next();
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public Batch next() {
      Batch batch = requireNonNull(next);
      long first = offset;
      long[] offsets = new long[batch.rows()];
      Arrays.setAll(offsets, row -> first + row);
      offset += batch.rows();
      next = reader.next();
      List<String> values =
          batch.schema().fields().stream()
              .map(Field::name)
              .filter(name -> !name.equals("ts"))
              .toList();
      return batch
          .select(values)
          .with(
              SystemColumns.FIELDS.subList(0, 4),
              List.of(
                  batch.column("ts"),
                  batch.column("ts"),
                  new IntColumn(Scalar.INT32, new int[batch.rows()], null),
                  new LongColumn(Scalar.INT64, offsets, null)));
    }
  }
}
