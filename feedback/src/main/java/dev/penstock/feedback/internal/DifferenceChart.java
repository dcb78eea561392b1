package dev.penstock.feedback.internal;

import dev.penstock.model.AucComparison;
import dev.penstock.model.PromotionPolicy;

/** The difference of two models with its uncertainty, against what a promotion asks for. */
final class DifferenceChart {
  private static final double WIDTH = 600;
  private static final double HEIGHT = 116;
  private static final double LEFT = 24;
  private static final double RIGHT = WIDTH - 24;
  private static final double MIDDLE = 56;
  private static final int TICKS = 6;

  private DifferenceChart() {}

  static String draw(AucComparison comparison, PromotionPolicy policy, String label) {
    double low = comparison.lowerBound(policy.confidence());
    double high = 2 * comparison.difference() - low;
    double asked = policy.minimumImprovement();
    double reach =
        Math.max(1e-4, 0.15 * (Math.max(high, asked) - Math.min(low, Math.min(0, asked))));
    Scale x =
        Scale.around(
            Math.min(low, Math.min(0, asked)) - reach,
            Math.max(high, Math.max(0, asked)) + reach,
            LEFT,
            RIGHT);
    Svg svg = new Svg(WIDTH, HEIGHT, label);
    double bottom = HEIGHT - 28;
    for (double tick : x.ticks(TICKS)) {
      svg.line(x.at(tick), bottom, x.at(tick), bottom + 4, "axis");
      svg.text(x.at(tick), bottom + 19, "middle", "tick", Numbers.signed(tick, x.digits(TICKS)));
    }
    svg.line(LEFT, bottom, RIGHT, bottom, "axis");
    svg.line(x.at(asked), 22, x.at(asked), bottom, "reference");
    svg.text(
        x.at(asked),
        15,
        "middle",
        "note",
        asked == 0 ? "no difference" : "asked for " + Numbers.signed(asked, 3));
    String style = low > asked ? "good" : "bad";
    svg.line(x.at(low), MIDDLE, x.at(high), MIDDLE, "span " + style);
    for (double end : new double[] {low, high}) {
      svg.line(x.at(end), MIDDLE - 7, x.at(end), MIDDLE + 7, "span " + style);
    }
    svg.circle(
        x.at(comparison.difference()),
        MIDDLE,
        5.5,
        "point " + style,
        "difference in AUC " + Numbers.signed(comparison.difference(), 5));
    return svg.toString();
  }
}
