package dev.penstock.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code penstock publish}, and a project that is made from what another one published. */
class PublishTest {
  @TempDir Path folder;

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.onDisk(folder, arguments);
  }

  private CommandLineRun done(String... arguments) {
    CommandLineRun run = run(arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    return run;
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private String rows(String project, String table) {
    String query = "SELECT id, valve, litres, turned FROM " + table + " ORDER BY id";
    return done("sql", query, "--format", "csv", "--project", project).out();
  }

  @Test
  void what_one_project_publishes_another_one_takes_in() throws IOException {
    write(
        "turns.csv",
        "id,valve,litres,turned\n1,x,1.5,2026-03-01T10:00:00.123456Z\n2,,,2026-03-02T00:00:00Z\n");
    write("more.csv", "id,valve,litres,turned\n3,\"a \"\"b\"\"\",-0.25,2026-03-03T00:00:00Z\n");
    done("init", "one", "--from", "turns.csv");
    done("apply", "--project", "one");
    done("ingest", "turns", "turns.csv", "--project", "one");

    CommandLineRun first = run("publish", "turns", "--delta", "out/turns", "--project", "one");
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).contains("out/turns is at version 0");
    done("init", "two", "--from", "out/turns");
    done("apply", "--project", "two");
    done("ingest", "turns", "out/turns", "--project", "two");
    assertThat(rows("two", "turns")).isEqualTo(rows("one", "turns")).contains("10:00:00.123456");

    done("ingest", "turns", "more.csv", "--project", "one");
    assertThat(run("publish", "turns", "--delta", "out/turns", "--project", "one").out())
        .contains("out/turns is at version 1");
    assertThat(run("publish", "turns", "--delta", "out/turns", "--project", "one").out())
        .contains("out/turns is at version 1 and has all of turns already");
    done("ingest", "turns", "out/turns@v1", "--project", "two");
    assertThat(rows("two", "turns")).isEqualTo(rows("one", "turns")).contains("-0.25");
    assertThat(run("audit", "--project", "one").out()).contains("publish", "out/turns");
  }

  @Test
  void a_table_that_is_not_there_publishes_nothing() throws IOException {
    write("turns.csv", "id,turned\n1,2026-03-01T00:00:00Z\n");
    done("init", "one", "--from", "turns.csv");
    done("apply", "--project", "one");

    CommandLineRun publish = run("publish", "turn", "--delta", "out", "--project", "one");
    assertThat(publish.exit()).isEqualTo(2);
    assertThat(publish.err()).startsWith("NOT_FOUND ").contains("'turn'", "turns");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
