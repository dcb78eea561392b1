package dev.penstock.feedback.internal;

import dev.penstock.feedback.Latency;
import org.jspecify.annotations.Nullable;

/** How many took how long, on a logarithmic axis, with the percentiles marked. */
final class LatencyChart {
  private static final double WIDTH = 350;
  private static final double HEIGHT = 260;
  private static final double LEFT = 14;
  private static final double RIGHT = WIDTH - 14;
  private static final double TOP = 54;
  private static final double BOTTOM = HEIGHT - 30;

  private LatencyChart() {}

  static String draw(Latency latency, String label) {
    Svg svg = new Svg(WIDTH, HEIGHT, label);
    if (latency.buckets().isEmpty()) {
      return svg.text(WIDTH / 2, HEIGHT / 2, "middle", "tick", "nothing measured").toString();
    }
    double low = Math.log10(latency.buckets().get(0).from());
    double high = Math.log10(latency.buckets().get(latency.buckets().size() - 1).to());
    Scale x = new Scale(low, Math.max(high, low + 1), LEFT, RIGHT);
    long most = latency.buckets().stream().mapToLong(Latency.Bucket::count).max().orElse(1);
    Scale y = new Scale(0, most, BOTTOM, TOP);
    for (Latency.Bucket bucket : latency.buckets()) {
      double from = x.at(Math.log10(bucket.from()));
      double to = x.at(Math.log10(bucket.to()));
      svg.rect(
          from + 0.8,
          y.at((double) bucket.count()),
          to - from - 1.6,
          BOTTOM - y.at((double) bucket.count()),
          1.5,
          "fill",
          Numbers.micros(bucket.from())
              + " to "
              + Numbers.micros(bucket.to())
              + ": "
              + Numbers.whole(bucket.count()));
    }
    svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, "axis");
    for (int decade = (int) Math.ceil(x.low() - 1e-9); decade <= x.high() + 1e-9; decade++) {
      svg.line(x.at(decade), BOTTOM, x.at(decade), BOTTOM + 4, "axis");
      svg.text(x.at(decade), BOTTOM + 18, "middle", "tick", Numbers.micros(Math.pow(10, decade)));
    }
    mark(svg, x, latency.median(), "half", 14);
    mark(svg, x, latency.p95(), "95 %", 29);
    mark(svg, x, latency.p99(), "99 %", 44);
    return svg.toString();
  }

  private static void mark(Svg svg, Scale x, @Nullable Long micros, String name, double y) {
    if (micros == null) {
      return;
    }
    double at = x.at(Math.log10((double) Math.max(1, micros)));
    boolean onTheLeft = at < WIDTH / 2;
    svg.line(at, y + 4, at, BOTTOM, "reference");
    svg.text(
        onTheLeft ? at + 4 : at - 4,
        y,
        onTheLeft ? "start" : "end",
        "note",
        name + " within " + Numbers.micros(micros));
  }
}
