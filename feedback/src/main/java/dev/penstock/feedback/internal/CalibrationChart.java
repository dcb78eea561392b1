package dev.penstock.feedback.internal;

import dev.penstock.model.CalibrationBin;
import java.util.List;

/** What was foretold against what came: on the diagonal they agree. */
final class CalibrationChart {
  private static final double SIZE = 350;
  private static final double LEFT = 48;
  private static final double RIGHT = SIZE - 14;
  private static final double TOP = 26;
  private static final double BOTTOM = SIZE - 42;
  private static final int TICKS = 4;

  private CalibrationChart() {}

  static String draw(List<CalibrationBin> bins, String label) {
    double most =
        bins.stream()
            .mapToDouble(bin -> Math.max(bin.meanScore(), bin.positiveShare()))
            .max()
            .orElse(1);
    Scale x = Scale.around(0, Math.min(1, Math.max(most, 0.05)), LEFT, RIGHT);
    Scale y = new Scale(x.low(), x.high(), BOTTOM, TOP);
    Svg svg = new Svg(SIZE, SIZE, label);
    for (double tick : x.ticks(TICKS)) {
      svg.line(LEFT, y.at(tick), RIGHT, y.at(tick), "grid");
      String shown = Numbers.decimal(100 * tick, 0);
      svg.text(LEFT - 8, y.at(tick) + 4, "end", "tick", shown);
      svg.text(x.at(tick), BOTTOM + 18, "middle", "tick", shown);
    }
    svg.text(4, 13, "start", "tick", "came true, %");
    svg.text(RIGHT, BOTTOM + 35, "end", "tick", "foretold, %");
    svg.line(x.at(x.low()), y.at(x.low()), x.at(x.high()), y.at(x.high()), "reference");
    StringBuilder path = new StringBuilder();
    for (CalibrationBin bin : bins) {
      path.append(path.isEmpty() ? 'M' : 'L').append(Svg.at(x.at(bin.meanScore())));
      path.append(' ').append(Svg.at(y.at(bin.positiveShare())));
    }
    svg.path(path, "series");
    for (CalibrationBin bin : bins) {
      svg.circle(
          x.at(bin.meanScore()),
          y.at(bin.positiveShare()),
          3.5,
          "point",
          "foretold "
              + Numbers.percent(bin.meanScore())
              + ", came true "
              + Numbers.percent(bin.positiveShare())
              + " of "
              + Numbers.whole(bin.n()));
    }
    return svg.toString();
  }
}
