package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.feedback.Lineage;
import dev.penstock.feedback.Lineage.Edge;
import dev.penstock.feedback.Lineage.Kind;
import dev.penstock.feedback.Lineage.Node;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.feedback.PredictionTable;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.model.DatasetFolder;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.training.DatasetInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code penstock lineage}: from a prediction, a model or a dataset back to the sources. */
final class LineageOperation {
  private final OpenProject project;
  private final DatasetOperations datasets;
  private final ModelOperations models;
  private final PlanOperations plans;

  LineageOperation(
      OpenProject project,
      DatasetOperations datasets,
      ModelOperations models,
      PlanOperations plans) {
    this.project = project;
    this.datasets = datasets;
    this.models = models;
    this.plans = plans;
  }

  Answer run(String artifact) {
    Graph graph = new Graph();
    if (artifact.matches(".+\\.[0-9a-f]{8}-[0-9a-f-]{27}")) {
      prediction(graph, artifact);
    } else if (artifact.contains("@")) {
      String name = artifact.substring(0, artifact.indexOf('@'));
      if (project.compiled().models().containsKey(name)) {
        model(graph, models.named(name, artifact.substring(artifact.indexOf('@') + 1)));
      } else {
        dataset(graph, datasets.open(artifact));
      }
    } else {
      definition(graph, artifact);
    }
    return graph.answer();
  }

  /** The lineage of a model's champion, as a graph for the report. */
  Lineage of(ModelVersion version, String predictions) {
    Graph graph = new Graph();
    String model = model(graph, version);
    if (!predictions.isEmpty()) {
      graph.node(
          "predictions", Kind.PREDICTION, PredictionTable.name(version.name()), predictions, "");
      graph.edge(model, "predictions");
    }
    return new Lineage(List.copyOf(graph.nodes.values()), List.copyOf(graph.edges));
  }

  private void prediction(Graph graph, String id) {
    String model = id.substring(0, id.lastIndexOf('.'));
    CompiledModel compiled = project.compiled().model(model);
    for (String table : SourceTables.all(project.lake(), PredictionTable.name(model))) {
      if (prediction(graph, id, table, model, compiled)) {
        return;
      }
    }
    throw notFound(id);
  }

  /** Whether the table has the prediction. */
  private boolean prediction(
      Graph graph, String id, String table, String model, CompiledModel compiled) {
    try (BatchReader rows =
        project.lake().table(table).scan().where(Condition.equal(PredictionTable.ID, id)).open()) {
      Batch row = rows.next();
      if (row == null) {
        return false;
      }
      int version = ((IntColumn) row.column(PredictionTable.VERSION)).values()[0];
      long asked = ((LongColumn) row.column(PredictionTable.ASKED_AT)).values()[0];
      String positions =
          Objects.requireNonNull(((ObjectColumn) row.column(PredictionTable.POSITIONS)).string(0));
      Object rowId = row.column(PredictionTable.ROW_ID).value(0);
      String from = model(graph, models.named(model, Integer.toString(version)));
      graph.node(
          id,
          Kind.PREDICTION,
          id,
          "score " + row.column(PredictionTable.SCORE).value(0),
          "asked at "
              + java.time.Instant.EPOCH.plus(asked, java.time.temporal.ChronoUnit.MICROS)
              + (rowId == null ? "" : " about row " + rowId)
              + ", saw "
              + positions);
      graph.edge(from, id);
      String service = "service " + compiled.dataset().service().name();
      graph.edge(service, id);
      return true;
    }
  }

  private static PenstockException notFound(String id) {
    return new PenstockException(
        ErrorCode.NOT_FOUND,
        "the lake has no prediction '" + id + "'",
        "predictions reach it with the next flush: penstock parity flushes");
  }

  private String model(Graph graph, ModelVersion version) {
    String dataset = dataset(graph, datasets.open(version.datasetVersion()));
    String id = "model " + version.name() + "@" + version.version();
    graph.node(
        id,
        Kind.MODEL,
        version.name() + "@" + version.version(),
        version.fingerprint().shown(),
        "artifact " + version.artifact() + ", " + version.stage());
    graph.edge(dataset, id);
    return id;
  }

