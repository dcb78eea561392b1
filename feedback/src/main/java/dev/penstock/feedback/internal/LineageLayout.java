package dev.penstock.feedback.internal;

import dev.penstock.feedback.Lineage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Places the nodes of a lineage in layers, after Sugiyama: a layer a kind (more where one does not
 * fit the width), nodes near what they were made from and what was made of them, and a way kept
 * free for each edge that passes a layer.
 */
final class LineageLayout {
  private static final double NODE_GAP = 12;
  private static final double WAY_WIDTH = 6;
  private static final int SWEEPS = 4;

  private final double width;
  private final List<List<Item>> layers = new ArrayList<>();
  private final Map<String, Item> nodes = new HashMap<>();
  private final List<List<Item>> ways = new ArrayList<>();
  private final Map<Lineage.Kind, Integer> firstLayers = new EnumMap<>(Lineage.Kind.class);

  /** Something that takes room in a layer: a node, or the way of an edge when it has none. */
  static final class Item {
    final Lineage.@Nullable Node node;
    final int layer;
    final double width;
    final List<Item> above = new ArrayList<>();
    final List<Item> below = new ArrayList<>();
    double x;

    Item(Lineage.@Nullable Node node, int layer, double width) {
      this.node = node;
      this.layer = layer;
      this.width = width;
    }

    double middle() {
      return x + width / 2;
    }
  }

  LineageLayout(Lineage lineage, double width, ToDoubleFunction<Lineage.Node> widths) {
    this.width = width;
    layer(lineage, widths);
    lineage.edges().forEach(edge -> connect(edge.from(), edge.to()));
    for (List<Item> layer : layers) {
      spread(layer);
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = layers.size() - 2; i >= 0; i--) {
        arrange(layers.get(i), item -> mean(item.below, item));
      }
      for (int i = 1; i < layers.size(); i++) {
        arrange(layers.get(i), item -> mean(item.above, item));
      }
    }
  }

  List<List<Item>> layers() {
    return layers;
  }

  /** Each edge as the items it passes, both ends included, from the top down. */
  List<List<Item>> ways() {
    return ways;
  }

  /** The layer in which a kind starts. */
  Map<Lineage.Kind, Integer> firstLayers() {
    return firstLayers;
  }

  private void layer(Lineage lineage, ToDoubleFunction<Lineage.Node> widths) {
    for (Lineage.Kind kind : Lineage.Kind.values()) {
      double used = Double.POSITIVE_INFINITY;
      for (Lineage.Node node : lineage.nodes()) {
        if (node.kind() != kind) {
          continue;
        }
        double wide = widths.applyAsDouble(node);
        if (used + NODE_GAP + wide > width) {
          firstLayers.putIfAbsent(kind, layers.size());
          layers.add(new ArrayList<>());
          used = -NODE_GAP;
        }
        used += NODE_GAP + wide;
        Item item = new Item(node, layers.size() - 1, wide);
        layers.get(item.layer).add(item);
        nodes.put(node.id(), item);
      }
    }
  }

  private void connect(String from, String to) {
    Item start = nodes.get(from);
    Item end = nodes.get(to);
    if (start == null || end == null || start.layer >= end.layer) {
      return;
    }
    List<Item> way = new ArrayList<>(List.of(start));
    Item last = start;
    for (int layer = start.layer + 1; layer <= end.layer; layer++) {
      Item next = layer == end.layer ? end : new Item(null, layer, WAY_WIDTH);
      if (next != end) {
        layers.get(layer).add(next);
      }
      last.below.add(next);
      next.above.add(last);
      way.add(next);
      last = next;
    }
    ways.add(way);
  }

  private static double mean(List<Item> others, Item self) {
    return others.stream().mapToDouble(Item::middle).average().orElse(self.middle());
  }

  private void spread(List<Item> layer) {
    double used = layer.stream().mapToDouble(item -> item.width).sum();
    double gap = Math.max(0, (width - used) / (layer.size() + 1));
    double x = gap;
    for (Item item : layer) {
      item.x = x;
      x += item.width + gap;
    }
  }

  /** Sorts a layer by where its items would like to be, and moves them there as far as they fit. */
  private void arrange(List<Item> layer, ToDoubleFunction<Item> wanted) {
    Map<Item, Double> wishes = new HashMap<>();
    layer.forEach(item -> wishes.put(item, wanted.applyAsDouble(item)));
    layer.sort(Comparator.comparingDouble(item -> wishes.getOrDefault(item, 0.0)));
    double used = layer.stream().mapToDouble(item -> item.width).sum();
    double gap = Math.min(NODE_GAP, (width - used) / Math.max(1, layer.size() - 1));
    double free = 0;
    for (Item item : layer) {
      item.x = Math.max(free, wishes.getOrDefault(item, 0.0) - item.width / 2);
      free = item.x + item.width + gap;
    }
    double end = width;
    for (int i = layer.size() - 1; i >= 0; i--) {
      Item item = layer.get(i);
      item.x = Math.min(item.x, end - item.width);
      end = item.x - gap;
    }
  }
}
