package dev.penstock.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.app.demo.Script.Step;
import dev.penstock.app.demo.Script.Words;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
  @Test
  void words_and_commands_are_told_apart() {
    Script script =
        Script.parse(
            List.of(
                "# The data",
                "",
                "penstock sql \"SELECT count(*) FROM landings\" --json",
                "penstock serve --clock replay &",
                "! penstock model promote late_arrival"),
            "demo.script");

    assertThat(script.lines())
        .containsExactly(
            new Words("The data"),
            new Step(List.of("sql", "SELECT count(*) FROM landings", "--json"), 0, false),
            new Step(List.of("serve", "--clock", "replay"), 0, true),
            new Step(List.of("model", "promote", "late_arrival"), 1, false));
  }

  @Test
  void step_is_shown_as_it_is_typed() {
    assertThat(new Step(List.of("sql", "SELECT 1"), 0, false).text())
        .isEqualTo("penstock sql \"SELECT 1\"");
  }

  @Test
  void other_programs_are_refused_with_their_line() {
    assertThatThrownBy(() -> Script.parse(List.of("# first", "rm -rf /"), "demo.script"))
        .hasMessageStartingWith("DEFINITION_SYNTAX demo.script:2:1 ");
    assertThatThrownBy(() -> Script.parse(List.of("penstock sql \"SELECT"), "demo.script"))
        .hasMessageContaining("a quote is open");
  }
}
