package dev.penstock.feature.internal;

import dev.penstock.feature.Aggregate;

/** The count and the exact sums of two numbers over the rows that have both: their ratio. */
final class TwoSumsPartial implements Reversible {
  private final Numbers above;
  private final Numbers below;
  private final ExactSum sumAbove = new ExactSum();
  private final ExactSum sumBelow = new ExactSum();
  private long count;

  TwoSumsPartial(int above, int below) {
    this.above = new Numbers(above);
    this.below = new Numbers(below);
  }

  @Override
  public void bind(Rows rows) {
    above.bind(rows);
    below.bind(rows);
  }

  @Override
  public void clear() {
    count = 0;
    sumAbove.clear();
    sumBelow.clear();
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
    if (above.isPresent(row) && below.isPresent(row)) {
      count += times;
      above.change(sumAbove, row, times);
      below.change(sumBelow, row, times);
    }
  }

  @Override
  public void write(ByteSink out) {
    out.count(count);
    sumAbove.write(out);
    sumBelow.write(out);
  }

  @Override
  public void merge(ByteSource in) {
    count += in.count();
    sumAbove.merge(in);
    sumBelow.merge(in);
  }

  @Override
  public void answer(Aggregate aggregate, long moment, Answer answer) {
    double numerator = sumAbove.value();
    double denominator = sumBelow.value();
    double ratio = numerator / denominator;
    boolean infiniteByRange =
        Double.isInfinite(ratio) && Double.isFinite(numerator) && denominator != 0;
    if (count == 0) {
      answer.nothing();
    } else if (sumAbove.overflows(numerator) || sumBelow.overflows(denominator)) {
      answer.error();
    } else if (denominator == 0) {
      answer.nothing();
    } else if (infiniteByRange) {
      answer.error();
    } else {
      answer.real(Canonical.of(ratio));
    }
  }
}
