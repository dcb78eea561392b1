package dev.penstock.feature.internal;

import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.AggregateParameter;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random views over the tests' input. */
final class RandomView {
  static final long SECOND = 1_000_000L;
  static final long MINUTE = 60 * SECOND;
  static final long HOUR = 60 * MINUTE;
  static final long DAY = 24 * HOUR;

  private static final long[] LENGTHS = {
    7, 1_000, SECOND, MINUTE, 5 * MINUTE, HOUR, 3 * HOUR, 7 * HOUR + 1, DAY, 7 * DAY, 30 * DAY
  };
  private static final List<String> WHOLES = List.of("small", "whole");
  private static final List<String> NUMBERS =
      List.of("small", "whole", "single", "real", "real", "amount", "wide");
  private static final List<String> ORDERED =
      List.of("small", "whole", "single", "real", "amount", "wide", "day", "moment", "clock");
  private static final List<String> ALL =
      List.of(
          "small", "whole", "single", "real", "flag", "text", "bytes", "day", "moment", "amount",
          "vector", "wide", "clock");
  private static final List<String> LISTED =
      List.of(
          "small", "whole", "single", "real", "flag", "text", "day", "moment", "amount", "wide",
          "clock");

  /** What a retraction is hardest to undo for. */
  private static final List<AggregateFunction> EXTREMES =
      List.of(
          AggregateFunction.MIN,
          AggregateFunction.MAX,
          AggregateFunction.MIN_BY,
          AggregateFunction.MAX_BY);

  private static final double[] PARTS = {0, 0.01, 0.1, 0.25, 0.5, 0.9, 0.99, 1, 1.0 / 3};

  private final SplittableRandom random;

  RandomView(SplittableRandom random) {
    this.random = random;
  }

  FeatureView next() {
    List<Window> windows = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    int scale = random.nextInt(LENGTHS.length);
    ChangelogMode changes =
        random.nextInt(3) == 0 ? ChangelogMode.RETRACT : ChangelogMode.INSERT_ONLY;
    // Beside no other window, retention may be short enough to cut a session.
    boolean ofRows = random.nextInt(8) == 0;
    for (int i = 0; i < count; i++) {
      int near = Math.max(0, Math.min(LENGTHS.length - 1, scale + random.nextInt(5) - 2));
      RandomWindow window = new RandomWindow(random, LENGTHS[near]);
      windows.add(ofRows ? window.nextOfRows() : window.next(changes));
    }
    List<Feature> features = new ArrayList<>();
    int aggregates = 1 + random.nextInt(5);
    for (int a = 0; a < aggregates; a++) {
      Aggregate aggregate = aggregate(changes);
      for (int w = 0; w < windows.size(); w++) {
        if (random.nextInt(3) > 0 || features.isEmpty()) {
          features.add(new Feature("a" + a + "_w" + w, aggregate, windows.get(w)));
        }
      }
    }
    Span longest = FeatureView.longestReach(features);
    Span retention =
        longest.equals(FeatureView.UNBOUNDED) || random.nextInt(3) > 0
            ? longest
            : random.nextBoolean()
                ? FeatureView.UNBOUNDED
                : new Span(longest.micros() + random.nextLong(longest.micros() * 3));
    boolean sessions =
        features.stream().map(Feature::window).anyMatch(Window::isBoundedByRetention);
    if (sessions && random.nextInt(4) > 0) {
      retention = declared(features);
    }
    Span maxAge = random.nextInt(3) > 0 ? null : new Span(1 + random.nextLong(LENGTHS[scale] * 2));
    Expression where = random.nextInt(4) == 0 ? new AtLeast("small", -2) : null;
    FeatureView view =
        switch (random.nextInt(3)) {
          case 0 -> view("by_number", List.of("number"), where, features, retention, maxAge);
          case 1 -> view("by_both", List.of("name", "number"), where, features, retention, maxAge);
          default -> view("by_name", List.of("name"), where, features, retention, maxAge);
        };
    return view.over(changes);
  }

  /** Some retention that the windows allow, though the last of them would see further. */
  private Span declared(List<Feature> features) {
    long least =
        features.stream().mapToLong(feature -> feature.window().reach().micros()).max().orElse(1);
    return least == Long.MAX_VALUE
        ? FeatureView.UNBOUNDED
        : new Span(least + random.nextLong(Math.max(MINUTE, least * 3)));
  }

  private static FeatureView view(
      String name,
      List<String> keys,
      Expression where,
      List<Feature> features,
      Span retention,
      Span maxAge) {
    List<Field> fields =
        keys.stream()
            .map(key -> Field.of(key, key.equals("name") ? Scalar.STRING : Scalar.INT64))
            .toList();
    return new FeatureView(
        name, new Entity("thing", fields), keys, where, features, retention, maxAge);
  }

