package dev.penstock.platform.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.Feature;
import dev.penstock.platform.definition.DefinitionErrors;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.testkit.AggregateTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project's features are compiled or refused as the table of types in {@code
 * docs/reference/aggregates.md} says.
 */
class AggregateTypeLinesTest {
  private static final AggregateTypes PAGE = AggregateTypes.read();

  /** The line of the first feature: before it are one for each type and these. */
  private static final int FIRST_LINE = 17 + PAGE.types().size();

  @TempDir Path folder;

  /** A feature as it is written; its name says what of. */
  private record Line(String name, AggregateFunction function, String arguments) {
    static Line of(AggregateFunction function, int argument, String type) {
      List<String> inside = new ArrayList<>();
      for (int i = 0; i < function.arguments(); i++) {
        String other = PAGE.of(function.toString(), i).iterator().next();
        inside.add("a_" + (i == argument ? type : other));
      }
      function
          .parameters()
          .forEach(
              parameter ->
                  inside.add(
                      switch (parameter) {
                        case SHARE -> "0.5";
                        case COUNT, LIMIT -> "3";
                        case HALF_LIFE -> "7d";
                        case CELL -> "1h";
                      }));
      return new Line(function + "_" + argument + "_" + type, function, String.join(", ", inside));
    }

    @Override
    public String toString() {
      return "  - " + function + "(" + arguments + ") as " + name + " over 24h\n";
    }
  }

  private static List<Line> lines(boolean allowed) {
    List<Line> lines = new ArrayList<>();
    for (AggregateFunction function : AggregateFunction.values()) {
      for (int argument = 0; argument < function.arguments(); argument++) {
        for (String type : PAGE.types()) {
          if (PAGE.of(function.toString(), argument).contains(type) == allowed) {
            lines.add(Line.of(function, argument, type));
          }
        }
      }
    }
    return lines;
  }

  private TestProject project(List<Line> lines) {
    StringBuilder text =
        new StringBuilder(
            """
            source: things
            owner: data@example.com
            columns:
              at: timestamp not null
              name: string not null
            """);
    for (String type : PAGE.types()) {
      text.append("  a_" + type + ": " + (type.equals("decimal") ? "decimal(10,2)" : type) + "\n");
    }
    text.append(
        """
        event_time: at
        ---
        entity: thing
        owner: data@example.com
        keys: {name: string}
        ---
        feature_view: typed
        owner: data@example.com
        entity: thing
        source: things
        features:
        """);
    lines.forEach(text::append);
    return TestProject.in(folder).file("things.yaml", text.toString());
  }

  @Test
  void every_line_that_the_page_allows_is_compiled() {
    List<Line> lines = lines(true);
    assertThat(CompiledTest.compile(project(lines)).view("typed").view().features())
        .extracting(Feature::name)
        .containsExactlyElementsOf(lines.stream().map(line -> line.name() + "_24h").toList());
  }

  @Test
  void every_other_line_is_refused_with_its_place_and_its_name() {
    List<Line> lines = lines(false);
    DefinitionErrors errors =
        catchThrowableOfType(DefinitionErrors.class, () -> CompiledTest.compile(project(lines)));
    List<String> told = errors.getMessage().lines().toList();
    assertThat(told).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      assertThat(told.get(i))
          .startsWith("TYPE_MISMATCH things.yaml:" + (FIRST_LINE + i) + ":")
          .contains(line.function() + "(a_", "(feature '" + line.name() + "'); ")
          .contains(line.function() + " takes ");
    }
  }
}
