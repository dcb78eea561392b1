package dev.penstock.feedback.internal;

import java.util.List;

/** Bars from left to right, a name before each and its value behind. */
final class BarChart {
  private static final double WIDTH = 600;
  private static final double ROW = 24;
  private static final double BAR = 14;
  private static final double LETTER = 6.7;
  private static final double VALUE_ROOM = 66;

  private BarChart() {}

  /**
   * A bar.
   *
   * @param shown the value in words
   * @param style a class of the page's style, such as {@code fill}
   * @param tip what is shown under the pointer; may be empty
   */
  record Bar(String name, double value, String shown, String style, String tip) {}

  /** A line across all bars, at a value. */
  record Mark(double value, String name) {}

  static String draw(List<Bar> bars, List<Mark> marks, String label) {
    double names = bars.stream().mapToInt(bar -> bar.name().length()).max().orElse(0) * LETTER + 12;
    double left = Math.min(names, WIDTH * 0.42);
    double top = marks.isEmpty() ? 4 : 22;
    double height = top + bars.size() * ROW + 4;
    double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    for (Mark mark : marks) {
      most = Math.max(most, mark.value() * 1.05);
    }
    Scale x = new Scale(0, most > 0 ? most : 1, left, WIDTH - VALUE_ROOM);
    Svg svg = new Svg(WIDTH, height, label);
    for (Mark mark : marks) {
      svg.line(x.at(mark.value()), top - 4, x.at(mark.value()), height - 4, "reference");
      svg.text(x.at(mark.value()), top - 9, "middle", "note", mark.name());
    }
    double y = top;
    for (Bar bar : bars) {
      double middle = y + ROW / 2;
      svg.text(left - 10, middle + 4, "end", "name", fitted(bar.name(), left - 10));
      double end = x.at(Math.max(0, bar.value()));
      svg.rect(left, middle - BAR / 2, Math.max(1, end - left), BAR, 2, bar.style(), bar.tip());
      svg.text(Math.max(end, left + 1) + 7, middle + 4, "start", "value", bar.shown());
      y += ROW;
    }
    return svg.toString();
  }

  private static String fitted(String name, double room) {
    int letters = (int) (room / LETTER);
    return name.length() <= letters ? name : name.substring(0, Math.max(1, letters - 1)) + "…";
  }
}
