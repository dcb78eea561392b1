package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A moving window for each category of its rows, however many there are on the way. */
final class SlidingCategories implements Sliding {
  /** A category's window, and how many rows are in it. */
  private static final class Kept {
    final Sliding window;
    long rows;

    Kept(Sliding window) {
      this.window = window;
    }
  }

  private final int slot;
  private final Type type;
  private final Supplier<Sliding> made;
  private final Map<Object, Kept> categories = new HashMap<>();
  private @Nullable Rows rows;

  SlidingCategories(int slot, Type type, Supplier<Sliding> made) {
    this.slot = slot;
    this.type = type;
    this.made = made;
  }

  @Override
  public void bind(Rows bound) {
    rows = bound;
    categories.values().forEach(kept -> kept.window.bind(bound));
  }

  @Override
  public void clear() {
    categories.clear();
  }

  @Override
  public void add(int row) {
    Rows from = requireNonNull(rows);
    SlotColumn column = from.slots[slot];
    if (column.isPresent(row)) {
      Kept kept = categories.computeIfAbsent(Values.of(column, row), name -> begin(from));
      kept.rows++;
      kept.window.add(row);
    }
  }

  private Kept begin(Rows from) {
    Kept kept = new Kept(made.get());
    kept.window.bind(from);
    kept.window.clear();
    return kept;
  }

  @Override
  public void remove(int row) {
    SlotColumn column = requireNonNull(rows).slots[slot];
    if (column.isPresent(row)) {
      Object name = Values.of(column, row);
      Kept kept = requireNonNull(categories.get(name));
      kept.rows--;
      if (kept.rows == 0) {
        categories.remove(name);
      } else {
        kept.window.remove(row);
      }
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    CategoryAnswer.give(
        aggregate,
        type,
        categories,
        (kept, one, json) -> kept.window.answer(one, moment, json),
        answer);
  }
}
