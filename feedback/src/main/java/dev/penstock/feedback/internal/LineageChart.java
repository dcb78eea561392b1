package dev.penstock.feedback.internal;

import dev.penstock.feedback.Lineage;
import dev.penstock.feedback.internal.LineageLayout.Item;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lineage as a graph, from sources at the top to predictions at the bottom. */
final class LineageChart {
  private static final double WIDTH = 720;
  private static final double NODE_HEIGHT = 36;
  private static final double KIND_GAP = 48;
  private static final double LINE_GAP = 14;
  private static final double TOP = 18;
  private static final double PADDING = 10;
  private static final double LETTER = 6.5;
  private static final int LONGEST_NAME = 26;

  private LineageChart() {}

  static String draw(Lineage lineage, String label) {
    LineageLayout layout = new LineageLayout(lineage, WIDTH, LineageChart::width);
    Map<Integer, Lineage.Kind> starts = new HashMap<>();
    layout.firstLayers().forEach((kind, layer) -> starts.put(layer, kind));
    double[] tops = new double[layout.layers().size()];
    double y = TOP;
    for (int layer = 0; layer < tops.length; layer++) {
      if (layer > 0) {
        y += NODE_HEIGHT + (starts.containsKey(layer) ? KIND_GAP : LINE_GAP);
      }
      tops[layer] = y;
    }
    Svg svg = new Svg(WIDTH, y + NODE_HEIGHT + 2, label);
    layout.ways().forEach(way -> svg.path(path(way, tops), "edge"));
    starts.forEach(
        (layer, kind) -> svg.text(0, tops[layer] - 6, "start", "kind", words(kind)));
    for (List<Item> layer : layout.layers()) {
      layer.forEach(item -> node(svg, item, tops[item.layer]));
    }
    return svg.toString();
  }

  private static CharSequence path(List<Item> way, double[] tops) {
    StringBuilder path = new StringBuilder();
    for (int i = 1; i < way.size(); i++) {
      Item from = way.get(i - 1);
      Item to = way.get(i);
      double y1 = tops[from.layer] + NODE_HEIGHT;
      double y2 = tops[to.layer];
      double bend = (y2 - y1) / 2;
      if (i == 1) {
        path.append('M').append(point(from.middle(), y1));
      } else {
        // Straight through the layer it passes.
        path.append('L').append(point(from.middle(), y1));
      }
      path.append('C')
          .append(point(from.middle(), y1 + bend))
          .append(' ')
          .append(point(to.middle(), y2 - bend))
          .append(' ')
          .append(point(to.middle(), y2));
    }
    return path;
  }

  private static String point(double x, double y) {
    return Svg.at(x) + " " + Svg.at(y);
  }

  private static void node(Svg svg, Item item, double top) {
    Lineage.Node node = item.node;
    if (node == null) {
      return;
    }
    svg.rect(
        item.x,
        top,
        item.width,
        NODE_HEIGHT,
        5,
        "node",
        words(node.kind()) + ": " + node.name() + " " + node.version());
    boolean versioned = !node.version().isEmpty();
    svg.text(
        item.middle(), top + (versioned ? 15.5 : 22.5), "middle", "name", shortened(node.name()));
    if (versioned) {
      svg.text(item.middle(), top + 29, "middle", "faint", shortened(node.version()));
    }
  }

  private static double width(Lineage.Node node) {
    int letters = Math.max(shortened(node.name()).length(), shortened(node.version()).length());
    return letters * LETTER + 2 * PADDING;
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static String words(Lineage.Kind kind) {
    return switch (kind) {
      case SOURCE -> "sources";
      case TABLE -> "tables";
      case TRANSFORM -> "transforms";
      case FEATURE_VIEW -> "feature views";
      case FEATURE_SERVICE -> "feature services";
      case DATASET -> "datasets";
      case MODEL -> "models";
      case PREDICTION -> "predictions";
    };
  }
}
