package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A view's partials of some rows, with the newest of their event times: what a tile holds, and what
 * a read adds up. A level's tiles hold the folds that some window of at least that width asks for.
 */
final class TileFolds {
  final List<Partial> partials = new ArrayList<>();
  private final ViewPlan plan;
  private final boolean[] all;
  private boolean any;
  private long newest;

  TileFolds(ViewPlan plan) {
    this.plan = plan;
    plan.folds().forEach(fold -> partials.add(Partial.of(plan, fold)));
    this.all = new boolean[partials.size()];
    Arrays.fill(all, true);
  }

  void bind(Rows rows) {
    partials.forEach(partial -> partial.bind(rows));
  }

  void clear() {
    any = false;
    partials.forEach(Partial::clear);
  }

  boolean isEmpty() {
    return !any;
  }

  /** The newest event time, if there are rows. */
  long newest() {
    return newest;
  }

  /** Adds a row to the folds that tiles of that width hold. */
  void add(Rows rows, int row, long width) {
    saw(rows.eventTimes[row]);
    for (int fold = 0; fold < partials.size(); fold++) {
      if (plan.isKept(fold, width)) {
        partials.get(fold).add(row);
      }
    }
  }

  /** Takes a row out of the same folds; false if what is left cannot be told from them. */
  boolean undo(Rows rows, int row, long width) {
    boolean known = any && rows.eventTimes[row] < newest;
    for (int fold = 0; known && fold < partials.size(); fold++) {
      known = !plan.isKept(fold, width) || partials.get(fold).undo(row);
    }
    return known;
  }

  /** Adds a row to the folds wanted. */
  void add(Rows rows, int row, boolean[] wanted) {
    saw(rows.eventTimes[row]);
    for (int fold = 0; fold < wanted.length; fold++) {
      if (wanted[fold]) {
        partials.get(fold).add(row);
      }
    }
  }

  private void saw(long eventTime) {
    newest = any ? Math.max(newest, eventTime) : eventTime;
    any = true;
  }

  /** Writes a tile of that width. */
  byte[] write(long width, ByteSink out) {
    out.clear();
    out.oneByte(StateMeta.FORMAT_VERSION);
    out.eightBytes(newest);
    for (int fold = 0; fold < partials.size(); fold++) {
      if (plan.isKept(fold, width)) {
        int part = out.begin();
        partials.get(fold).write(out);
        out.end(part);
      }
    }
    return out.toBytes();
  }

  /** Adds all of a tile of that width. */
  void merge(ByteSource in, long width) {
    merge(in, width, all);
  }

  /** Adds a tile of that width, for the folds wanted. */
  void merge(ByteSource in, long width, boolean[] wanted) {
    StateMeta.requireVersion(in.oneByte());
    saw(in.eightBytes());
    for (int fold = 0; fold < partials.size(); fold++) {
      if (plan.isKept(fold, width)) {
        int length = in.length();
        if (wanted[fold]) {
          partials.get(fold).merge(in);
        } else {
          in.skip(length);
        }
      }
    }
  }
}
