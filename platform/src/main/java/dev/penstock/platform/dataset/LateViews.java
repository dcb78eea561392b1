package dev.penstock.platform.dataset;

import dev.penstock.data.Batch;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.ServiceView;
import dev.penstock.offline.PointInTime;
import dev.penstock.offline.PointInTime.Visible;
import dev.penstock.offline.ViewInput;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The views with rows that were seen after they happened. For all others {@code event_time < q}
 * implies {@code seen_time < q}, so what was seen and what had happened cannot differ.
 */
public final class LateViews {
  private LateViews() {}

  static Set<String> of(FeatureService service, Map<String, ViewInput> inputs) {
    Map<ViewInput, Boolean> late = new HashMap<>();
    Set<String> views = new LinkedHashSet<>();
    for (ServiceView view : service.views()) {
      if (view.view().upstream() != null) {
        continue;
      }
      ViewInput input = inputs.get(view.view().name());
      if (input != null && late.computeIfAbsent(input, LateViews::hasLateRow)) {
        views.add(view.view().name());
      }
    }
    return views;
  }

  /**
   * The columns of chained views, which the leakage report leaves out: what such a view reads is
   * made as rows come, and there is nothing that it would have read as they happened.
   */
  public static Set<String> incomparable(FeatureService service) {
    Set<String> columns = new LinkedHashSet<>();
    for (ServiceView view : service.views()) {
      if (view.view().upstream() != null) {
        view.view().features().forEach(feature -> columns.add(view.column(feature)));
      }
    }
    return columns;
  }

  /** The stored features of these views alone. */
  static List<FeatureColumn> read(
      DatasetPlan plan, Set<String> views, Batch rows, long[] times, Visible visible) {
    FeatureService part =
        new FeatureService(
            plan.service().name(),
            plan.service().views().stream()
                .filter(view -> views.contains(view.view().name()))
                .toList(),
            List.of());
    return PointInTime.of(part, plan.views()).seen(visible).read(rows, times);
  }

  private static boolean hasLateRow(ViewInput input) {
    List<String> times = List.of(SystemColumns.EVENT_TIME, SystemColumns.SEEN_TIME);
    for (Batch batch : input.rows(times, List.of())) {
      long[] event = ((LongColumn) batch.column(SystemColumns.EVENT_TIME)).values();
      long[] seen = ((LongColumn) batch.column(SystemColumns.SEEN_TIME)).values();
      for (int row = 0; row < event.length; row++) {
        if (seen[row] > event[row]) {
          return true;
        }
      }
    }
    return false;
  }
}
