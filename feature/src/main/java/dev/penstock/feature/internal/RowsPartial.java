package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of the first rows, of the last, or of all up to a limit, by (event time, partition,
 * offset). Beyond the limit only that is known.
 */
final class RowsPartial implements Partial {
  /** Which rows are kept when there are more than the limit. */
  enum Kept {
    FIRST,
    LAST,
    NONE;

    static Kept of(FoldKind kind) {
      return kind == FoldKind.FIRST_ROWS ? FIRST : kind == FoldKind.LAST_ROWS ? LAST : NONE;
    }
  }

  private record Place(long eventTime, int partition, long offset) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::eventTime)
            .thenComparingInt(Place::partition)
            .thenComparingLong(Place::offset);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private final int slot;
  private final Type type;
  private final Kept kept;
  private final int limit;
  private final TreeMap<Place, Object> values = new TreeMap<>();

  /** Room for a value being written or read. */
  private final SlotColumn held;

  private @Nullable Rows rows;
  private boolean beyond;

  RowsPartial(int slot, Type type, Kept kept, int limit) {
    this.slot = slot;
    this.type = type;
    this.kept = kept;
    this.limit = limit;
    this.held = new SlotColumn(SlotKind.of(type), 1);
  }

  @Override
  public void bind(Rows bound) {
    rows = bound;
  }

  @Override
  public void clear() {
    values.clear();
    beyond = false;
  }

  @Override
  public void add(int row) {
    Rows from = requireNonNull(rows);
    if (from.slots[slot].isPresent(row)) {
      offer(
          new Place(from.eventTimes[row], from.partitions[row], from.offsets[row]),
          Values.of(from.slots[slot], row));
    }
  }

  @Override
  public boolean undo(int row) {
    Rows from = requireNonNull(rows);
    if (!from.slots[slot].isPresent(row)) {
      return true;
    }
    // As many as there may be: there may have been more.
    boolean full = beyond || (kept != Kept.NONE && values.size() == limit);
    Place place = new Place(from.eventTimes[row], from.partitions[row], from.offsets[row]);
    if (full) {
      return !beyond && !values.containsKey(place);
    }
    values.remove(place);
    return true;
  }

  private void offer(Place place, Object value) {
    if (beyond) {
      return;
    }
    values.put(place, value);
    if (values.size() > limit) {
      switch (kept) {
        case FIRST -> values.pollLastEntry();
        case LAST -> values.pollFirstEntry();
        case NONE -> {
          beyond = true;
          values.clear();
        }
      }
    }
  }

  @Override
  public void write(ByteSink out) {
    out.oneByte(beyond ? 1 : 0);
    out.count(values.size());
    values.forEach(
        (place, value) -> {
          out.eightBytes(place.eventTime());
          out.signed(place.partition());
          out.signed(place.offset());
          Values.put(value, held, 0);
          ValueCodec.write(type, held, 0, out);
        });
  }

  @Override
  public void merge(ByteSource in) {
    if (in.oneByte() != 0) {
      beyond = true;
      values.clear();
    }
    int entries = in.length();
    for (int i = 0; i < entries; i++) {
      Place place = new Place(in.eightBytes(), (int) in.signed(), in.signed());
      ValueCodec.read(type, in, held, 0);
      offer(place, Values.of(held, 0));
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (beyond) {
      answer.error();
    } else {
      answer(type, new ArrayList<>(values.values()), answer);
    }
  }

  /** {@code ["a","b"]}, null of none. */
  static void answer(Type type, List<Object> values, Answer answer) {
    if (values.isEmpty()) {
      answer.nothing();
      return;
    }
    JsonText json = new JsonText();
    String before = "[";
    for (Object value : values) {
      json.raw(before).value(type, value);
      before = ",";
    }
    answer.object(json.raw("]").toString());
  }
}
