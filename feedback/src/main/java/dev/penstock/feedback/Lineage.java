package dev.penstock.feedback;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was made of what, from sources to predictions. */
public record Lineage(List<Node> nodes, List<Edge> edges) {

  /** What a node is; also the order in which a graph shows them, from left to right. */
  public enum Kind {
    SOURCE,
    TABLE,
    TRANSFORM,
    FEATURE_VIEW,
    FEATURE_SERVICE,
    DATASET,
    MODEL,
    PREDICTION
  }

  /**
   * A thing that was made.
   *
   * @param id unique here
   * @param version the short form of what names it, such as a snapshot or a fingerprint; may be
   *     empty
   */
  public record Node(String id, Kind kind, String name, String version) {}

  /** {@code to} was made from {@code from}. */
  public record Edge(String from, String to) {}

  public Lineage {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
    Set<String> ids = new HashSet<>();
    for (Node node : nodes) {
      if (!ids.add(node.id())) {
        throw new IllegalArgumentException("two nodes are '" + node.id() + "'");
      }
    }
    for (Edge edge : edges) {
      if (!ids.contains(edge.from()) || !ids.contains(edge.to())) {
        throw new IllegalArgumentException("an edge without its node: " + edge);
      }
    }
  }
}
