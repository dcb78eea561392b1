package dev.penstock.online;

import dev.penstock.data.Batch;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.RowTransform;
import dev.penstock.data.SideBySide;
import dev.penstock.feature.StateWriter;
import dev.penstock.feature.ViewState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The updater that serves: row-wise transforms, then each view's state, side by side; after a view,
 * in turn, what is chained to it.
 */
public final class ViewUpdater implements LiveUpdater {
  /** With so many rows, views are updated side by side; fewer are not worth it. */
  private static final int ROWS_TO_SHARE = 16;

  /** By source, the views that read its rows. */
  private final Map<String, List<Step>> steps = new HashMap<>();

  private record Step(
      Fingerprint view, @Nullable RowTransform transform, ViewState state, List<Step> chained) {
    static Step of(LiveView view, LiveGraph graph) {
      return new Step(
          view.fingerprint(),
          view.transform(),
          new ViewState(view.view()),
          graph.chainedTo(view).stream().map(next -> of(next, graph)).toList());
    }
  }

  /** Where a view's state is written, and that of the views chained to it. */
  private record Target(ViewState state, StateWriter into, List<Target> chained) {
    /** Null where the store does not keep the view up to date. */
    static @Nullable Target of(Step step, StoreWriter store) {
      StateWriter into = store.state(step.view());
      if (into == null) {
        return null;
      }
      List<Target> chained = new ArrayList<>();
      for (Step next : step.chained()) {
        Target target = of(next, store);
        if (target != null) {
          chained.add(target);
        }
      }
      return new Target(step.state(), into, chained);
    }

    void take(Batch rows) {
      if (chained.isEmpty()) {
        state.apply(rows, into);
      } else {
        Batch derived = state.derive(rows, into);
        chained.forEach(next -> next.take(derived));
      }
    }
  }

  /** What one chain has to take in: no other touches its stores. */
  private record Update(Target target, Batch rows) implements Runnable {
    @Override
    public void run() {
      target.take(rows);
    }
  }

  public ViewUpdater(LiveGraph graph) {
    for (LiveView view : graph.views()) {
      if (view.upstream() == null) {
        steps.computeIfAbsent(view.source(), source -> new ArrayList<>()).add(Step.of(view, graph));
      }
    }
  }

  @Override
  public void apply(String source, Batch rows, StoreWriter into) {
    // Views over one transform share its output.
    IdentityHashMap<RowTransform, Batch> transformed = new IdentityHashMap<>();
    List<Update> updates = new ArrayList<>();
    for (Step step : steps.getOrDefault(source, List.of())) {
      Target target = Target.of(step, into);
      if (target != null) {
        RowTransform transform = step.transform();
        Batch input =
            transform == null
                ? rows
                : transformed.computeIfAbsent(transform, each -> each.apply(rows));
        updates.add(new Update(target, input));
      }
    }
    if (rows.rows() < ROWS_TO_SHARE) {
      updates.forEach(Update::run);
    } else {
      SideBySide.run(updates);
    }
  }
}
