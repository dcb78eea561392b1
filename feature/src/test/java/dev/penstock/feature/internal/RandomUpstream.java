package dev.penstock.feature.internal;

import dev.penstock.data.Field;
import dev.penstock.data.Span;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Entity;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random view whose derived log has the columns of the tests' input: its keys are the first two,
 * each other one is a feature of that name and type. So every random view can be chained to it.
 */
final class RandomUpstream {
  private static final int KEYS = 2;

  private final SplittableRandom random;

  RandomUpstream(SplittableRandom random) {
    this.random = random;
  }

  FeatureView next() {
    long[] lengths = {7, RandomView.MINUTE, RandomView.HOUR, RandomView.DAY, 7 * RandomView.DAY};
    long length = lengths[random.nextInt(lengths.length)];
    List<Feature> features = new ArrayList<>();
    for (Field field : InputRow.FIELDS.subList(KEYS, InputRow.FIELDS.size())) {
      Window window = new RandomWindow(random, length).next(ChangelogMode.INSERT_ONLY);
      features.add(new Feature(field.name(), aggregate(field), window));
    }
    Span longest = FeatureView.longestReach(features);
    boolean longer = !longest.equals(FeatureView.UNBOUNDED) && random.nextBoolean();
    return new FeatureView(
        "upstream",
        new Entity("thing", InputRow.FIELDS.subList(0, KEYS)),
        InputRow.FIELDS.subList(0, KEYS).stream().map(Field::name).toList(),
        random.nextInt(4) == 0 ? new AtLeast("small", -2) : null,
        features,
        longer ? new Span(longest.micros() + random.nextLong(longest.micros())) : longest,
        random.nextInt(4) == 0 ? new Span(1 + random.nextLong(length)) : null);
  }

  /** One whose result is of the field's type. */
  private Aggregate aggregate(Field field) {
    RandomView any = new RandomView(random);
    while (true) {
      Aggregate aggregate = any.aggregate();
      if (aggregate.resultType().equals(field.type()) && !isList(aggregate)) {
        return aggregate;
      }
    }
  }

  /** Text with quotes in it, of which the naive lists know nothing. */
  private static boolean isList(Aggregate aggregate) {
    return switch (aggregate.function()) {
      case TOP_K, HISTOGRAM, COLLECT_SET, COLLECT_LIST, FIRST_N, LAST_N -> true;
      default -> false;
    };
  }
}
