package dev.penstock.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV and NDJSON as people and programs write them. */
class TextFilesTest {
  private static final Schema NAMED =
      Schema.of(Field.of("id", Scalar.INT64), Field.of("name", Scalar.STRING));

  @TempDir Path folder;
  private final List<BadRow> bad = new ArrayList<>();

  private Path file(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<List<@Nullable Object>> read(String name, byte[] content) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    try (FileBatchReader reader =
        InputFile.at(file(name, content)).read(NAMED, ExtraColumns.REFUSE, bad::add)) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          List<@Nullable Object> values = new ArrayList<>();
          for (Column column : batch.columns()) {
            values.add(column.value(row));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  private List<List<@Nullable Object>> read(String name, String content) {
    return read(name, content.getBytes(StandardCharsets.UTF_8));
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void quoted_cells_keep_delimiters_quotes_and_line_ends() {
    assertThat(read("a.csv", "id,name\n1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n3,\"two\r\nlines\"\n"))
        .containsExactly(row(1L, "a,b"), row(2L, "say \"hi\""), row(3L, "two\r\nlines"));
    assertThat(bad).isEmpty();
  }

  @Test
  void byte_order_mark_and_carriage_returns_are_no_part_of_cells() {
    assertThat(read("a.csv", "\uFEFFid,name\r\n1,one\r\n2,two"))
        .containsExactly(row(1L, "one"), row(2L, "two"));
    assertThat(read("a.ndjson", "\uFEFF{\"id\":1,\"name\":\"one\"}\r\n\r\n{\"id\":2}"))
        .containsExactly(row(1L, "one"), row(2L, null));
    assertThat(bad).isEmpty();
  }

  @Test
  void empty_cell_is_null_and_quoted_empty_cell_is_empty_text() {
    assertThat(read("a.csv", "id,name\n1,\n2,\"\"\n")).containsExactly(row(1L, null), row(2L, ""));
  }

  @Test
  void ragged_rows_are_bad_rows_with_their_lines_and_the_others_are_read() {
    assertThat(read("a.csv", "id,name\n1,one\n2\n3,three,more\n4,four\n"))
        .containsExactly(row(1L, "one"), row(4L, "four"));
    assertThat(bad).extracting(BadRow::line).containsExactly(3L, 4L);
    assertThat(bad).extracting(BadRow::text).containsExactly("2", "3,three,more");
  }

  @Test
  void quote_that_is_never_closed_costs_its_line_only() {
    assertThat(read("a.csv", "id,name\n1,\"one\n2,two\n3,three\n"))
        .contains(row(2L, "two"), row(3L, "three"));
    assertThat(bad).extracting(BadRow::line).containsExactly(2L);
  }

  @Test
  void text_that_is_no_utf8_is_a_bad_row() throws IOException {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    csv.write("id,name\n1,".getBytes(StandardCharsets.UTF_8));
    csv.write(new byte[] {(byte) 0xc3, (byte) 0x28});
    csv.write("\n2,two\n".getBytes(StandardCharsets.UTF_8));
    assertThat(read("a.csv", csv.toByteArray())).containsExactly(row(2L, "two"));
    assertThat(bad).hasSize(1);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    json.write("{\"id\":1,\"name\":\"".getBytes(StandardCharsets.UTF_8));
    json.write(new byte[] {(byte) 0xc3, (byte) 0x28});
    json.write("\"}\n{\"id\":2,\"name\":\"two\"}\n".getBytes(StandardCharsets.UTF_8));
    assertThat(read("a.ndjson", json.toByteArray())).containsExactly(row(2L, "two"));
    assertThat(bad).hasSize(2);
  }

  @Test
  void long_cell_is_read_whole() {
    String text = "x\u00e4".repeat(300_000);
    assertThat(read("a.csv", "id,name\n1," + text + "\n2,two\n"))
        .containsExactly(row(1L, text), row(2L, "two"));
    assertThat(read("a.ndjson", "{\"id\":1,\"name\":\"" + text + "\"}\n"))
        .containsExactly(row(1L, text));
  }

  @Test
  void types_are_guessed_from_all_values_of_a_column() {
    String csv =
        "whole,real,text,flag,at,day\n1,1.5,x,true,2024-01-01T00:00:00Z,2024-01-01\n"
            + "2,2,3,false,2024-01-02T00:00:00Z,2024-01-02\n";
    Schema guessed = InputFile.at(file("g.csv", csv.getBytes(StandardCharsets.UTF_8))).schema();
    assertThat(guessed.fields())
        .extracting(Field::type)
        .containsExactly(
            Scalar.INT64,
            Scalar.FLOAT64,
            Scalar.STRING,
            Scalar.BOOLEAN,
            Scalar.TIMESTAMP,
            Scalar.DATE);
  }

  @Test
  void gzip_that_was_cut_off_is_refused_by_name() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("id,name\n1,one\n2,two\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(read("a.csv.gz", packed.toByteArray())).hasSize(2);
    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 6);
    assertThatThrownBy(() -> read("cut.csv.gz", cut))
        .isInstanceOf(PenstockException.class)
        .hasMessageContaining("cut.csv.gz");
  }

  @Test
  void random_cells_come_back_however_they_are_quoted() {
    Seeds.of(100, 5_000)
        .forEach(
            seed -> {
              SplittableRandom random = new SplittableRandom(seed);
              StringBuilder csv = new StringBuilder("id,name\n");
              List<List<@Nullable Object>> rows = new ArrayList<>();
              for (long id = 0; id < 50; id++) {
                String cell = cell(random);
                rows.add(row(id, cell));
                csv.append(id).append(",\"").append(cell.replace("\"", "\"\"")).append("\"\n");
              }
              assertThat(read("r.csv", csv.toString())).as("seed %d", seed).isEqualTo(rows);
              assertThat(bad).as("seed %d", seed).isEmpty();
            });
  }

  private static String cell(SplittableRandom random) {
    String[] parts = {"\"", ",", "\n", "\r\n", "a", "\u00e4", "\uD83D\uDE80", ";", " ", "\\"};
    StringBuilder cell = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      cell.append(parts[random.nextInt(parts.length)]);
    }
    return cell.toString();
  }

  @Test
  void changed_bytes_end_in_rows_bad_rows_or_an_error_that_names_the_file() {
    StringBuilder csv = new StringBuilder("id,name\n");
    StringBuilder json = new StringBuilder();
    for (int id = 0; id < 20; id++) {
      csv.append(id).append(",\"n\u00e4me, ").append(id).append("\"\n");
      json.append("{\"id\":").append(id).append(",\"name\":\"n\u00e4me\\u0041\"}\n");
    }
    Seeds.of(2_000, 50_000)
        .forEach(
            seed -> {
              boolean isCsv = seed % 2 == 0;
              byte[] bytes = (isCsv ? csv : json).toString().getBytes(StandardCharsets.UTF_8);
              SplittableRandom random = new SplittableRandom(seed);
              bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
              bad.clear();
              try {
                int rows = read(isCsv ? "f.csv" : "f.ndjson", bytes).size();
                assertThat(rows).as("seed %d", seed).isGreaterThanOrEqualTo(18);
              } catch (PenstockException e) {
                assertThat(e).as("seed %d", seed).hasMessageContaining("f.csv");
              } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
              }
            });
  }
}
