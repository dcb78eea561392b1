package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.app.command.PenstockCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CliTest {
  @TempDir Path folder;

  @BeforeEach
  void makeProject() throws IOException {
    Files.writeString(folder.resolve("penstock.yaml"), "project: flights\n");
  }

  @Test
  void help_lists_every_command_and_exits_0() {
    CommandLineRun run = CommandLineRun.of(folder, "--help");

    assertThat(run.exit()).isZero();
    Cli.parser(new PenstockCommand())
        .getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                assertThat(run.out()).contains("  " + name);
              }
            });
  }

  @Test
  void every_command_has_help_with_a_description() {
    assertHelp(Cli.parser(new PenstockCommand()), List.of());
  }

  private void assertHelp(CommandLine command, List<String> path) {
    List<String> arguments = new java.util.ArrayList<>(path);
    arguments.add("--help");
    CommandLineRun run = CommandLineRun.of(folder, arguments.toArray(new String[0]));
    assertThat(run.exit()).as("%s", path).isZero();
    assertThat(run.out()).as("%s", path).contains("Usage: penstock");
    assertThat(command.getCommandSpec().usageMessage().description()).as("%s", path).isNotEmpty();
    command
        .getSubcommands()
        .forEach(
            (name, sub) -> {
              List<String> below = new java.util.ArrayList<>(path);
              below.add(name);
              assertHelp(sub, below);
            });
  }

  @Test
  void version_is_the_one_of_the_build() {
    assertThat(CommandLineRun.of(folder, "--version").out()).matches("penstock \\d+\\.\\d+.*\\R");
  }

  @Test
  void unknown_command_is_wrong_usage() {
    CommandLineRun run = CommandLineRun.of(folder, "plam");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("USAGE ").contains("plam").endsWith("see penstock --help\n");
  }

  @Test
  void unknown_option_names_its_command() {
    CommandLineRun run = CommandLineRun.of(folder, "ingest", "landings", "a.csv", "--hstory");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("USAGE ").contains("--hstory", "see penstock ingest --help");
  }

  @Test
  void missing_command_is_wrong_usage() {
    assertThat(CommandLineRun.of(folder).exit()).isEqualTo(2);
    assertThat(CommandLineRun.of(folder, "model").exit()).isEqualTo(2);
  }

  @Test
  void error_is_one_line_with_code_place_and_hint() {
    CommandLineRun run = CommandLineRun.of(folder, "catalog", "show", "missing");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "DEFINITION_NOT_FOUND features/a.yaml:12:9 there is no 'missing' anywhere;"
                + " has: airports\n");
  }

  @Test
  void error_in_json_is_one_object() throws IOException {
    CommandLineRun run = CommandLineRun.of(folder, "catalog", "show", "missing", "--json");

    JsonNode error = new ObjectMapper().readTree(run.err()).get("error");
    assertThat(error.get("code").asText()).isEqualTo("DEFINITION_NOT_FOUND");
    assertThat(error.get("place").asText()).isEqualTo("features/a.yaml:12:9");
    assertThat(error.get("hint").asText()).isEqualTo("has: airports");
  }

  @Test
  void wrong_usage_in_json_is_an_object_too() throws IOException {
    CommandLineRun run = CommandLineRun.of(folder, "--json", "plan", "more");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(new ObjectMapper().readTree(run.err()).at("/error/code").asText())
        .isEqualTo("USAGE");
  }

  @Test
  void conflict_exits_3() {
    assertThat(CommandLineRun.of(folder, "catalog", "show", "locked").exit()).isEqualTo(3);
  }

  @Test
  void refused_gate_shows_its_evidence_and_exits_1() {
    CommandLineRun run = CommandLineRun.of(folder, "model", "promote", "late_arrival");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("auc  0.79");
    assertThat(run.err()).startsWith("GATE_REFUSED ");
  }

  @Test
  void fault_of_ours_has_a_stack_trace_only_when_asked_for() {
    CommandLineRun quiet = CommandLineRun.of(folder, "catalog", "show", "broken");
    CommandLineRun loud =
        CommandLineRun.of(folder, Map.of("PENSTOCK_DEBUG", "1"), "catalog", "show", "broken");

    assertThat(quiet.exit()).isEqualTo(1);
    assertThat(quiet.err()).startsWith("INTERNAL ").hasLineCount(1);
    assertThat(loud.err()).contains("\tat dev.penstock");
  }

  @Test
  void project_is_found_from_a_folder_within_it() throws IOException {
    Path within = Files.createDirectories(folder.resolve("features/deep"));

    assertThat(CommandLineRun.of(within, "plan").exit()).isZero();
  }

  @Test
  void folder_without_project_says_what_to_do() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    CommandLineRun run = CommandLineRun.of(folder, "plan", "--project", elsewhere.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("NOT_FOUND ").contains("penstock init DIR");
  }

  @Test
  void global_options_may_stand_before_or_after_the_command() {
    assertThat(CommandLineRun.of(folder, "--json", "plan").out()).startsWith("{");
    assertThat(CommandLineRun.of(folder, "plan", "--json").out()).startsWith("{");
  }

  @Test
  void paths_are_those_of_the_folder_where_the_command_was_given() throws IOException {
    Path within = Files.createDirectory(folder.resolve("data"));
    CommandLineRun run = CommandLineRun.of(within, "ingest", "landings", "a.csv", "../b.csv");

    assertThat(run.out())
        .contains(within.resolve("a.csv").toString(), folder.resolve("b.csv").toString());
  }

  @Test
  void spine_needs_a_column_and_a_file_to_write() {
    CommandLineRun run =
        CommandLineRun.of(folder, "features", "get", "--spine", "s.parquet", "--service", "f");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("a spine needs --at COLUMN and --out FILE");
  }

  @Test
  void spine_request_reaches_the_project_whole() {
    CommandLineRun run =
        CommandLineRun.of(
            folder,
            "features",
            "get",
            "--spine",
            "missing.parquet",
            "--at",
            "missing",
            "--features",
            "a:b,c:d",
            "--key",
            "airport=origin",
            "--mode",
            "as_happened",
            "--out",
            "o.parquet");

    assertThat(run.err()).startsWith("COLUMN_NOT_FOUND there is no column 'missing'");
  }

  @Test
  void moment_that_is_none_is_wrong_usage() {
    CommandLineRun run =
        CommandLineRun.of(folder, "features", "get", "--key", "airport=JFK", "--at", "soon");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("'soon' is no moment");
  }

  @Test
  void init_makes_a_project() {
    Path made = folder.resolve("made");
    CommandLineRun run = CommandLineRun.of(folder, "init", "made", "--from", "a.parquet", "b.csv");

    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("from 2 files");
    assertThat(made.resolve("penstock.yaml")).exists();
  }

  @Test
  void quarantine_alone_lists() {
    assertThat(CommandLineRun.of(folder, "quarantine").out()).isEqualTo("asked null 100\n");
    assertThat(CommandLineRun.of(folder, "quarantine", "list", "landings", "--limit", "3").out())
        .isEqualTo("asked landings 3\n");
  }

  @Test
  void replay_without_a_server_says_how_to_start_one() {
    CommandLineRun run = CommandLineRun.of(folder, "replay", "landings=a.parquet");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("penstock serve --clock replay");
  }

  @Test
  void server_on_a_public_address_is_refused() {
    CommandLineRun run = CommandLineRun.of(folder, "serve", "--host", "0.0.0.0", "--port", "0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("UNSUPPORTED ").contains("no authentication yet");
  }
}
