package dev.penstock.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Per feature, what a training set that looked at rows before they were seen would have leaked. */
public record LeakageReport(List<FeatureLeakage> features) {
  public LeakageReport {
    features = List.copyOf(features);
  }

  /** Compares two matrices of the same rows and features. */
  public static LeakageReport of(FeatureMatrix asSeen, FeatureMatrix asHappened, float[] labels) {
    if (!asSeen.schema().names().equals(asHappened.schema().names())) {
      throw new IllegalArgumentException(asSeen + " against " + asHappened);
    }
    List<FeatureLeakage> features = new ArrayList<>();
    for (int c = 0; c < asSeen.columns(); c++) {
      features.add(
          FeatureLeakage.of(
              asSeen.schema().column(c).name(), asSeen.column(c), asHappened.column(c), labels));
    }
    return new LeakageReport(features);
  }

  /** The features that differ anywhere, the largest share first. */
  public List<FeatureLeakage> leaking() {
    return features.stream()
        .filter(feature -> feature.differing() > 0)
        .sorted(
            Comparator.comparingDouble((FeatureLeakage f) -> (double) f.differing() / f.rows())
                .reversed()
                .thenComparing(FeatureLeakage::feature))
        .toList();
  }

  /** A table for a terminal: the features that differ, and how many do not. */
  public String toText() {
    List<FeatureLeakage> leaking = leaking();
    StringBuilder text = new StringBuilder();
    if (leaking.isEmpty()) {
      return text.append("No feature differs between what was seen and what had happened (")
          .append(features.size())
          .append(" compared).\n")
          .toString();
    }
    int width = leaking.stream().mapToInt(f -> f.feature().length()).max().orElse(0);
    width = Math.max(width, "feature".length());
    String row = "%-" + width + "s  %9s  %12s  %12s  %12s  %12s%n";
    text.append(
        format(row, "feature", "rows", "differ", "mean |diff|", "AUC as seen", "AUC happened"));
    for (FeatureLeakage feature : leaking) {
      text.append(
          format(
              row,
              feature.feature(),
              String.valueOf(feature.rows()),
              number("%.2f %%", percent(feature.share())),
              number("%.4g", feature.meanAbsoluteDifference()),
              number("%.4f", feature.aucAsSeen()),
              number("%.4f", feature.aucAsHappened())));
    }
    if (leaking.size() < features.size()) {
      text.append(features.size() - leaking.size()).append(" more features do not differ.\n");
    }
    return text.toString();
  }

  private static @Nullable Double percent(@Nullable Double share) {
    return share == null ? null : 100 * share;
  }

  private static String number(String format, @Nullable Double value) {
    return value == null ? "–" : String.format(Locale.ROOT, format, value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values).replace(System.lineSeparator(), "\n");
  }
}
