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
  private static final double LETTER = 5.9;
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
      String anchor = x.at(decade) > RIGHT - 20 ? "end" : "middle";
      svg.text(x.at(decade), BOTTOM + 18, anchor, "tick", power(decade));
    }
    // Each label stands left of its line and above those of smaller percentiles, so none crosses.
    mark(svg, x, latency.p99(), "99 %", 12);
    mark(svg, x, latency.p95(), "95 %", 28);
    mark(svg, x, latency.median(), "half", 44);
    return svg.toString();
  }

  private static String power(int decade) {
    String[] powers = {"1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms", "1 s", "10 s"};
    return decade < powers.length ? powers[decade] : "10^" + (decade - 6) + " s";
  }

  private static void mark(Svg svg, Scale x, @Nullable Long micros, String name, double y) {
    if (micros == null) {
      return;
    }
    double at = x.at(Math.log10((double) Math.max(1, micros)));
    String shown = name + " within " + Numbers.micros(micros);
    boolean fits = at - 6 - shown.length() * LETTER > 0;
    svg.line(at, y - 8, at, BOTTOM, "reference");
    svg.text(fits ? at - 6 : at + 6, y, fits ? "end" : "start", "note", shown);
  }
}
