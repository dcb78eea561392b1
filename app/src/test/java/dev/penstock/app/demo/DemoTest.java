package dev.penstock.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.app.TestInvocation;
import dev.penstock.app.command.Invocation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path example;

  @BeforeEach
  void makeExample() throws IOException {
    example = Files.createDirectories(folder.resolve("example"));
    Files.writeString(example.resolve("penstock.yaml"), "project: example\n");
    Files.createDirectories(example.resolve("data"));
    Files.writeString(example.resolve("data/rows.csv"), "a\n1\n");
    Files.createDirectories(example.resolve(".penstock"));
    Files.writeString(example.resolve(".penstock/lock"), "of another run");
  }

  private int play(String... lines) throws IOException {
    Files.writeString(example.resolve("demo.script"), String.join("\n", lines));
    Invocation invocation = TestInvocation.of(folder, new PrintWriter(out), new PrintWriter(err));
    return Demo.play(example, folder.resolve("work"), false, invocation);
  }

  @Test
  void commands_are_shown_run_in_the_copy_and_timed() throws IOException {
    assertThat(play("# First", "penstock plan", "penstock ingest landings data/rows.csv")).isZero();

    assertThat(out.toString())
        .contains("First\n\n$ penstock plan\n2 changes\n")
        .contains("$ penstock ingest landings data/rows.csv\n")
        .contains(folder.resolve("work/data/rows.csv").toString())
        .containsPattern("command +time\n")
        .contains("Everything it made is in " + folder.resolve("work"));
    assertThat(folder.resolve("work/data/rows.csv")).exists();
  }

  @Test
  void commands_beside_a_server_go_through_it() throws IOException {
    int exit =
        play(
            "penstock serve --port 0 --clock replay &",
            "penstock status",
            "penstock replay departures=d landings=l --model late_arrival --ask departures"
                + " --sample 10");

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("Serving at http://127.0.0.1:")
        .contains("pid  " + ProcessHandle.current().pid())
        .containsPattern("landings +60 +60 +0 +0 ");
    assertThat(Files.readString(folder.resolve("work/.penstock/lock"))).isBlank();
  }

  @Test
  void failed_command_ends_the_demo_with_its_exit_code() throws IOException {
    assertThat(play("penstock catalog show missing", "penstock plan")).isEqualTo(2);

    assertThat(err.toString()).startsWith("DEFINITION_NOT_FOUND");
    assertThat(out.toString())
        .contains("exit code 2 where 0 was expected")
        .doesNotContain("changes");
  }

  @Test
  void command_that_is_to_fail_may_not_succeed() throws IOException {
    assertThat(play("! penstock model promote late_arrival")).isZero();
    assertThat(play("! penstock plan")).isEqualTo(1);
  }

  @Test
  void server_that_does_not_start_ends_the_demo() throws IOException {
    assertThat(play("penstock serve --host 0.0.0.0 &")).isEqualTo(2);
  }

  @Test
  void earlier_play_is_replaced_but_nothing_else() throws IOException {
    play("penstock plan");
    Files.writeString(folder.resolve("work/left.txt"), "");
    play("penstock plan");
    assertThat(folder.resolve("work/left.txt")).doesNotExist();

    Files.delete(folder.resolve("work/.penstock-demo"));
    assertThatThrownBy(() -> play("penstock plan")).hasMessageContaining("holds something else");
  }
}
