package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A partial for each category of the rows. Beyond the limit of categories only that is known: every
 * window that holds these rows is beyond it too.
 */
final class CategoriesPartial implements Partial {
  /** A category's partial, and how many rows are in it. */
  private static final class Kept {
    final Partial partial;
    long rows;

    Kept(Partial partial) {
      this.partial = partial;
    }
  }

  private final int slot;
  private final Type type;
  private final Supplier<Partial> made;
  private final Map<Object, Kept> categories = new HashMap<>();

  /** Room for a category being written or read. */
  private final SlotColumn held;

  private @Nullable Rows rows;
  private boolean beyond;

  CategoriesPartial(int slot, Type type, Supplier<Partial> made) {
    this.slot = slot;
    this.type = type;
    this.made = made;
    this.held = new SlotColumn(SlotKind.of(type), 1);
  }

  @Override
  public void bind(Rows bound) {
    rows = bound;
    categories.values().forEach(kept -> kept.partial.bind(bound));
  }

  @Override
  public void clear() {
    categories.clear();
    beyond = false;
  }

  @Override
  public void add(int row) {
    SlotColumn column = requireNonNull(rows).slots[slot];
    if (!beyond && column.isPresent(row)) {
      Kept kept = of(Values.of(column, row));
      kept.rows++;
      kept.partial.add(row);
      forgetBeyondLimit();
    }
  }

  private Kept of(Object category) {
    return categories.computeIfAbsent(category, name -> begin());
  }

  private Kept begin() {
    Kept kept = new Kept(made.get());
    if (rows != null) {
      kept.partial.bind(rows);
    }
    kept.partial.clear();
    return kept;
  }

  private void forgetBeyondLimit() {
    if (categories.size() > Aggregate.MOST_CATEGORIES) {
      beyond = true;
      categories.clear();
    }
  }

  @Override
  public boolean undo(int row) {
    SlotColumn column = requireNonNull(rows).slots[slot];
    if (!column.isPresent(row)) {
      return true;
    }
    Kept kept = beyond ? null : categories.get(Values.of(column, row));
    if (kept == null) {
      return false;
    }
    kept.rows--;
    if (kept.rows == 0) {
      categories.remove(Values.of(column, row));
      return true;
    }
    return kept.partial.undo(row);
  }

  @Override
  public void write(ByteSink out) {
    out.oneByte(beyond ? 1 : 0);
    if (beyond) {
      return;
    }
    Map<byte[], Kept> sorted = new TreeMap<>(Arrays::compareUnsigned);
    ByteSink scratch = new ByteSink();
    categories.forEach(
        (category, kept) -> {
          scratch.clear();
          Values.put(category, held, 0);
          ValueCodec.write(type, held, 0, scratch);
          sorted.put(scratch.toBytes(), kept);
        });
    out.count(sorted.size());
    ByteSource written = new ByteSource(new byte[0]);
    sorted.forEach(
        (bytes, kept) -> {
          written.reset(bytes);
          ValueCodec.read(type, written, held, 0);
          ValueCodec.write(type, held, 0, out);
          out.count(kept.rows);
          int part = out.begin();
          kept.partial.write(out);
          out.end(part);
        });
  }

  @Override
  public void merge(ByteSource in) {
    if (in.oneByte() != 0) {
      beyond = true;
      categories.clear();
      return;
    }
    int entries = in.length();
    for (int i = 0; i < entries; i++) {
      ValueCodec.read(type, in, held, 0);
      long more = in.count();
      int length = in.length();
      if (beyond) {
        in.skip(length);
      } else {
        Kept kept = of(Values.of(held, 0));
        kept.rows += more;
        kept.partial.merge(in);
        forgetBeyondLimit();
      }
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (beyond) {
      answer.error();
    } else {
      CategoryAnswer.give(
          aggregate,
          type,
          categories,
          (kept, one, json) -> kept.partial.answer(one, moment, json),
          answer);
    }
  }
}
