package dev.penstock.feedback.internal;

import dev.penstock.feedback.Lineage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lineage as a graph: a row for each kind, from sources at the top to predictions at the
 * bottom. Within a row, nodes stand below what they were made from, as far as there is room.
 */
final class LineageChart {
  private static final double WIDTH = 720;
  private static final double NODE_HEIGHT = 36;
  private static final double ROW_GAP = 34;
  private static final double WRAP_GAP = 10;
  private static final double NODE_GAP = 12;
  private static final double PADDING = 11;
  private static final double LETTER = 6.6;
  private static final double KIND_ROOM = 18;
  private static final int LONGEST_NAME = 26;

  private final Lineage lineage;
  private final Map<String, Box> boxes = new HashMap<>();
  private double height;

  private LineageChart(Lineage lineage) {
    this.lineage = lineage;
  }

  private record Box(Lineage.Node node, double x, double y, double width) {
    double middle() {
      return x + width / 2;
    }
  }

  static String draw(Lineage lineage, String label) {
    LineageChart chart = new LineageChart(lineage);
    Map<Lineage.Kind, Double> tops = chart.place();
    Svg svg = new Svg(WIDTH, chart.height, label);
    for (Lineage.Edge edge : lineage.edges()) {
      chart.edge(svg, edge);
    }
    tops.forEach((kind, top) -> svg.text(0, top - 6, "start", "kind", words(kind)));
    for (Lineage.Node node : lineage.nodes()) {
      chart.node(svg, node);
    }
    return svg.toString();
  }

  private Map<Lineage.Kind, Double> place() {
    Map<Lineage.Kind, List<Lineage.Node>> rows = new EnumMap<>(Lineage.Kind.class);
    for (Lineage.Node node : lineage.nodes()) {
      rows.computeIfAbsent(node.kind(), kind -> new ArrayList<>()).add(node);
    }
    Map<Lineage.Kind, Double> tops = new EnumMap<>(Lineage.Kind.class);
    double y = 0;
    for (Map.Entry<Lineage.Kind, List<Lineage.Node>> row : rows.entrySet()) {
      y += KIND_ROOM;
      tops.put(row.getKey(), y);
      List<Lineage.Node> nodes = new ArrayList<>(row.getValue());
      nodes.sort(Comparator.comparingDouble(this::wanted));
      for (List<Lineage.Node> line : wrapped(nodes)) {
        placeLine(line, y);
        y += NODE_HEIGHT + WRAP_GAP;
      }
      y += ROW_GAP - WRAP_GAP;
    }
    height = Math.max(1, y - ROW_GAP + 4);
    return tops;
  }

  /** Where a node would like to be: in the middle of what it was made from. */
  private double wanted(Lineage.Node node) {
    return lineage.edges().stream()
        .filter(edge -> edge.to().equals(node.id()))
        .map(edge -> boxes.get(edge.from()))
        .filter(box -> box != null)
        .mapToDouble(Box::middle)
        .average()
        .orElse(WIDTH / 2);
  }

  private static List<List<Lineage.Node>> wrapped(List<Lineage.Node> nodes) {
    List<List<Lineage.Node>> lines = new ArrayList<>();
    List<Lineage.Node> line = new ArrayList<>();
    double used = 0;
    for (Lineage.Node node : nodes) {
      double width = width(node);
      if (!line.isEmpty() && used + NODE_GAP + width > WIDTH) {
        lines.add(line);
        line = new ArrayList<>();
        used = 0;
      }
      used += (line.isEmpty() ? 0 : NODE_GAP) + width;
      line.add(node);
    }
    lines.add(line);
    return lines;
  }

  private void placeLine(List<Lineage.Node> line, double y) {
    double used = NODE_GAP * (line.size() - 1);
    for (Lineage.Node node : line) {
      used += width(node);
    }
    double gap =
        line.size() < 2 ? 0 : Math.min(NODE_GAP * 3, (WIDTH - used) / line.size() + NODE_GAP);
    used += (gap - NODE_GAP) * (line.size() - 1);
    double x = (WIDTH - used) / 2;
    for (Lineage.Node node : line) {
      boxes.put(node.id(), new Box(node, x, y, width(node)));
      x += width(node) + gap;
    }
  }

  private void edge(Svg svg, Lineage.Edge edge) {
    Box from = boxes.get(edge.from());
    Box to = boxes.get(edge.to());
    if (from == null || to == null) {
      return;
    }
    double y1 = from.y() + NODE_HEIGHT;
    double y2 = to.y();
    double bend = Math.max(18, (y2 - y1) / 2);
    svg.path(
        "M"
            + Svg.at(from.middle())
            + " "
            + Svg.at(y1)
            + "C"
            + Svg.at(from.middle())
            + " "
            + Svg.at(y1 + bend)
            + " "
            + Svg.at(to.middle())
            + " "
            + Svg.at(y2 - bend)
            + " "
            + Svg.at(to.middle())
            + " "
            + Svg.at(y2),
        "edge");
  }

  private void node(Svg svg, Lineage.Node node) {
    Box box = boxes.get(node.id());
    if (box == null) {
      return;
    }
    svg.rect(
        box.x(),
        box.y(),
        box.width(),
        NODE_HEIGHT,
        5,
        "node",
        words(node.kind()) + " " + node.name() + " " + node.version());
    boolean versioned = !node.version().isEmpty();
    svg.text(
        box.middle(),
        box.y() + (versioned ? 15.5 : 22.5),
        "middle",
        "name",
        shortened(node.name()));
    if (versioned) {
      svg.text(box.middle(), box.y() + 29, "middle", "faint", shortened(node.version()));
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
