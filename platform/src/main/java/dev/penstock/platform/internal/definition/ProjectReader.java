package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Place;
import dev.penstock.platform.definition.AssetGraph;
import dev.penstock.platform.definition.Definition;
import dev.penstock.platform.definition.Environment;
import dev.penstock.platform.definition.Kind;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.SourceDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a project's folder. */
public final class ProjectReader {
  private final Path folder;
  private final Problems problems = new Problems();
  private final EnvironmentReader environment;
  private final Map<String, Document> documents = new LinkedHashMap<>();
  private final Map<String, Definition> definitions = new LinkedHashMap<>();
  private final Set<String> ambiguous = new HashSet<>();
  private @Nullable String projectName;
  private @Nullable Place projectPlace;

  private ProjectReader(Path folder, String environment, Map<String, String> variables) {
    this.folder = folder;
    this.environment = new EnvironmentReader(environment, variables, problems);
  }

  /** What was read. */
  public record Read(String name, Environment environment, AssetGraph graph) {}

  /**
   * Reads the project in this folder.
   *
   * @throws dev.penstock.platform.definition.DefinitionErrors with all that is wrong
   */
  public static Read read(Path folder, String environment, Map<String, String> variables) {
    return new ProjectReader(folder.toAbsolutePath().normalize(), environment, variables).read();
  }

  private Read read() {
    if (!Files.isRegularFile(folder.resolve(Project.FILE))) {
      problems.add(
          ErrorCode.FILE_NOT_FOUND,
          Place.of(Project.FILE),
          "the folder " + folder + " is no project: it has no such file",
          "penstock init makes one");
      problems.throwIfAny();
    }
    ProjectFiles.yaml(folder).forEach(this::readFile);
    int unread = problems.count();
    if (projectName == null && unread == 0) {
      problems.add(
          ErrorCode.DEFINITION_MISSING_FIELD,
          Place.of(Project.FILE),
          "no document names the project",
          "begin the file with project: NAME");
    }
    Map<String, Kind> declared = new TreeMap<>();
    documents.forEach((name, document) -> declared.put(name, document.kind()));
    References references = new References(declared, ambiguous, problems);
    definitions.values().forEach(definition -> references.check(definition, definitions));
    AssetGraph graph = AssetGraph.of(definitions.values(), problems::add);
    problems.throwIfAny();
    return new Read(String.valueOf(projectName), environment.environment(), graph);
  }

  private void readFile(String name, String text) {
    YamlFile file = YamlFile.parse(name, text, problems);
    for (Node node : file.documents()) {
      if (YamlFile.isNull(node)) {
        continue;
      }
      if (node instanceof MappingNode mapping && isProject(file, mapping)) {
        readProject(file, mapping);
      } else {
        EnvironmentReader.refuseVariables(file, node, problems);
        Document.of(file, node, problems).ifPresent(this::readDocument);
      }
    }
  }

  private static boolean isProject(YamlFile file, MappingNode mapping) {
    return new Fields(file, mapping, "document", new Problems()).keys().contains("project");
  }

  private void readProject(YamlFile file, MappingNode mapping) {
    Place place = file.place(mapping);
    if (!file.name().equals(Project.FILE)) {
      problems.add(
          ErrorCode.DEFINITION_VALUE,
          place,
          "the project is named in " + Project.FILE + " only",
          "");
    } else if (projectPlace != null) {
      problems.add(
          ErrorCode.DEFINITION_DUPLICATE,
          place,
          "the project is named twice",
          "first at " + projectPlace);
    } else {
      projectPlace = place;
      projectName = environment.read(file, mapping).orElse(null);
    }
  }

  private void readDocument(Document document) {
    String name = document.name().text();
    Document first = name.isEmpty() ? null : documents.putIfAbsent(name, document);
    if (first != null) {
      ambiguous.add(name);
      problems.add(
          ErrorCode.DEFINITION_DUPLICATE,
          document.name().place(),
          "'" + name + "' is defined twice",
          "first as " + first.kind().withArticle() + " at " + first.name().place());
    }
    Optional<? extends Definition> definition = definition(document, folder);
    if (first == null) {
      definition.ifPresent(read -> definitions.put(read.name(), read));
    }
  }

  /** Reads one document by its kind. */
  static Optional<? extends Definition> definition(Document document, Path folder) {
    return switch (document.kind()) {
      case ENTITY -> FeatureReaders.entity(document);
      case SOURCE -> source(document, folder);
      case TRANSFORM -> TransformReader.read(document, folder);
      case FEATURE_VIEW -> FeatureReaders.view(document);
      case ON_DEMAND_VIEW -> FeatureReaders.onDemand(document);
      case FEATURE_SERVICE -> FeatureReaders.service(document);
      case DATASET -> LearningReaders.dataset(document);
      case MODEL -> LearningReaders.model(document);
      case MONITOR -> LearningReaders.monitor(document);
    };
  }

  private static Optional<SourceDefinition> source(Document document, Path folder) {
    Optional<SourceDefinition> source = SourceReader.read(document);
    source
        .map(SourceDefinition::file)
        .ifPresent(file -> ProjectFiles.inside(folder, file, document.fields().problems()));
    return source;
  }
}
