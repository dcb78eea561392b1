package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One fold sliding over one window, and the features it answers. */
record Slides(ViewPlan.Fold fold, long reach, List<Integer> outputs) {
  static List<Slides> of(ViewPlan plan) {
    Map<List<Integer>, List<Integer>> outputsByPlace = new LinkedHashMap<>();
    for (int i = 0; i < plan.outputs().size(); i++) {
      ViewPlan.Output output = plan.outputs().get(i);
      outputsByPlace
          .computeIfAbsent(List.of(output.fold(), output.window()), place -> new ArrayList<>())
          .add(i);
    }
    List<Slides> all = new ArrayList<>();
    outputsByPlace.forEach(
        (place, outputs) ->
            all.add(
                new Slides(plan.folds().get(place.get(0)), plan.reaches()[place.get(1)], outputs)));
    return all;
  }
}
