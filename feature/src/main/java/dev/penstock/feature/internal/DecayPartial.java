package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import java.util.Map;
import java.util.TreeMap;

/**
 * The count and the exact sum of each cell of a grid: sums and means whose weights halve with age.
 * All rows of a cell have the age of its end, so that their order never shows.
 */
final class DecayPartial implements Reversible {
  /** The rows of one cell. */
  private static final class Cell {
    private long count;
    private final ExactSum sum = new ExactSum();
  }

  private final Numbers numbers;
  private final long width;
  private final TreeMap<Long, Cell> cells = new TreeMap<>();
  private long[] eventTimes = {};

  DecayPartial(int slot, long width) {
    this.numbers = new Numbers(slot);
    this.width = width;
  }

  @Override
  public void bind(Rows rows) {
    numbers.bind(rows);
    eventTimes = rows.eventTimes;
  }

  @Override
  public void clear() {
    cells.clear();
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
    if (numbers.isPresent(row)) {
      long number = Math.floorDiv(eventTimes[row], width);
      Cell cell = cells.computeIfAbsent(number, key -> new Cell());
      cell.count += times;
      if (cell.count == 0) {
        cells.remove(number);
      } else {
        numbers.change(cell.sum, row, times);
      }
    }
  }

  @Override
  public void write(ByteSink out) {
    out.count(cells.size());
    cells.forEach(
        (number, cell) -> {
          out.signed(number);
          out.count(cell.count);
          cell.sum.write(out);
        });
  }

  @Override
  public void merge(ByteSource in) {
    int entries = in.length();
    for (int i = 0; i < entries; i++) {
      Cell cell = cells.computeIfAbsent(in.signed(), key -> new Cell());
      cell.count += in.count();
      cell.sum.merge(in);
    }
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    if (cells.isEmpty()) {
      answer.nothing();
      return;
    }
    ExactSum values = new ExactSum();
    ExactSum weights = new ExactSum();
    for (Map.Entry<Long, Cell> entry : cells.entrySet()) {
      Cell cell = entry.getValue();
      double weight = weight(entry.getKey(), moment, aggregate.parameter());
      double sum = cell.sum.value();
      if (cell.sum.overflows(sum)) {
        answer.error();
        return;
      }
      values.add(Double.isFinite(sum) ? sum * weight : sum);
      weights.add(cell.count * weight);
    }
    double value = values.value();
    double weight = weights.value();
    if (values.overflows(value)) {
      answer.error();
    } else if (aggregate.function() == AggregateFunction.DECAY_SUM) {
      answer.real(value);
    } else if (weight == 0) {
      answer.nothing();
    } else {
      answerMean(value, value / weight, answer);
    }
  }

  private static void answerMean(double value, double mean, Answer answer) {
    if (Double.isInfinite(mean) && Double.isFinite(value)) {
      answer.error();
    } else {
      answer.real(Canonical.of(mean));
    }
  }

  /** 2^(−age / half-life), where the age is that of the cell's end, 0 if that is yet to come. */
  private double weight(long number, long moment, double halfLife) {
    long end = (number + 1) * width;
    if (end >= moment) {
      return 1;
    }
    long age = moment - end;
    // An age that is no long is more than 2000 half-lives of the longest there can be.
    return age < 0 ? 0 : StrictMath.pow(2, -(age / halfLife));
  }
}
