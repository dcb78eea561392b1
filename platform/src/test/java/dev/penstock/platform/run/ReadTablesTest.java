package dev.penstock.platform.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Operations.Query.Format;
import dev.penstock.testkit.Rows;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code penstock sql} reads: tables whose files are not their rows, and those of others. */
class ReadTablesTest {
  private static final Schema SCHEMA =
      Schema.of(Field.of("n", Scalar.INT32), Field.of("word", Scalar.STRING));

  @TempDir Path folder;
  private OpenProject project;
  private LakeTable table;

  @BeforeEach
  void open() {
    project = new OpenProject(TapsProject.workspace(TapsProject.write(folder)), TapsProject.CLOCK);
    table = project.lake().create("words", SCHEMA);
    append(table, 1, "one");
  }

  @AfterEach
  void close() {
    project.close();
  }

  private static void append(LakeTable table, int n, String word) {
    Schema schema = table.schema();
    table
        .write()
        .append(
            BatchReader.of(schema, List.of(Rows.of(schema).row(number(schema, n), word).batch())));
  }

  private static Object number(Schema schema, int n) {
    return schema.field(0).type() == Scalar.INT64 ? (Object) (long) n : n;
  }

  private List<List<Object>> rows(String sql, @Nullable String at) {
    return TapsProject.table(
        new SqlOperation(project).run(new Query(sql, at, 10, Format.TABLE, null)), "rows");
  }

  private List<List<Object>> rows(String sql) {
    return rows(sql, null);
  }

  @Test
  void a_renamed_column_has_the_values_it_had() {
    table.change().rename("word", "name").commit();
    append(table, 2, "two");

    assertThat(rows("SELECT n, name FROM words ORDER BY n"))
        .containsExactly(List.of(1, "one"), List.of(2, "two"));
    assertThat(project.state("tmp")).isEmptyDirectory();
  }

  @Test
  void a_column_of_a_name_that_another_one_had_is_a_column_of_its_own() {
    table.change().rename("word", "name").commit();
    table.change().add(Field.of("word", Scalar.STRING)).commit();

    assertThat(rows("SELECT count(word), count(name) FROM words")).containsExactly(List.of(0L, 1L));
  }

  @Test
  void a_widened_column_is_read_as_what_it_is_now() {
    table.change().widen("n", Scalar.INT64).commit();
    append(table, 2, "two");

    assertThat(rows("SELECT typeof(n) AS t, sum(n)::BIGINT AS s FROM words GROUP BY ALL"))
        .containsExactly(List.of("BIGINT", 3L));
  }

  @Test
  void a_deleted_row_is_not_there() {
    append(table, 2, "two");
    long before = table.currentSnapshot().orElseThrow();
    Schema key = Schema.of(Field.of("n", Scalar.INT32));
    table.write().delete(Rows.of(key).row(1).batch());

    assertThat(rows("SELECT n, word FROM words")).containsExactly(List.of(2, "two"));
    assertThat(rows("SELECT count(*) FROM words AS OF " + before)).containsExactly(List.of(2L));
    assertThat(table.snapshot(Ref.current()).rows()).isEqualTo(1);
  }

  @Test
  void tables_of_other_namespaces_are_read_by_their_full_names() {
    try (Lake lake = Lake.open(project.state("lake"), "lab")) {
      LakeTable theirs = lake.create("words", SCHEMA);
      append(theirs, 7, "seven");
      long first = theirs.currentSnapshot().orElseThrow();
      append(theirs, 8, "eight");

      assertThat(rows("SELECT words.n FROM lab.words ORDER BY n"))
          .containsExactly(List.of(7), List.of(8));
      assertThat(
              rows(
                  "SELECT a.word, b.word FROM words a, lab.words AS OF "
                      + first
                      + " b WHERE b.n > a.n"))
          .containsExactly(List.of("one", "seven"));
      assertThat(rows("SELECT count(*) FROM test.words")).containsExactly(List.of(1L));
    }
  }

  @Test
  void what_is_not_there_is_named_with_what_is() {
    try (Lake lake = Lake.open(project.state("lake"), "lab")) {
      lake.create("words", SCHEMA);
    }
    assertThatThrownBy(() -> rows("SELECT * FROM lap.words"))
        .hasMessageContaining("NOT_FOUND there is no namespace 'lap'")
        .hasMessageContaining("Did you mean 'lab'?");
    assertThatThrownBy(() -> rows("SELECT * FROM lab.word"))
        .hasMessageContaining("NOT_FOUND there is no table 'lab.word'")
        .hasMessageContaining("Did you mean 'words'?");
    assertThatThrownBy(() -> rows("SELECT * FROM words AS OF 'wurst'"))
        .hasMessageContaining("has no version, tag, branch or snapshot 'wurst'");
    assertThatThrownBy(() -> rows("SELECT * FROM words", "1999-01-01"))
        .hasMessageContaining("NOT_FOUND table 'words' has no state of 1999-01-01T00:00:00Z");
  }

  @Test
  void a_file_that_could_not_be_written_whole_is_not_there() {
    Path out = folder.resolve("out.csv");
    Query failing = new Query("SELECT CAST(word AS INTEGER) FROM words", null, 10, Format.CSV, out);
    assertThatThrownBy(() -> new SqlOperation(project).run(failing))
        .hasMessageContaining("EVALUATION_FAILED");
    assertThatThrownBy(
            () -> new SqlOperation(project).run(new Query("SELECT 1", null, 10, Format.TABLE, out)))
        .hasMessageContaining("choose csv, json or parquet");
    assertThat(out).doesNotExist();
    assertThat(folder.resolve("out.csv.part")).doesNotExist();
    Path nowhere = folder.resolve("no/folder/out.csv");
    assertThatThrownBy(
            () ->
                new SqlOperation(project).run(new Query("SELECT 1", null, 10, Format.CSV, nowhere)))
        .hasMessageContaining("IO")
        .hasMessageContaining("does its folder exist?");
  }
}
