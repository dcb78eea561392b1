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

/** The updater that serves: row-wise transforms, then each view's state, side by side. */
public final class ViewUpdater implements LiveUpdater {
  /** With so many rows, views are updated side by side; fewer are not worth it. */
  private static final int ROWS_TO_SHARE = 16;

  private final Map<String, List<Step>> steps = new HashMap<>();

  private record Step(Fingerprint view, @Nullable RowTransform transform, ViewState state) {}

  /** What one view has to take in, and where: no other touches its store. */
  private record Update(ViewState state, Batch rows, StateWriter into) implements Runnable {
    @Override
    public void run() {
      state.apply(rows, into);
    }
  }

  public ViewUpdater(LiveGraph graph) {
    for (LiveView view : graph.views()) {
      steps
          .computeIfAbsent(view.source(), source -> new ArrayList<>())
          .add(new Step(view.fingerprint(), view.transform(), new ViewState(view.view())));
    }
  }

  @Override
  public void apply(String source, Batch rows, StoreWriter into) {
    // Views over one transform share its output.
    IdentityHashMap<RowTransform, Batch> transformed = new IdentityHashMap<>();
    List<Update> updates = new ArrayList<>();
    for (Step step : steps.getOrDefault(source, List.of())) {
      StateWriter state = into.state(step.view());
      if (state != null) {
        RowTransform transform = step.transform();
        Batch input =
            transform == null
                ? rows
                : transformed.computeIfAbsent(transform, each -> each.apply(rows));
        updates.add(new Update(step.state(), input, state));
      }
    }
    if (rows.rows() < ROWS_TO_SHARE) {
      updates.forEach(Update::run);
    } else {
      SideBySide.run(updates);
    }
  }
}
