package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.platform.definition.Environment;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the document {@code project} of {@code penstock.yaml} and one of its environments. */
final class EnvironmentReader {
  /** What can be set, by dotted name. */
  static final List<String> SETTINGS =
      List.of(
          "engine",
          "flush.rows",
          "flush.seconds",
          "lake.catalog",
          "lake.password",
          "lake.user",
          "lake.warehouse",
          "log",
          "maintenance.file_mb",
          "maintenance.minutes",
          "maintenance.orphan_hours",
          "maintenance.snapshot_hours",
          "maintenance.snapshots",
          "online",
          "registry");

  private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
  private static final String LOCAL = "local";

  private final String wanted;
  private final Map<String, String> variables;
  private final Problems problems;
  private Environment environment;

  EnvironmentReader(String wanted, Map<String, String> variables, Problems problems) {
    this.wanted = wanted;
    this.variables = variables;
    this.problems = problems;
    this.environment = new Environment(wanted, Map.of());
  }

  Environment environment() {
    return environment;
  }

  /** Reads the document and gives the project's name. */
  Optional<String> read(YamlFile file, MappingNode node) {
    Fields fields = new Fields(file, node, "the project", problems);
    Optional<Written> name =
        fields
            .requiredText("project")
            .flatMap(text -> Document.attempt(problems, () -> Names.definition(text)));
    fields.text("description");
    Optional<Fields> environments = fields.mapping("environments");
    List<String> names = new ArrayList<>();
    environments.ifPresent(
        all ->
            all.each(
                (found, settings) -> {
                  names.add(found.text());
                  read(all, found.text(), settings);
                }));
    fields.finish();
    if (!names.contains(wanted) && !wanted.equals(LOCAL)) {
      problems.add(
          ErrorCode.DEFINITION_NOT_FOUND,
          fields.keyPlace("environments"),
          "there is no environment '" + wanted + "'",
          Suggestion.among(wanted, names.isEmpty() ? List.of(LOCAL) : names));
    }
    return name.map(Written::text);
  }

  private void read(Fields environments, String name, Node node) {
    if (YamlFile.isNull(node)) {
      return;
    }
    Map<String, String> settings = new TreeMap<>();
    environments
        .mapping(node, "environment '" + name + "'")
        .ifPresent(fields -> collect(fields, name, "", settings));
    if (name.equals(wanted)) {
      environment = new Environment(name, settings);
    }
  }

  private void collect(Fields fields, String name, String prefix, Map<String, String> settings) {
    fields.each(
        (key, value) -> {
          String dotted = prefix + key;
          boolean group = SETTINGS.stream().anyMatch(known -> known.startsWith(dotted + "."));
          if (group && value instanceof MappingNode) {
            fields
                .mapping(value, "'" + dotted + "'")
                .ifPresent(inner -> collect(inner, name, dotted + ".", settings));
          } else if (!SETTINGS.contains(dotted)) {
            problems.add(
                ErrorCode.DEFINITION_UNKNOWN_FIELD,
                key.place(),
                "an environment has no setting '" + dotted + "'",
                Suggestion.among(dotted, SETTINGS));
          } else {
            fields
                .scalar(value, "'" + dotted + "'")
                .ifPresent(
                    text -> {
                      if (name.equals(wanted)) {
                        settings.put(dotted, checked(dotted, text));
                      }
                    });
          }
        });
  }

  private String checked(String setting, Written text) {
    int before = problems.count();
    String value = resolved(text);
    if (setting.equals(Environment.CATALOG) && problems.count() == before) {
      try {
        CatalogDatabase.of(value);
      } catch (PenstockException e) {
        problems.add(e.at(text.place()));
      }
    }
    if (Environment.NUMBERS.contains(setting) && !WHOLE_NUMBER.matcher(value).matches()) {
      problems.add(
          ErrorCode.DEFINITION_VALUE,
          text.place(),
          "'" + setting + "' must be a whole number from 1 to 999999999",
          "");
    }
    return value;
  }

  private String resolved(Written text) {
    Matcher matcher = VARIABLE.matcher(text.text());
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String value = variables.get(matcher.group(1));
      if (value == null) {
        problems.add(
            ErrorCode.ENVIRONMENT_VARIABLE_MISSING,
            text.place().offset(0, matcher.start()),
            "the environment variable " + matcher.group(1) + " is not set",
            "environment '" + wanted + "' needs it");
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(value == null ? "" : value));
    }
    return matcher.appendTail(out).toString();
  }

  /** Reports variables anywhere else: a definition means the same in every environment. */
  static void refuseVariables(YamlFile file, Node document, Problems problems) {
    for (ScalarNode scalar : YamlFile.scalars(document)) {
      Matcher matcher = VARIABLE.matcher(scalar.getValue());
      if (matcher.find()) {
        problems.add(
            ErrorCode.DEFINITION_VALUE,
            file.place(scalar),
            matcher.group() + " stands outside of the environments",
            "variables are for the settings of environments in " + Project.FILE);
      }
    }
  }
}
