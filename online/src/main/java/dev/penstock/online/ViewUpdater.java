package dev.penstock.online;

import dev.penstock.data.Batch;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.RowTransform;
import dev.penstock.feature.StateWriter;
import dev.penstock.feature.ViewState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The updater that serves: row-wise transforms, then each view's state. */
public final class ViewUpdater implements LiveUpdater {
  private final Map<String, List<Step>> steps = new HashMap<>();

  private record Step(Fingerprint view, @Nullable RowTransform transform, ViewState state) {}

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
    for (Step step : steps.getOrDefault(source, List.of())) {
      StateWriter state = into.state(step.view());
      if (state != null) {
        RowTransform transform = step.transform();
        Batch input =
            transform == null
                ? rows
                : transformed.computeIfAbsent(transform, each -> each.apply(rows));
        step.state().apply(input, state);
      }
    }
  }
}