  /** Over rows that stay. */
  Aggregate aggregate() {
    return aggregate(ChangelogMode.INSERT_ONLY);
  }

  private Aggregate aggregate(ChangelogMode changes) {
    boolean extreme = changes == ChangelogMode.RETRACT && random.nextInt(4) == 0;
    AggregateFunction function = extreme ? any(EXTREMES) : function();
    Expression where =
        random.nextInt(3) > 0
            ? null
            : random.nextBoolean() ? InputRow.column("flag") : new AtLeast("small", 0);
    List<Expression> arguments = new ArrayList<>();
    boolean bare =
        switch (function) {
          case COUNT, TIME_SINCE_FIRST, TIME_SINCE_LAST -> random.nextBoolean();
          default -> false;
        };
    for (int i = 0; i < function.arguments() && !bare; i++) {
      arguments.add(argument(function, i));
    }
    List<Double> parameters = new ArrayList<>();
    function.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    Aggregate aggregate = new Aggregate(function, arguments, where, parameters);
    if (random.nextInt(4) == 0 && canBeDivided(function, aggregate)) {
      aggregate = aggregate.by(InputRow.column(LISTED.get(random.nextInt(LISTED.size()))));
    }
    boolean defaults = function != AggregateFunction.COUNT && random.nextInt(5) == 0;
    Type type = aggregate.ofOneCategory().resultType();
    if (defaults && type instanceof Type.Decimal) {
      return aggregate.withDefault("-7");
    }
    return !defaults || !(type instanceof Scalar scalar)
        ? aggregate
        : switch (scalar) {
          case INT32, INT64 -> aggregate.withDefault("-7");
          case FLOAT32, FLOAT64 -> aggregate.withDefault("-0.0");
          case BOOLEAN -> aggregate.withDefault("true");
          case STRING -> aggregate.withDefault("'it''s nothing'");
          case BINARY, DATE, TIMESTAMP, LOCAL_TIMESTAMP -> aggregate;
        };
  }

  private static boolean canBeDivided(AggregateFunction function, Aggregate aggregate) {
    return !(aggregate.resultType() instanceof Type.Vector)
        && aggregate.resultType() != Scalar.BINARY
        && switch (function) {
          case TOP_K, FIRST_N, LAST_N, COLLECT_LIST, COLLECT_SET, HISTOGRAM -> false;
          default -> true;
        };
  }

  /** The aggregates that the hostile rows were made for come as often as all others together. */
  private AggregateFunction function() {
    AggregateFunction[] all = AggregateFunction.values();
    int percentile = AggregateFunction.PERCENTILE.ordinal();
    return all[random.nextInt(random.nextBoolean() ? percentile + 1 : all.length)];
  }

  private Expression argument(AggregateFunction function, int index) {
    return switch (function) {
      case MIN_BY, MAX_BY -> InputRow.column(any(index == 0 ? ALL : ORDERED));
      case DISTINCT_COUNT, TOP_K, HISTOGRAM, COLLECT_SET, COLLECT_LIST, FIRST_N, LAST_N ->
          InputRow.column(any(LISTED));
      case VECTOR_SUM, VECTOR_MEAN -> InputRow.column("vector");
      case COUNT, FIRST, LAST, TIME_SINCE_FIRST, TIME_SINCE_LAST, APPROX_DISTINCT ->
          InputRow.column(any(ALL));
      case SUM, MEAN, RATIO ->
          InputRow.column(
              switch (random.nextInt(6)) {
                case 0, 1 -> any(WHOLES);
                case 2 -> "wide";
                default -> any(NUMBERS);
              });
      case PERCENTILE,
          VAR_POP,
          VAR_SAMP,
          STDDEV_POP,
          STDDEV_SAMP,
          SKEW,
          KURTOSIS,
          COVAR_POP,
          COVAR_SAMP,
          CORR,
          SLOPE,
          DECAY_SUM,
          DECAY_MEAN ->
          InputRow.column(any(NUMBERS));
      case MIN, MAX -> InputRow.column(any(ORDERED));
      case SHARE, ANY, ALL ->
          random.nextBoolean() ? InputRow.column("flag") : new AtLeast("small", 1);
    };
  }

  private double parameter(AggregateParameter parameter) {
    return switch (parameter) {
      case SHARE -> PARTS[random.nextInt(PARTS.length)];
      case COUNT -> 1 + random.nextInt(5);
      case LIMIT -> 1 + random.nextInt(20);
      case HALF_LIFE, CELL -> 1 + random.nextLong(LENGTHS[random.nextInt(LENGTHS.length)]);
    };
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
