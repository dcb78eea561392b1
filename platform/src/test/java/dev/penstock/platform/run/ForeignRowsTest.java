package dev.penstock.platform.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.data.Batch;
import dev.penstock.data.Field;
import dev.penstock.data.Place;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.foreign.ForeignTable;
import dev.penstock.format.BatchReader;
import dev.penstock.format.ParquetScan;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.lake.internal.LocalFileIo;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.TapsProject;
import dev.penstock.sql.Query;
import dev.penstock.sql.SqlResult;
import dev.penstock.testkit.Rows;
import dev.penstock.testkit.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DuckDB, our scan and Iceberg's own reader, side by side over tables that others change. */
class ForeignRowsTest {
  private static final int CHANGES = 12;
  private static final Schema SCHEMA =
      Schema.of(
          Field.required("id", Scalar.INT64),
          Field.of("part", Scalar.INT32),
          Field.of("single", Scalar.FLOAT32),
          Field.of("number", Scalar.FLOAT64),
          Field.of("word", Scalar.STRING),
          Field.of("price", new Type.Decimal(9, 2)),
          Field.of("large", new Type.Decimal(38, 6)),
          Field.of("yes", Scalar.BOOLEAN),
          Field.of("day", Scalar.DATE),
          Field.of("moment", Scalar.TIMESTAMP),
          Field.of("clock", Scalar.LOCAL_TIMESTAMP),
          Field.of("bytes", Scalar.BINARY),
          Field.of("vector", new Type.Vector(0)));

  private static final Query QUERY =
      Query.parse("SELECT * FROM lab.noise", Place.of("query"), Query.Reach.WAREHOUSE);

  @TempDir Path folder;

  static LongStream seeds() {
    return Seeds.of(5, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void duckdb_sees_exactly_what_our_scan_returns(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    try (OpenProject project =
            new OpenProject(TapsProject.workspace(TapsProject.write(folder)), TapsProject.CLOCK);
        Lake theirs = Lake.open(project.state("lake"), "lab");
        JdbcCatalog catalog = catalog(project)) {
      theirs.create("noise", SCHEMA);
      Table foreign = catalog.loadTable(TableIdentifier.of("lab", "noise"));
      if (random.nextBoolean()) {
        foreign.updateProperties().set("format-version", "3").commit();
      }
      ForeignTable changes = new ForeignTable(foreign, random);
      List<String> done = new ArrayList<>();
      for (int i = 0; i < CHANGES; i++) {
        done.add(changes.change());
        foreign.refresh();
        List<String> rows = changes.rows();
        LakeTable table = project.lake().table(List.of("lab"), "noise");
        assertThat(scanned(table)).as("scan, seed %d after %s", seed, done).isEqualTo(rows);
        assertThat(seen(project)).as("DuckDB, seed %d after %s", seed, done).isEqualTo(rows);
        assertThat(answered(project))
            .as("answer, seed %d after %s", seed, done)
            .isEqualTo(rows.stream().map(row -> row.replace("-0.0", "0.0")).sorted().toList());
      }
    }
  }

  private static JdbcCatalog catalog(OpenProject project) {
    Path lake = project.state("lake");
    JdbcCatalog catalog = new JdbcCatalog(properties -> new LocalFileIo(), null, false);
    catalog.initialize(
        CatalogDatabase.CATALOG,
        CatalogDatabase.sqlite(lake).properties(LocalFileIo.location(lake), 1));
    return catalog;
  }

  private static List<String> scanned(LakeTable table) {
    try (BatchReader reader = table.scan().open()) {
      return lines(reader::next);
    }
  }

  /** Every bit that DuckDB sees, as {@code penstock sql --out} has it write them down. */
  private List<String> seen(OpenProject project) {
    Path out = folder.resolve("seen.parquet");
    try (ReadTables tables = ReadTables.of(project, QUERY, table -> Ref.current())) {
      project.engine().copyToParquet(QUERY, tables.byView(), out);
    }
    try (BatchReader reader = ParquetScan.of(out).open()) {
      return lines(reader::next);
    }
  }

  /** What {@code penstock sql} shows, in which the two zeros are one. */
  private static List<String> answered(OpenProject project) {
    try (ReadTables tables = ReadTables.of(project, QUERY, table -> Ref.current());
        SqlResult result = project.engine().query(QUERY, tables.byView(), Long.MAX_VALUE)) {
      return lines(result::next);
    }
  }

  private static List<String> lines(Supplier<@Nullable Batch> batches) {
    List<String> lines = new ArrayList<>();
    for (Batch batch = batches.get(); batch != null; batch = batches.get()) {
      Rows.of(batch).forEach(row -> lines.add(ForeignTable.line(row)));
    }
    return lines.stream().sorted().toList();
  }
}
