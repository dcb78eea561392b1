package dev.penstock.platform.dataset;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.EntityKey;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.Condition;
import dev.penstock.offline.ViewInput;
import dev.penstock.training.LabelRule;
import dev.penstock.training.LabelledRows;
import dev.penstock.training.Split;
import dev.penstock.training.Splits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a dataset before their features: the spine with the label that was joined to each.
 *
 * @param rows the spine's columns and its system columns
 * @param labelled each row's split, state and label
 */
record SpineRows(Batch rows, LabelledRows labelled) {
  /** Reads spine and labels, and judges each row by its split's cut. */
  static SpineRows read(DatasetPlan plan, Splits splits, List<String> requestColumns) {
    Batch spine = spine(plan, splits, requestColumns);
    Labels labels = labels(plan);
    boolean[] found = new boolean[spine.rows()];
    long[] seen = new long[spine.rows()];
    int[] matched = new int[spine.rows()];
    List<Column> keys = joinColumns(plan).stream().map(spine::column).toList();
    for (int row = 0; row < found.length; row++) {
      Object key = key(keys, row);
      Integer label = key == null ? null : labels.rowByKey().get(key);
      if (label != null) {
        found[row] = true;
        seen[row] = labels.seen()[label];
        matched[row] = label;
      }
    }
    Column values =
        labels.values().size() == 0 ? nulls(plan, spine.rows()) : labels.values().gather(matched);
    LabelledRows labelled = new LabelRule(splits).judge(times(spine), found, seen, values);
    return new SpineRows(spine, labelled);
  }

  static long[] times(Batch rows) {
    return ((LongColumn) rows.column(SystemColumns.EVENT_TIME)).values();
  }

  private static Column nulls(DatasetPlan plan, int rows) {
    ColumnBuilder builder = ColumnBuilder.of(plan.labelValue().type(), rows);
    for (int i = 0; i < rows; i++) {
      builder.appendNull();
    }
    return builder.build();
  }

  private static Batch spine(DatasetPlan plan, Splits splits, List<String> requestColumns) {
    Set<String> columns = new LinkedHashSet<>(requestColumns);
    columns.addAll(joinColumns(plan));
    columns.addAll(List.of(SystemColumns.ID, SystemColumns.EVENT_TIME));
    if (plan.where() != null) {
      columns.addAll(plan.where().columns());
    }
    List<Batch> chosen = new ArrayList<>();
    List<String> names = List.copyOf(columns);
    for (Batch batch : plan.spine().rows(names, range(plan.spine(), splits))) {
      chosen.add(chosen(batch.select(names), plan, splits));
    }
    Schema schema = plan.spine().schema(names);
    return chosen.isEmpty() ? Batch.empty(schema) : Batch.concat(schema, chosen);
  }

  private static Batch chosen(Batch batch, DatasetPlan plan, Splits splits) {
    long[] times = times(batch);
    BooleanColumn asks = plan.where() == null ? null : (BooleanColumn) plan.where().evaluate(batch);
    int[] rows = new int[batch.rows()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      boolean asked = asks == null || (!asks.isNull(row) && asks.values()[row]);
      if (asked && splits.indexOf(times[row]) != Splits.NONE) {
        rows[count++] = row;
      }
    }
    return count == rows.length ? batch : batch.gather(Arrays.copyOf(rows, count));
  }

  /** A spine that is not re-timed is cut to the splits' span already in the scan. */
  private static List<Condition> range(ViewInput spine, Splits splits) {
    if (spine.transform() != null) {
      return List.of();
    }
    long from = splits.splits().stream().mapToLong(Split::from).min().orElseThrow();
    long to = splits.splits().stream().mapToLong(Split::to).max().orElseThrow();
    return List.of(Condition.range(SystemColumns.EVENT_TIME, from, to));
  }

  /** The labels there are: their values, when each was seen, and which row has which key. */
  private record Labels(Map<Object, Integer> rowByKey, Column values, LongColumn seenColumn) {
    long[] seen() {
      return seenColumn.values();
    }
  }

  private static Labels labels(DatasetPlan plan) {
    Set<String> columns = new LinkedHashSet<>(joinColumns(plan));
    columns.addAll(plan.labelValue().columns());
    columns.add(SystemColumns.SEEN_TIME);
    Map<Object, Integer> rowByKey = new HashMap<>();
    ColumnBuilder values = ColumnBuilder.of(plan.labelValue().type(), 0);
    ColumnBuilder seen =
        ColumnBuilder.of(plan.labels().schema(List.of(SystemColumns.SEEN_TIME)).field(0).type(), 0);
    for (Batch batch : plan.labels().rows(columns, List.of())) {
      List<Column> keys = joinColumns(plan).stream().map(batch::column).toList();
      for (int row = 0; row < batch.rows(); row++) {
        Object key = key(keys, row);
        if (key != null) {
          // Of several labels for one row the last accepted one counts.
          rowByKey.put(key, values.size() + row);
        }
      }
      values.appendAll(plan.labelValue().evaluate(batch));
      seen.appendAll(batch.column(SystemColumns.SEEN_TIME));
    }
    return new Labels(rowByKey, values.build(), (LongColumn) seen.build());
  }

  private static List<String> joinColumns(DatasetPlan plan) {
    return plan.joinColumns().isEmpty() ? List.of(SystemColumns.ID) : plan.joinColumns();
  }

  /** One text column is its own key; several make an {@link EntityKey}. */
  private static @Nullable Object key(List<Column> keys, int row) {
    return keys.size() == 1 ? keys.get(0).value(row) : EntityKey.of(keys, row);
  }
}
