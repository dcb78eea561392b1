package dev.penstock.platform.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.definition.TestProject;
import dev.penstock.platform.run.ProjectOperations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Delta table is taken in as history, version after version. */
class DeltaIngestTest {
  private static final String BEGUN =
      """
      {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
      {"metaData":{"id":"t-1","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"long\\",\\"nullable\\":true,\\"metadata\\":{}},{\\"name\\":\\"at\\",\\"type\\":\\"timestamp\\",\\"nullable\\":true,\\"metadata\\":{}},{\\"name\\":\\"tap\\",\\"type\\":\\"string\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{},"createdTime":1}}
      """;

  @TempDir Path folder;
  private ProjectOperations operations;

  @AfterEach
  void close() {
    operations.close();
  }

  private void apply(String id) {
    TestProject definitions =
        TestProject.in(folder)
            .file(
                "turns.yaml",
                """
                source: turns
                owner: water@example.com
                columns:
                  id: int64 not null
                  at: timestamp not null
                  tap: string not null
                event_time: at
                id: %s
                """
                    .formatted(id));
    operations =
        new ProjectOperations(
            new OpenProject(TapsProject.workspace(definitions), TapsProject.CLOCK));
    TapsProject.done(operations.apply(Progress.SILENT));
  }

  private void commit(int version, String... entries) throws IOException {
    Path log = Files.createDirectories(folder.resolve("table/_delta_log"));
    String text = (version == 0 ? BEGUN : "") + String.join("\n", entries) + "\n";
    Files.writeString(log.resolve("%020d.json".formatted(version)), text);
  }

  private String added(String file, String rows) throws Exception {
    Files.createDirectories(folder.resolve("table"));
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT id::BIGINT AS id, TIMESTAMPTZ '2001-01-01 00:00:00+00' AS at, tap FROM"
              + " (VALUES "
              + rows
              + ") AS t(id, tap)) TO '"
              + folder.resolve("table").resolve(file)
              + "' (FORMAT parquet)");
    }
    return "{\"add\":{\"path\":\"%s\",\"partitionValues\":{},\"size\":1,\"modificationTime\":1,\"dataChange\":true}}"
        .formatted(file);
  }

  private static String removed(String file) {
    return "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}"
        .formatted(file);
  }

  private Answer ingest(String table) {
    return operations.ingest(
        new Ingest("turns", List.of(folder.resolve(table)), Ingest.Mode.HISTORY), Progress.SILENT);
  }

  private List<List<Object>> rows() {
    return TapsProject.table(
        TapsProject.done(
            operations.sql(
                new Query("SELECT id, tap FROM turns ORDER BY _offset", null, 100, null))),
        "rows");
  }

  @Test
  void a_later_version_adds_what_came_since_and_a_repetition_nothing() throws Exception {
    apply("row_id");
    commit(0, added("a.parquet", "(1, 'x'), (2, 'y')"));
    commit(1, added("b.parquet", "(3, 'z')"));

    TapsProject.done(ingest("table@v0"));
    assertThat(rows()).containsExactly(List.of(1L, "x"), List.of(2L, "y"));
    TapsProject.done(ingest("table"));
    assertThat(rows()).containsExactly(List.of(1L, "x"), List.of(2L, "y"), List.of(3L, "z"));
    TapsProject.done(ingest("table"));
    assertThat(rows()).hasSize(3);
  }

  @Test
  void rows_in_new_files_need_an_id_to_be_known_by() throws Exception {
    apply("row_id");
    commit(0, added("a.parquet", "(1, 'x'), (2, 'y')"));
    TapsProject.done(ingest("table"));
    commit(1, removed("a.parquet"), added("c.parquet", "(1, 'x'), (2, 'y'), (3, 'z')"));

    assertThatThrownBy(() -> ingest("table"))
        .hasMessageContaining("UNSUPPORTED")
        .hasMessageContaining("a.parquet was taken in and is not in it");
    assertThat(rows()).hasSize(2);
  }

  @Test
  void rows_with_an_id_are_known_in_whatever_file_they_are() throws Exception {
    apply("id");
    commit(0, added("a.parquet", "(1, 'x'), (2, 'y')"));
    TapsProject.done(ingest("table"));
    commit(1, removed("a.parquet"), added("c.parquet", "(1, 'x'), (2, 'y'), (3, 'z')"));

    TapsProject.done(ingest("table"));
    assertThat(rows()).containsExactly(List.of(1L, "x"), List.of(2L, "y"), List.of(3L, "z"));
  }

  @Test
  void an_unknown_version_takes_nothing() throws Exception {
    apply("row_id");
    commit(0, added("a.parquet", "(1, 'x')"));

    assertThatThrownBy(() -> ingest("table@v7")).hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> ingest("table@soon")).hasMessageContaining("USAGE");
  }
}
