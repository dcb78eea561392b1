package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of the first rows of a moving window, of the last, or of all up to a limit. */
final class SlidingRows implements Sliding {
  private final int slot;
  private final Type type;
  private final RowsPartial.Kept kept;
  private final int limit;
  private final RowWindow window = new RowWindow();
  private @Nullable SlotColumn column;

  SlidingRows(int slot, Type type, RowsPartial.Kept kept, int limit) {
    this.slot = slot;
    this.type = type;
    this.kept = kept;
    this.limit = limit;
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
  }

  @Override
  public void clear() {
    window.clear();
  }

  @Override
  public void add(int row) {
    if (requireNonNull(column).isPresent(row)) {
      window.add(row);
    }
  }

  @Override
  public void remove(int row) {
    if (requireNonNull(column).isPresent(row)) {
      window.remove(row);
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    int size = window.size();
    if (kept == RowsPartial.Kept.NONE && size > limit) {
      answer.error();
      return;
    }
    int from = kept == RowsPartial.Kept.LAST ? Math.max(0, size - limit) : 0;
    List<Object> values = new ArrayList<>();
    for (int place = from; place < Math.min(size, from + limit); place++) {
      values.add(Values.of(requireNonNull(column), window.row(place)));
    }
    RowsPartial.answer(type, values, answer);
  }
}
