package dev.penstock.feedback.internal;

import java.util.Locale;

/**
 * A drawing. Colours come from the page's style by class names, so that a drawing is right on a
 * light and on a dark page.
 */
final class Svg {
  /** Smaller than this, letters cannot be read: the page scrolls the drawing instead. */
  private static final double SMALLEST = 0.74;

  private static final double LARGEST = 1.12;

  private final StringBuilder body = new StringBuilder();
  private final double width;
  private final double height;
  private final String label;

  /**
   * Starts a drawing.
   *
   * @param label what it shows, for those who cannot see it
   */
  Svg(double width, double height, String label) {
    this.width = width;
    this.height = height;
    this.label = label;
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    body.append(
        format(
            "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" class=\"%s\"/>",
            at(x1), at(y1), at(x2), at(y2), style));
    return this;
  }

  Svg rect(double x, double y, double width, double height, double radius, String style) {
    return rect(x, y, width, height, radius, style, "");
  }

  /** A rectangle that shows {@code tip} under the pointer. */
  Svg rect(
      double x, double y, double width, double height, double radius, String style, String tip) {
    body.append(
        format(
            "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" class=\"%s\">%s</rect>",
            at(x),
            at(y),
            at(Math.max(0, width)),
            at(Math.max(0, height)),
            at(radius),
            style,
            title(tip)));
    return this;
  }

  Svg circle(double x, double y, double radius, String style, String tip) {
    body.append(
        format(
            "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" class=\"%s\">%s</circle>",
            at(x), at(y), at(radius), style, title(tip)));
    return this;
  }

  Svg path(CharSequence data, String style) {
    body.append("<path d=\"").append(data).append("\" class=\"").append(style).append("\"/>");
    return this;
  }

  /**
   * Writes text.
   *
   * @param anchor start, middle or end: where in the text {@code x} is
   */
  Svg text(double x, double y, String anchor, String style, String text) {
    body.append(
        format(
            "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" class=\"%s\">%s</text>",
            at(x), at(y), anchor, style, Markup.escape(text)));
    return this;
  }

  @Override
  public String toString() {
    return format(
            "<svg viewBox=\"0 0 %s %s\" style=\"min-width:%.0fpx;max-width:%.0fpx\" role=\"img\""
                + " aria-label=\"%s\">",
            at(width), at(height), width * SMALLEST, width * LARGEST, Markup.escape(label))
        + body
        + "</svg>";
  }

  /** A coordinate with one digit at most. */
  static String at(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String title(String tip) {
    return tip.isEmpty() ? "" : "<title>" + Markup.escape(tip) + "</title>";
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
