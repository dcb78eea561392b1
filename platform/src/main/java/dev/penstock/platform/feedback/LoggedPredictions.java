package dev.penstock.platform.feedback;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.data.Type;
import dev.penstock.feedback.JoinedOutcomes;
import dev.penstock.feedback.Outcome;
import dev.penstock.feedback.OutcomeJoin;
import dev.penstock.feedback.Prediction;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.LakeTable;
import dev.penstock.offline.ViewInput;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.compiled.CompiledDataset;
import dev.penstock.platform.compiled.CompiledModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The predictions of a model that reached the lake, and what came of them. */
public final class LoggedPredictions {
  private final OpenProject project;
  private final CompiledModel model;
  private final PredictionTable table;

  public LoggedPredictions(OpenProject project, CompiledModel model) {
    this.project = project;
    this.model = model;
    this.table =
        new PredictionTable(
            model.dataset().service().service(), model.dataset().service().request());
  }

  /** Whether any was ever logged. */
  public boolean exist() {
    return project.lake().exists(PredictionTable.name(model.name()));
  }

  public PredictionTable table() {
    return table;
  }

  private LakeTable lakeTable() {
    return project.lake().table(PredictionTable.name(model.name()));
  }

  /**
   * All of them, with the columns the model's service has now: a column more than that is left, and
   * one that came to the service since they were logged is null. A question that was repeated
   * around a crash was logged twice, under one id, and is here once.
   */
  public Batch read() {
    if (!exist()) {
      return Batch.empty(table.schema());
    }
    return once(read(lakeTable(), table.schema()));
  }

  /**
   * Rows that are equal in every column, once. Rows of one id that say different things all stay:
   * they cannot all be right, and to find that out is what they are read for.
   */
  private static Batch once(Batch rows) {
    ObjectColumn ids = (ObjectColumn) rows.column(PredictionTable.ID);
    Map<String, Integer> newest = new HashMap<>();
    int[] earlier = new int[rows.rows()];
    int[] kept = new int[rows.rows()];
    int count = 0;
    for (int row = 0; row < kept.length; row++) {
      String id = Objects.requireNonNull(ids.string(row));
      int other = newest.getOrDefault(id, -1);
      earlier[row] = other;
      while (other >= 0 && !equal(rows, row, other)) {
        other = earlier[other];
      }
      if (other < 0) {
        newest.put(id, row);
        kept[count++] = row;
      }
    }
    return count == kept.length ? rows : rows.gather(Arrays.copyOf(kept, count));
  }

  private static boolean equal(Batch rows, int one, int other) {
    for (Column column : rows.columns()) {
      if (!Objects.deepEquals(column.value(one), column.value(other))) {
        return false;
      }
    }
    return true;
  }

  /**
   * What was logged, by who answered.
   *
   * @param current the answers of the service as it is defined now
   * @param others how many answers an earlier definition gave: a replay of today's can say nothing
   *     of them
   */
  public record ByDefinition(Batch current, int others) {}

  /** All of them, by the definition that answered. */
  public ByDefinition byDefinition() {
    Batch all = read();
    String now = project.compiled().fingerprint(model.dataset().service().name()).hex();
    ObjectColumn services = (ObjectColumn) all.column(PredictionTable.SERVICE);
    int[] rows =
        IntStream.range(0, all.rows()).filter(row -> now.equals(services.string(row))).toArray();
    return new ByDefinition(
        rows.length == all.rows() ? all : all.gather(rows), all.rows() - rows.length);
  }

  /** At most so many of some rows, drawn by the seed; all, when 0. */
  public static Batch sample(Batch all, int most, long seed) {
    if (most <= 0 || all.rows() <= most) {
      return all;
    }
    SplittableRandom random = new SplittableRandom(seed);
    int[] rows = new int[all.rows()];
    Arrays.setAll(rows, i -> i);
    for (int i = 0; i < most; i++) {
      int other = i + random.nextInt(rows.length - i);
      int swapped = rows[i];
      rows[i] = rows[other];
      rows[other] = swapped;
    }
    int[] drawn = Arrays.copyOf(rows, most);
    Arrays.sort(drawn);
    return all.gather(drawn);
  }