  private String dataset(Graph graph, DatasetFolder folder) {
    String id = "dataset " + DatasetOperations.dataset(folder);
    definition(graph, project.compiled().dataset(folder.manifest().name()).service().name());
    graph.node(
        id,
        Kind.DATASET,
        DatasetOperations.dataset(folder),
        folder.manifest().definition().shown(),
        folder.manifest().files().size() + " files, mode " + folder.manifest().mode());
    graph.edge(
        "service " + project.compiled().dataset(folder.manifest().name()).service().name(), id);
    for (DatasetInput input : folder.manifest().inputs()) {
      String table = "table " + input.table();
      String files =
          project.registry().files().of(input.table()).stream()
              .filter(IngestedFile::done)
              .map(file -> file.fileName())
              .reduce((a, b) -> a + ", " + b)
              .orElse("");
      graph.node(
          table,
          Kind.TABLE,
          input.table(),
          "snapshot " + input.snapshot(),
          (input.positions().isEmpty() ? "" : "positions " + input.positions())
              + (files.isEmpty() ? "" : " from " + files));
      if (graph.nodes.containsKey("source " + input.table())) {
        graph.edge("source " + input.table(), table);
      }
      graph.edge(table, id);
    }
    return id;
  }

  /** A definition and all that it builds on. */
  private void definition(Graph graph, String name) {
    Manifest manifest = plans.manifest();
    Manifest.Entry entry =
        manifest
            .find(name)
            .orElseThrow(
                () ->
                    new PenstockException(
                        ErrorCode.NOT_FOUND,
                        "there is no definition, version or prediction '" + name + "'",
                        "write a name, dataset@version, model@version or a prediction's id"));
    List<Manifest.Entry> all = new ArrayList<>(plans.catalog().upstream(entry));
    all.add(entry);
    for (Manifest.Entry one : all) {
      Kind kind = kind(one);
      if (kind == null) {
        continue;
      }
      graph.node(
          id(one), kind, one.name(), one.fingerprint().shown(), one.owner() + ", " + one.place());
      for (String dependency : one.dependencies()) {
        manifest
            .find(dependency)
            .filter(found -> kind(found) != null)
            .ifPresent(found -> graph.edge(id(found), id(one)));
      }
    }
  }

  private static String id(Manifest.Entry entry) {
    return switch (entry.kind()) {
      case SOURCE -> "source " + entry.name();
      case FEATURE_SERVICE -> "service " + entry.name();
      default -> entry.kind().key() + " " + entry.name();
    };
  }

  private static @org.jspecify.annotations.Nullable Kind kind(Manifest.Entry entry) {
    return switch (entry.kind()) {
      case SOURCE -> Kind.SOURCE;
      case TRANSFORM -> Kind.TRANSFORM;
      case FEATURE_VIEW, ON_DEMAND_VIEW -> Kind.FEATURE_VIEW;
      case FEATURE_SERVICE -> Kind.FEATURE_SERVICE;
      case DATASET -> Kind.DATASET;
      case MODEL -> Kind.MODEL;
      case ENTITY, MONITOR -> null;
    };
  }

  /** Nodes by id in the order they were met, what is to be said of each, and the edges. */
  private static final class Graph {
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, String> details = new LinkedHashMap<>();
    private final Set<Edge> edges = new LinkedHashSet<>();

    void node(String id, Kind kind, String name, String version, String detail) {
      nodes.putIfAbsent(id, new Node(id, kind, name, version));
      details.putIfAbsent(id, detail);
    }

    void edge(String from, String to) {
      edges.add(new Edge(from, to));
    }

    Answer answer() {
      Answer.Builder answer = Answer.builder();
      Answer.TableBuilder table =
          answer
              .table("lineage")
              .heading("what")
              .heading("name")
              .heading("version")
              .heading("made from")
              .heading("detail");
      List<Node> newestFirst = new ArrayList<>(nodes.values());
      Collections.reverse(newestFirst);
      for (Node node : newestFirst) {
        String from =
            edges.stream()
                .filter(edge -> edge.to().equals(node.id()))
                .map(edge -> Objects.requireNonNull(nodes.get(edge.from())).name())
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        table.row(
            node.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
            node.name(),
            node.version(),
            from,
            details.getOrDefault(node.id(), ""));
      }
      return table.end().build();
    }
  }
}
