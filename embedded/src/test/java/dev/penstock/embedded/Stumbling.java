package dev.penstock.embedded;

import dev.penstock.data.Batch;
import dev.penstock.online.LiveGraph;
import dev.penstock.online.LiveUpdater;
import dev.penstock.online.StoreWriter;
import dev.penstock.online.ViewUpdater;
import java.util.concurrent.CountDownLatch;

/**
 * An updater that waits at rows of the tap {@code slow} and fails at those of {@code poison} and
 * {@code fatal}.
 */
final class Stumbling implements LiveUpdater {
  /** Where the test and the updater meet. */
  static final class Gate {
    final CountDownLatch reached = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);

    static void pass(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final LiveUpdater real;
  private final Gate gate;

  Stumbling(LiveGraph graph, Gate gate) {
    this.real = new ViewUpdater(graph);
    this.gate = gate;
  }

  @Override
  public void apply(String source, Batch rows, StoreWriter into) {
    real.apply(source, rows, into);
    for (int row = 0; row < rows.rows(); row++) {
      Object tap = rows.column("tap").value(row);
      if ("poison".equals(tap)) {
        throw new IllegalStateException("poison");
      } else if ("fatal".equals(tap)) {
        throw new StackOverflowError("fatal");
      } else if ("slow".equals(tap)) {
        gate.reached.countDown();
        Gate.pass(gate.open);
      }
    }
  }
}
