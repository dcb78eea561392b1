package dev.penstock.platform.compiled;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Schema;
import dev.penstock.format.BadRow;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.InputFile;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.sql.LookupTable;
import dev.penstock.sql.Lookups;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of a project as their files hold them now: what {@code plan} compiles with, and
 * {@code apply} pins. Each file is read when it is first asked for. Thread-safe.
 */
public final class DimensionFiles implements Lookups {
  /** A dimension is held in memory: more rows than this are not one. */
  private static final int MOST_ROWS = 5_000_000;

  private final Project project;
  private final Map<String, LookupTable> tables = new LinkedHashMap<>();

  private DimensionFiles(Project project) {
    this.project = project;
  }

  public static DimensionFiles of(Project project) {
    return new DimensionFiles(project);
  }

  @Override
  public synchronized @Nullable LookupTable table(String name) {
    LookupTable table = tables.get(name);
    if (table != null) {
      return table;
    }
    SourceDefinition source =
        project.definitions(SourceDefinition.class).stream()
            .filter(definition -> definition.name().equals(name) && definition.isDimension())
            .findFirst()
            .orElse(null);
    if (source == null) {
      return null;
    }
    LookupTable read =
        LookupTable.of(name, rows(project, source), source.primaryKey().get(0).text());
    tables.put(name, read);
    return read;
  }

  /**
   * All rows of a dimension's file.
   *
   * @throws PenstockException if the file is not as the source declares it; it names the line
   */
  public static Batch rows(Project project, SourceDefinition source) {
    if (source.file() == null) {
      throw new IllegalArgumentException(source.name() + " is no dimension");
    }
    String name = source.file().text();
    Schema schema = source.contract();
    ExtraColumns extra =
        source.extraColumns() == SourceDefinition.ExtraColumns.IGNORE
            ? ExtraColumns.IGNORE
            : ExtraColumns.REFUSE;
    List<Batch> batches = new ArrayList<>();
    long rows = 0;
    try (FileBatchReader reader =
        InputFile.at(project.folder().resolve(name))
            .read(schema, extra, bad -> refuse(name, bad))) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        rows += batch.rows();
        if (rows > MOST_ROWS) {
          throw new PenstockException(
              ErrorCode.LIMIT_EXCEEDED,
              Place.of(name),
              "the dimension has more than " + MOST_ROWS + " rows",
              "ingest it as a source with event times");
        }
        checkNulls(name, schema, batch, reader);
        batches.add(batch);
      }
    } catch (PenstockException e) {
      throw e.at(Place.of(name));
    }
    return Batch.concat(schema, batches);
  }

  private static void refuse(String file, BadRow bad) {
    throw new PenstockException(
        ErrorCode.FILE_CORRUPT,
        new Place(file, Math.toIntExact(bad.line()), 1),
        bad.reason(),
        "a dimension is read whole or not at all");
  }

  private static void checkNulls(String file, Schema schema, Batch batch, FileBatchReader reader) {
    for (Field field : schema.fields()) {
      Column column = batch.column(field.name());
      for (int row = 0; row < batch.rows() && !field.nullable(); row++) {
        if (column.isNull(row)) {
          throw new PenstockException(
              ErrorCode.FILE_CORRUPT,
              Place.of(file),
              "record " + reader.rowNumber(row) + " has no '" + field.name() + "'",
              "the source declares it not null");
        }
      }
    }
  }
}
