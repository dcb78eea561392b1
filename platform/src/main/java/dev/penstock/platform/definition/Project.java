package dev.penstock.platform.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Suggestion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with a {@code penstock.yaml}, and what its YAML files define. Loading reads all of them,
 * checks each and the references between them, and needs neither data nor a compiler.
 */
public final class Project {
  /** The file that makes a folder a project. */
  public static final String FILE = "penstock.yaml";

  private final Path folder;
  private final String name;
  private final Environment environment;
  private final Map<String, Definition> definitions;

  Project(Path folder, String name, Environment environment, List<Definition> definitions) {
    this.folder = folder;
    this.name = name;
    this.environment = environment;
    Map<String, Definition> byName = new LinkedHashMap<>();
    definitions.forEach(definition -> byName.put(definition.name(), definition));
    this.definitions = Collections.unmodifiableMap(byName);
  }

  /**
   * Reads the project in this folder.
   *
   * @param environmentVariables what {@code ${NAME}} in the environment's settings stands for
   * @throws DefinitionErrors with all that is wrong
   */
  public static Project load(
      Path folder, String environment, Map<String, String> environmentVariables) {
    if (!Files.isRegularFile(folder.resolve(FILE))) {
      throw new DefinitionErrors(
          List.of(
              new PenstockException(
                  ErrorCode.FILE_NOT_FOUND, Place.of(FILE), "there is no such file", "")));
    }
    return new Project(folder, "", new Environment(environment, Map.of()), List.of());
  }

  public Path folder() {
    return folder;
  }

  public String name() {
    return name;
  }

  public Environment environment() {
    return environment;
  }

  /** All definitions, each after those it builds on; otherwise by kind and name. */
  public List<Definition> definitions() {
    return List.copyOf(definitions.values());
  }

  /** The definitions of one type, in the order of {@link #definitions()}. */
  public <D extends Definition> List<D> definitions(Class<D> type) {
    return definitions.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * The definition of that name.
   *
   * @throws PenstockException {@link ErrorCode#DEFINITION_NOT_FOUND}
   */
  public <D extends Definition> D require(Class<D> type, String wanted) {
    Definition found = definitions.get(wanted);
    if (!type.isInstance(found)) {
      throw new PenstockException(
          ErrorCode.DEFINITION_NOT_FOUND,
          "there is no such definition as '" + wanted + "'",
          Suggestion.among(wanted, definitions(type).stream().map(Definition::name).toList()));
    }
    return type.cast(found);
  }
}
