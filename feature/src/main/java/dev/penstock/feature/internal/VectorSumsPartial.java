package dev.penstock.feature.internal;

import static java.util.Objects.requireNonNull;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** By length of vector, the count and the exact sum of each element. */
final class VectorSumsPartial implements Reversible {
  /** The vectors of one length. */
  private static final class Sums {
    private long count;
    private final ExactSum[] elements;

    Sums(int length) {
      elements = new ExactSum[length];
      for (int i = 0; i < length; i++) {
        elements[i] = new ExactSum();
      }
    }
  }

  private final int slot;
  private final TreeMap<Integer, Sums> byLength = new TreeMap<>();
  private @Nullable SlotColumn column;

  VectorSumsPartial(int slot) {
    this.slot = slot;
  }

  @Override
  public void bind(Rows rows) {
    column = rows.slots[slot];
  }

  @Override
  public void clear() {
    byLength.clear();
  }

  @Override
  public void add(int row) {
    change(row, 1);
  }

  @Override
  public void remove(int row) {
    change(row, -1);
  }

  private void change(int row, int times) {
    SlotColumn bound = requireNonNull(column);
    if (!bound.isPresent(row)) {
      return;
    }
    float[] vector = (float[]) requireNonNull(bound.objects[row]);
    Sums sums = byLength.computeIfAbsent(vector.length, Sums::new);
    sums.count += times;
    if (sums.count == 0) {
      byLength.remove(vector.length);
      return;
    }
    for (int i = 0; i < vector.length; i++) {
      sums.elements[i].change((double) vector[i], times);
    }
  }

  @Override
  public void write(ByteSink out) {
    out.count(byLength.size());
    byLength.forEach(
        (length, sums) -> {
          out.count(length);
          out.count(sums.count);
          for (ExactSum element : sums.elements) {
            element.write(out);
          }
        });
  }

  @Override
  public void merge(ByteSource in) {
    int entries = in.length();
    for (int i = 0; i < entries; i++) {
      int length = in.length();
      Sums sums = byLength.computeIfAbsent(length, Sums::new);
      sums.count += in.count();
      for (ExactSum element : sums.elements) {
        element.merge(in);
      }
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (byLength.isEmpty()) {
      answer.nothing();
      return;
    }
    Map.Entry<Integer, Sums> only = byLength.firstEntry();
    Sums sums = only.getValue();
    float[] vector = new float[only.getKey()];
    boolean sound = byLength.size() == 1;
    for (int i = 0; i < vector.length; i++) {
      double sum = sums.elements[i].value();
      double value = aggregate.function() == AggregateFunction.VECTOR_MEAN ? sum / sums.count : sum;
      vector[i] = (float) value + 0.0f;
      sound &= !Float.isInfinite(vector[i]) || Double.isInfinite(sum);
    }
    if (sound) {
      answer.object(vector);
    } else {
      answer.error();
    }
  }
}
