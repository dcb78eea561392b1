package dev.penstock.benchmarks;

import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Place;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import dev.penstock.sql.Expressions;
import dev.penstock.sql.Lookups;
import java.util.ArrayList;
import java.util.List;

/** What a workload asks, as a view. */
final class Views {
  private static final Entity KEY = new Entity("key", List.of(Field.required("key", Scalar.INT64)));

  private Views() {}

  static FeatureView of(Workload workload) {
    List<Feature> features = new ArrayList<>();
    switch (workload.asked()) {
      case ROLLING -> addRolling(features, column(workload, "v1"));
      case LATEST -> addLatest(workload, features);
      case SKETCHES -> addSketches(features, column(workload, "v1"));
    }
    return FeatureView.of("view", KEY, List.of("key"), features);
  }

  private static void addRolling(List<Feature> features, Expression v) {
    for (String length : Workload.WINDOWS) {
      Window window = Window.trailing(Span.parse(length));
      features.add(new Feature("count_" + length, Aggregate.count(), window));
      for (AggregateFunction function :
          List.of(
              AggregateFunction.SUM,
              AggregateFunction.MEAN,
              AggregateFunction.MIN,
              AggregateFunction.MAX)) {
        features.add(new Feature(function + "_" + length, Aggregate.of(function, v), window));
      }
    }
  }

  private static void addLatest(Workload workload, List<Feature> features) {
    for (int number = 1; number <= workload.numbers(); number++) {
      Expression v = column(workload, "v" + number);
      features.add(
          new Feature(
              "v" + number, Aggregate.of(AggregateFunction.LAST, v), new Window.Lifetime()));
    }
  }

  private static void addSketches(List<Feature> features, Expression v) {
    Window month = Window.trailing(Span.parse("30d"));
    features.add(
        new Feature("distinct", Aggregate.of(AggregateFunction.APPROX_DISTINCT, v), month));
    features.add(new Feature("p90", Aggregate.percentile(v, 0.9), month));
    features.add(
        new Feature(
            "top", Aggregate.of(AggregateFunction.TOP_K, List.of(3.0, 1_000_000.0), v), month));
    features.add(new Feature("session", Aggregate.count(), new Window.Session(Span.parse("30m"))));
  }

  private static Expression column(Workload workload, String name) {
    return Expressions.compile(
        name, History.event(workload.numbers()), Lookups.NONE, Place.of("benchmarks"));
  }
}
