package dev.penstock.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** An order that rows of one moment, or of several, might have been taken in. */
final class TieOrder {
  private final int[] rows;
  private final int[] positions;

  private TieOrder(int[] rows, int[] positions) {
    this.rows = rows;
    this.positions = positions;
  }

  /** The rows, by their places. */
  int[] rows() {
    return rows;
  }

  /** By row, the row whose position it takes. */
  int[] positions() {
    return positions;
  }

  /**
   * Orders of these ties, each a moment's rows in order: each by itself backwards, with each row
   * first, and with each row last; then all of them backwards.
   */
  static List<TieOrder> all(List<int[]> ties) {
    List<TieOrder> orders = new ArrayList<>();
    for (int[] tie : ties) {
      orders.add(new TieOrder(tie, backwards(tie)));
      for (int row = 1; row < tie.length && orders.size() < MismatchSearch.MOST_TRIALS; row++) {
        orders.add(new TieOrder(moved(tie, row, 0), tie));
        orders.add(new TieOrder(moved(tie, row - 1, tie.length - 1), tie));
      }
    }
    if (ties.size() > 1) {
      orders.add(
          new TieOrder(
              ties.stream().flatMapToInt(IntStream::of).toArray(),
              ties.stream().flatMapToInt(tie -> IntStream.of(backwards(tie))).toArray()));
    }
    return orders;
  }

  private static int[] backwards(int[] tie) {
    return IntStream.range(0, tie.length).map(i -> tie[tie.length - 1 - i]).toArray();
  }

  private static int[] moved(int[] tie, int from, int to) {
    List<Integer> order = new ArrayList<>(IntStream.of(tie).boxed().toList());
    order.add(to, order.remove(from));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }
}