  /** Joins what was predicted with what came, as known before {@code asOf}. */
  public JoinedOutcomes outcomes(Batch predictions, long asOf) {
    OutcomeJoin join = new OutcomeJoin();
    Set<String> rowIds = new HashSet<>();
    ObjectColumn ids = (ObjectColumn) predictions.column(PredictionTable.ID);
    ObjectColumn rows = (ObjectColumn) predictions.column(PredictionTable.ROW_ID);
    IntColumn versions = (IntColumn) predictions.column(PredictionTable.VERSION);
    LongColumn times = (LongColumn) predictions.column(PredictionTable.ASKED_AT);
    DoubleColumn scores = (DoubleColumn) predictions.column(PredictionTable.SCORE);
    for (int row = 0; row < predictions.rows(); row++) {
      String rowId = rows.string(row);
      join.add(
          new Prediction(
              Objects.requireNonNull(ids.string(row)),
              rowId == null ? "" : rowId,
              model.name() + "@" + versions.values()[row],
              times.values()[row],
              (float) scores.values()[row]));
      if (rowId != null) {
        rowIds.add(rowId);
      }
    }
    addReported(join);
    addLabels(join, rowIds);
    return join.asOf(asOf);
  }

  /** Outcomes that callers reported by prediction. */
  private void addReported(OutcomeJoin join) {
    String name = OutcomeTable.name(model.name());
    if (!project.lake().exists(name)) {
      return;
    }
    Batch reported = read(project.lake().table(name), OutcomeTable.SCHEMA);
    ObjectColumn ids = (ObjectColumn) reported.column(OutcomeTable.PREDICTION_ID);
    DoubleColumn values = (DoubleColumn) reported.column(OutcomeTable.VALUE);
    LongColumn seen = (LongColumn) reported.column(OutcomeTable.SEEN_TIME);
    for (int row = 0; row < reported.rows(); row++) {
      join.add(
          Outcome.ofPrediction(
              Objects.requireNonNull(ids.string(row)),
              seen.values()[row],
              (float) values.values()[row]));
    }
  }

  /** The labels of the model's dataset, for the rows that were predicted. */
  private void addLabels(OutcomeJoin join, Set<String> rowIds) {
    CompiledDataset dataset = model.dataset();
    if (!dataset.joinColumns().isEmpty() || rowIds.isEmpty()) {
      return;
    }
    ViewInput labels = project.input(dataset.labels());
    Set<String> columns = new HashSet<>(dataset.labelValue().columns());
    columns.addAll(List.of(SystemColumns.ID, SystemColumns.SEEN_TIME));
    for (Batch batch : labels.rows(columns, List.of())) {
      ObjectColumn ids = (ObjectColumn) batch.column(SystemColumns.ID);
      LongColumn seen = (LongColumn) batch.column(SystemColumns.SEEN_TIME);
      Column values = dataset.labelValue().evaluate(batch);
      for (int row = 0; row < batch.rows(); row++) {
        String id = Objects.requireNonNull(ids.string(row));
        Object value = values.value(row);
        if (value != null && rowIds.contains(id)) {
          join.add(Outcome.ofRow(id, seen.values()[row], label(value)));
        }
      }
    }
  }

  private static float label(Object value) {
    return value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).floatValue();
  }

  /** These columns of a table; one that it lacks, or has as another type, is null. */
  private static Batch read(LakeTable table, Schema wanted) {
    Schema stored = table.schema();
    Batch rows =
        readStored(
            table,
            wanted.fields().stream()
                .filter(
                    field ->
                        stored.contains(field.name())
                            && stored.field(field.name()).type().equals(field.type()))
                .map(Field::name)
                .toList());
    List<Column> columns = new ArrayList<>();
    for (Field field : wanted.fields()) {
      columns.add(
          rows.schema().contains(field.name())
              ? rows.column(field.name())
              : nulls(field.type(), rows.rows()));
    }
    return new Batch(wanted, columns);
  }

  private static Column nulls(Type type, int rows) {
    ColumnBuilder nulls = ColumnBuilder.of(type, rows);
    for (int row = 0; row < rows; row++) {
      nulls.appendNull();
    }
    return nulls.build();
  }

  private static Batch readStored(LakeTable table, List<String> columns) {
    List<Batch> batches = new ArrayList<>();
    try (BatchReader rows = table.scan().columns(columns).open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        batches.add(batch);
      }
      return batches.isEmpty() ? Batch.empty(rows.schema()) : Batch.concat(rows.schema(), batches);
    }
  }
}
