package dev.penstock.platform.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.platform.internal.definition.ProjectReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A folder with a {@code penstock.yaml}, and what its YAML files define. Loading reads all of them,
 * checks each and the references between them, and needs neither data nor a compiler.
 *
 * @param graph the definitions, and which of them builds on which
 */
public record Project(Path folder, String name, Environment environment, AssetGraph graph) {
  /** The file that makes a folder a project. */
  public static final String FILE = "penstock.yaml";

  /**
   * Reads the project in this folder.
   *
   * @param environmentVariables what {@code ${NAME}} in the environment's settings stands for
   * @throws DefinitionErrors with all that is wrong
   */
  public static Project load(
      Path folder, String environment, Map<String, String> environmentVariables) {
    ProjectReader.Read read = ProjectReader.read(folder, environment, environmentVariables);
    return new Project(folder, read.name(), read.environment(), read.graph());
  }

  /** All definitions, each after those it builds on; otherwise by kind and name. */
  public List<Definition> definitions() {
    return graph.sorted();
  }

  /** The definitions of one type, in the order of {@link #definitions()}. */
  public <D extends Definition> List<D> definitions(Class<D> type) {
    return definitions().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * The definition of that name and type.
   *
   * @throws PenstockException {@link ErrorCode#DEFINITION_NOT_FOUND}
   */
  public <D extends Definition> D require(Class<D> type, String wanted) {
    return graph
        .find(wanted)
        .filter(type::isInstance)
        .map(type::cast)
        .orElseThrow(
            () ->
                new PenstockException(
                    ErrorCode.DEFINITION_NOT_FOUND,
                    "there is no such definition as '" + wanted + "'",
                    Suggestion.among(
                        wanted, definitions(type).stream().map(Definition::name).toList())));
  }
}
