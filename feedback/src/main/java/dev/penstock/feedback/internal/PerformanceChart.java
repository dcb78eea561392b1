package dev.penstock.feedback.internal;

import dev.penstock.feedback.Performance;
import dev.penstock.feedback.PeriodPerformance;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The AUC of each period as a line, its interval as a band, the reference as a dashed line. */
final class PerformanceChart {
  private static final double WIDTH = 660;
  private static final double HEIGHT = 300;
  private static final double LEFT = 52;
  private static final double RIGHT = WIDTH - 24;
  private static final double TOP = 26;
  private static final double BOTTOM = HEIGHT - 44;
  private static final int TICKS = 5;

  private PerformanceChart() {}

  static String draw(Performance performance, String label) {
    List<PeriodPerformance> periods = performance.periods();
    double[] values =
        Stream.concat(
                Stream.ofNullable(performance.referenceAuc()),
                periods.stream()
                    .flatMap(
                        period ->
                            Stream.of(period.auc(), period.aucLow(), period.aucHigh())
                                .filter(value -> value != null)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    Svg svg = new Svg(WIDTH, HEIGHT, label);
    if (values.length == 0) {
      return svg.text(WIDTH / 2, HEIGHT / 2, "middle", "tick", "no outcomes yet").toString();
    }
    double low = DoubleStream.of(values).min().orElse(0);
    double high = DoubleStream.of(values).max().orElse(1);
    Scale y = Scale.around(low, high, BOTTOM, TOP);
    for (double tick : y.ticks(TICKS)) {
      svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid");
      svg.text(LEFT - 8, y.at(tick) + 4, "end", "tick", Numbers.decimal(tick, y.digits(TICKS)));
    }
    svg.text(4, 13, "start", "tick", "AUC");
    double step = (RIGHT - LEFT) / periods.size();
    band(svg, periods, y, step);
    Double reference = performance.referenceAuc();
    if (reference != null) {
      double at = y.at(reference);
      svg.line(LEFT, at, RIGHT, at, "reference");
      svg.text(
          RIGHT,
          at - 6,
          "end",
          "note",
          performance.referenceName() + " " + Numbers.decimal(reference, 3));
    }
    line(svg, periods, y, step);
    for (int i = 0; i < periods.size(); i++) {
      PeriodPerformance period = periods.get(i);
      double x = x(i, step);
      if (i % Math.max(1, periods.size() / 12) == 0) {
        svg.text(x, BOTTOM + 19, "middle", "tick", Numbers.day(period.from()));
        svg.text(x, BOTTOM + 35, "middle", "faint", Numbers.whole(period.n()));
      }
      point(svg, period, x, y);
    }
    svg.text(LEFT - 8, BOTTOM + 19, "end", "faint", "from");
    svg.text(LEFT - 8, BOTTOM + 35, "end", "faint", "n");
    return svg.toString();
  }

  private static double x(int period, double step) {
    return LEFT + (period + 0.5) * step;
  }

  private static void point(Svg svg, PeriodPerformance period, double x, Scale y) {
    Double auc = period.auc();
    if (auc == null) {
      return;
    }
    String style =
        switch (period.verdict()) {
          case AS_EXPECTED -> "point";
          case WORSE -> "point bad";
          case INCONCLUSIVE -> "point open";
        };
    svg.circle(
        x,
        y.at(auc),
        4,
        style,
        Numbers.day(period.from())
            + ": AUC "
            + Numbers.decimal(auc, 4)
            + " ("
            + Numbers.decimal(period.aucLow(), 4)
            + " to "
            + Numbers.decimal(period.aucHigh(), 4)
            + "), "
            + Numbers.count(period.n(), "outcome"));
  }

  private static void line(Svg svg, List<PeriodPerformance> periods, Scale y, double step) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < periods.size(); i++) {
      Double auc = periods.get(i).auc();
      if (auc != null) {
        path.append(drawing ? 'L' : 'M').append(Svg.at(x(i, step))).append(' ');
        path.append(Svg.at(y.at(auc)));
      }
      drawing = auc != null;
    }
    svg.path(path, "series");
  }

  private static void band(Svg svg, List<PeriodPerformance> periods, Scale y, double step) {
    int from = 0;
    while (from < periods.size()) {
      int to = from;
      StringBuilder above = new StringBuilder();
      StringBuilder below = new StringBuilder();
      while (to < periods.size()) {
        Double low = periods.get(to).aucLow();
        Double high = periods.get(to).aucHigh();
        if (low == null || high == null) {
          break;
        }
        String x = Svg.at(x(to, step));
        above.append(to == from ? 'M' : 'L').append(x).append(' ').append(Svg.at(y.at(high)));
        below.insert(0, "L" + x + " " + Svg.at(y.at(low)));
        to++;
      }
      if (to == from + 1) {
        // A band of one period has no width: draw its interval as a line.
        above.append(below);
        svg.path(above, "interval");
      } else if (to > from) {
        svg.path(above.append(below).append('Z'), "band");
      }
      from = to + 1;
    }
  }
}
