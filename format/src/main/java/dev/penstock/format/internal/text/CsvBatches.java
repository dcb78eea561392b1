package dev.penstock.format.internal.text;

import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Schema;
import dev.penstock.format.BadRow;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.internal.ExpectedColumns;
import dev.penstock.format.internal.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a CSV file with a header. An empty field that is not quoted is null. */
public final class CsvBatches extends TextBatches {
  private final CsvRecords records;
  private final int fields;

  /** The column of each field; null for one that is not read. */
  private final List<@Nullable TextColumn> columnOfField;

  private CsvBatches(
      Path path, Schema schema, Consumer<BadRow> badRows, CsvRecords records, List<String> header) {
    super(path, schema, badRows);
    this.records = records;
    this.fields = header.size();
    this.columnOfField = new ArrayList<>();
    for (String name : header) {
      int index = schema.indexOf(name);
      columnOfField.add(index < 0 ? null : columns.get(index));
    }
  }

  public static CsvBatches open(
      Path path, Schema expected, ExtraColumns extra, Consumer<BadRow> badRows) {
    CsvRecords records = null;
    try {
      records = CsvRecords.open(path);
      List<String> header = header(records, path);
      ExpectedColumns.check(path, header, expected, extra);
      return new CsvBatches(path, expected, badRows, records, header);
    } catch (IOException | RuntimeException e) {
      closeQuietly(records, e);
      throw Problems.reading(path, "the file cannot be read", e);
    }
  }

  /** The names in the first record. */
  static List<String> header(CsvRecords records, Path path) throws IOException {
    if (!records.next()) {
      throw Problems.corrupt(path, "the file is empty, it has no header", new IOException());
    }
    String problem = records.problem();
    List<String> names = new ArrayList<>();
    TextColumn column = new TextColumn(ExpectedColumns.HEADER);
    for (int i = 0; i < records.fields() && problem == null; i++) {
      problem = records.read(i, column);
      column.append();
    }
    if (problem != null) {
      throw Problems.corrupt(path, "the header cannot be read: " + problem, new IOException());
    }
    for (Object name : ((ObjectColumn) column.take()).values()) {
      names.add(String.valueOf(name).strip());
    }
    if (new HashSet<>(names).size() < names.size() || names.contains("")) {
      throw Problems.incompatible(
          path,
          "the header has a name twice, or an empty one: " + String.join(", ", names),
          "give each column a name of its own");
    }
    return names;
  }

  @Override
  boolean nextRecord() throws IOException {
    return records.next();
  }

  @Override
  @Nullable String parseRecord() {
    if (records.problem() != null) {
      return records.problem();
    }
    if (records.fields() != fields) {
      return "it has " + records.fields() + " fields, the header has " + fields;
    }
    for (int i = 0; i < fields; i++) {
      TextColumn column = columnOfField.get(i);
      if (column != null) {
        String problem = records.readNullable(i, column);
        if (problem != null) {
          return problem;
        }
      }
    }
    return null;
  }

  @Override
  long line() {
    return records.line();
  }

  @Override
  String text() {
    return records.text();
  }

  @Override
  void closeSource() throws IOException {
    records.close();
  }

  private static void closeQuietly(@Nullable CsvRecords records, Exception cause) {
    if (records != null) {
      try {
        records.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }
}
