package dev.penstock.platform.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.definition.DefinitionErrors;
import dev.penstock.platform.definition.TestProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A feature's line with {@code by}. */
class CategoryLinesTest {
  private static final String VIEWS = "features/views.yaml";

  @TempDir Path folder;

  private TestProject with(String line) {
    return TestProject.complete(folder)
        .change(VIEWS, "percentile(fare, 0.9) as fare_p90 over", line + " over");
  }

  @Test
  void a_category_is_a_column_or_an_expression_in_parentheses() {
    TestProject divided = with("mean(fare) as fare_p90 by (minutes > 9) where (fare > 1)");
    assertThat(CompiledTest.compile(divided).view("place_fares").view().features())
        .extracting(feature -> feature.aggregate().text())
        .contains("mean(fare) by minutes > 9 where fare > 1");
  }

  @Test
  void a_category_that_cannot_be_is_named_where_it_stands() {
    assertThatThrownBy(() -> CompiledTest.compile(with("mean(fare) as fare_p90 by plase")))
        .isInstanceOf(DefinitionErrors.class)
        .hasMessageContaining("COLUMN_NOT_FOUND features/views.yaml:14:31 ")
        .hasMessageContaining("Did you mean 'place'?");
    assertThatThrownBy(
            () -> CompiledTest.compile(with("histogram(fare) as fare_p90 by (minutes > 9)")))
        .isInstanceOf(DefinitionErrors.class)
        .hasMessageContaining(
            "UNSUPPORTED features/views.yaml:14:37 histogram cannot be divided by minutes > 9");
  }
}
