package dev.penstock.format.internal.parquet;

import java.util.ArrayList;
import java.util.List;

/** Rows {@code [from, to)} of a row group, from 0. Lists of them ascend and do not overlap. */
record RowRange(long from, long to) {

  long rows() {
    return to - from;
  }

  /** Adds the next rows to a list, to its last ones where these go on. */
  static void add(List<RowRange> ranges, RowRange next) {
    int last = ranges.size() - 1;
    if (last >= 0 && ranges.get(last).to == next.from) {
      ranges.set(last, new RowRange(ranges.get(last).from, next.to));
    } else {
      ranges.add(next);
    }
  }

  /** The rows that are in both. */
  static List<RowRange> both(List<RowRange> some, List<RowRange> others) {
    List<RowRange> both = new ArrayList<>();
    int a = 0;
    int b = 0;
    while (a < some.size() && b < others.size()) {
      RowRange one = some.get(a);
      RowRange other = others.get(b);
      long from = Math.max(one.from, other.from);
      long to = Math.min(one.to, other.to);
      if (from < to) {
        add(both, new RowRange(from, to));
      }
      if (one.to <= other.to) {
        a++;
      } else {
        b++;
      }
    }
    return both;
  }
}
