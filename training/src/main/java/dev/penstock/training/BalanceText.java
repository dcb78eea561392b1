package dev.penstock.training;

import java.util.Locale;

/** The table of a dataset's label balance. */
final class BalanceText {
  private BalanceText() {}

  static String of(DatasetManifest manifest) {
    StringBuilder text = new StringBuilder();
    text.append(row("split", "rows", "positive", "share", "immature", "missing", "null"));
    for (SplitSummary summary : manifest.splits()) {
      LabelCounts counts = summary.counts();
      Double mean = counts.mean();
      text.append(
          row(
              summary.split().name(),
              number(counts.counted()),
              number(counts.positives()),
              mean == null ? "–" : String.format(Locale.ROOT, "%.4f", mean),
              number(counts.immature()),
              number(counts.missing()),
              number(counts.nulls())));
    }
    return text.toString();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%-12s %10s %10s %9s %10s %8s %6s\n", cells);
  }
}
