package dev.penstock.feature.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch to a view's state and asks, right after each row, what its key's features are.
 * Only rows of one key see each other, so the batch is applied in turns: the first row of each key,
 * then the second of each, and so on.
 */
final class StateDerivation {
  private final ViewPlan plan;
  private final Tiling tiling;

  StateDerivation(ViewPlan plan, Tiling tiling) {
    this.plan = plan;
    this.tiling = tiling;
  }

  /** The rows of the derived log, in the batch's order. */
  Batch apply(Batch batch, StateWriter store) {
    KeyTable table = new KeyTable(plan.view().entity().keys());
    int[] keys = BatchRows.keys(plan, batch, table);
    Batch read = batch.select(List.copyOf(plan.view().columns()));
    long[] eventTimes = ((LongColumn) batch.column(SystemColumns.EVENT_TIME)).values();
    int[] turns = turns(keys, table.size());
    int[] starts = new int[Arrays.stream(turns).max().orElse(KeyTable.NONE) + 2];
    int[] order = Grouping.byKey(turns, starts);
    List<@Nullable Object[]> values = new ArrayList<>();
    plan.outputs().forEach(output -> values.add(new Object[batch.rows()]));
    StateUpdate update = new StateUpdate(plan, tiling);
    for (int turn = 0; turn + 1 < starts.length; turn++) {
      int[] rows = Arrays.copyOfRange(order, starts[turn], starts[turn + 1]);
      update.apply(read.gather(rows), store);
      for (int row : rows) {
        StateRead state = new StateRead(plan, tiling, eventTimes[row] + 1, store);
        List<FeatureValue> answers = state.read(table.key(keys[row]));
        for (int f = 0; f < values.size(); f++) {
          FeatureValue answer = answers.get(f);
          values.get(f)[row] = answer.status() == FeatureStatus.PRESENT ? answer.value() : null;
        }
      }
    }
    int[] own = IntStream.range(0, keys.length).filter(row -> keys[row] >= 0).toArray();
    List<Column> columns = new ArrayList<>();
    for (int f = 0; f < values.size(); f++) {
      ColumnBuilder builder = ColumnBuilder.of(plan.outputs().get(f).feature().type(), own.length);
      for (int row : own) {
        builder.append(values.get(f)[row]);
      }
      columns.add(builder.build());
    }
    List<String> taken = DerivedRows.taken(plan.view(), batch.schema());
    return DerivedRows.of(plan.view(), batch.select(taken).gather(own), columns);
  }

  /** By row, how many rows of its key came before it; {@link KeyTable#NONE} for one of no key. */
  private static int[] turns(int[] keys, int count) {
    int[] met = new int[count];
    int[] turns = new int[keys.length];
    for (int row = 0; row < keys.length; row++) {
      turns[row] = keys[row] == KeyTable.NONE ? KeyTable.NONE : met[keys[row]]++;
    }
    return turns;
  }
}
