package dev.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.sql.internal.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/expressions.md} is true and complete. */
class ExpressionReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/expressions.md");

  @Test
  void every_function_is_described_and_shown() throws IOException {
    String page = Files.readString(PAGE);
    List<String> examples = examples();
    for (String function : Functions.names()) {
      assertThat(page).contains("`" + function + "(");
      if (!function.equals("lookup")) {
        assertThat(examples).as(function).anyMatch(example -> example.contains(function + "("));
      }
    }
  }

  @Test
  void every_example_holds() throws IOException {
    for (String example : examples()) {
      int dashes = example.indexOf("-- ");
      assertThat(dashes).as(example).isPositive();
      String claim =
          "("
              + example.substring(0, dashes)
              + ") IS NOT DISTINCT FROM ("
              + example.substring(dashes + 3)
              + ")";
      assertThat(Rows.value(claim)).as(example).isEqualTo(true);
    }
  }

  private static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("```")) {
        inside = line.equals("```sql");
      } else if (inside) {
        examples.add(line);
      }
    }
    assertThat(examples).hasSizeGreaterThan(50);
    return examples;
  }
}
