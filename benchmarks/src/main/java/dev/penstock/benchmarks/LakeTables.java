package dev.penstock.benchmarks;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Condition;
import dev.penstock.format.ParquetWriter;
import dev.penstock.lake.Lake;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.MaintenanceRules;
import dev.penstock.lake.TableFiles;
import dev.penstock.lake.TableScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tables of the lake: written, read, committed to and compacted, beside DuckDB and the disk. */
final class LakeTables {
  private static final int ROWS = 5_000_000;
  private static final int ROWS_PER_BATCH = 100_000;
  private static final int COMMITS = 1_000;
  private static final int ROWS_PER_COMMIT = 100;
  private static final long START = 978_307_200_000_000L;
  private static final long SECOND = 1_000_000;
  private static final Schema SCHEMA =
      Schema.of(
          Field.required("id", Scalar.INT64),
          Field.required("ts", Scalar.TIMESTAMP),
          Field.required("key", Scalar.INT64),
          Field.of("v1", Scalar.FLOAT64),
          Field.of("v2", Scalar.FLOAT64),
          Field.of("price", Scalar.FLOAT64),
          Field.of("amount", Scalar.INT32),
          Field.of("city", Scalar.STRING),
          Field.of("note", Scalar.STRING),
          Field.of("flag", Scalar.BOOLEAN));
  private static final List<String> READ = List.of("key", "v1", "city");

  private final Path folder;
  private final int runs;
  private int tables;

  LakeTables(Path folder, int runs) {
    this.folder = folder;
    this.runs = runs;
  }

  void run() throws Exception {
    System.out.printf("%nlake: %,d rows of %d columns%n", ROWS, SCHEMA.size());
    Path warehouse = folder.resolve("lake");
    clear(warehouse);
    try (Lake lake = Lake.open(warehouse, "bench");
        Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckDb.createStatement()) {
      writeAndScan(lake, sql);
      commits(lake, warehouse);
    }
    clear(warehouse);
  }

  private void writeAndScan(Lake lake, Statement sql) throws Exception {
    List<Batch> batches = batches();
    Path copied = folder.resolve("copied.parquet");
    load(sql, batches);
    Timing copy =
        Timing.of(
            "duckdb, COPY",
            runs,
            () -> {
              Files.deleteIfExists(copied);
              sql.execute("COPY rows TO '" + copied + "' (FORMAT parquet, COMPRESSION zstd)");
            });
    Timing written = Timing.of("penstock, write", runs, () -> write(lake, batches));
    print(written, copy);
    sql.execute("DROP TABLE rows");
    batches.clear();
    LakeTable table = lake.table("rows" + (tables - 1));
    long from = START + ROWS / 2 * SECOND;
    long to = from + ROWS / 5 * SECOND;
    String filter =
        " WHERE ts >= make_timestamptz(" + from + ") AND ts < make_timestamptz(" + to + ")";
    Condition fifth = Condition.range("ts", from, to);
    print(
        Timing.of(
            "penstock, scan of a fifth", runs, () -> sum(table.scan().columns(READ).where(fifth))),
        Timing.of("duckdb, scan of a fifth", runs, () -> sum(sql, table, filter)));
    print(
        Timing.of("penstock, scan", runs, () -> sum(table.scan().columns(READ))),
        Timing.of("duckdb, scan", runs, () -> sum(sql, table, "")));
  }

  private static void load(Statement sql, List<Batch> batches) throws Exception {
    Path file = Files.createTempDirectory("bench").resolve("rows.parquet");
    try (ParquetWriter writer = ParquetWriter.create(file, SCHEMA)) {
      batches.forEach(writer::write);
      writer.finish();
    }
    sql.execute("SET threads = " + Runtime.getRuntime().availableProcessors());
    sql.execute("CREATE TABLE rows AS SELECT * FROM read_parquet('" + file + "')");
    Files.delete(file);
  }

  private void write(Lake lake, List<Batch> batches) {
    LakeTable table = lake.create("rows" + tables++, SCHEMA);
    table.write().append(BatchReader.of(SCHEMA, batches));
  }

  private static double sum(TableScan scan) {
    double sum = 0;
    long named = 0;
    try (BatchReader rows = scan.open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        for (double value : ((DoubleColumn) batch.column("v1")).values()) {
          sum += value;
        }
        Column cities = batch.column("city");
        for (int row = 0; row < batch.rows(); row++) {
          named += cities.isNull(row) ? 0 : 1;
        }
      }
    }
    return sum + named;
  }

  private static void sum(Statement sql, LakeTable table, String filter) throws SQLException {
    try (TableFiles files = table.scan().files()) {
      String paths =
          files.paths().stream().map(path -> "'" + path + "'").collect(Collectors.joining(", "));
      sql.executeQuery(
              "SELECT sum(v1), sum(key), max(city) FROM read_parquet([" + paths + "])" + filter)
          .next();
    }
  }

  /** Small commits, what the disk and the database need for one, planning, and compaction. */
  private void commits(Lake lake, Path warehouse) throws Exception {
    LakeTable table = lake.create("small", SCHEMA);
    SplittableRandom random = new SplittableRandom(1);
    List<Double> seconds = new ArrayList<>();
    for (int commit = 0; commit < COMMITS; commit++) {
      Batch batch = batch(random, (long) commit * ROWS_PER_COMMIT, ROWS_PER_COMMIT);
      long began = System.nanoTime();
      table.write().append(BatchReader.of(SCHEMA, List.of(batch)));
      seconds.add((System.nanoTime() - began) / 1e9);
    }
    Timing ours = new Timing("penstock, commit of 100 rows", seconds.subList(COMMITS / 2, COMMITS));
    try (Disk disk = new Disk(warehouse, "bench/small")) {
      List<Double> needed = new ArrayList<>();
      for (int i = 0; i < COMMITS / 2; i++) {
        long began = System.nanoTime();
        disk.commit();
        needed.add((System.nanoTime() - began) / 1e9);
      }
      print(ours, new Timing("disk and database, one commit", needed));
    }
    System.out.println(
        Timing.of("penstock, plan over 1,000", runs, () -> table.scan().files().close()));
    long began = System.nanoTime();
    lake.maintenance(
            new MaintenanceRules(256L << 20, 8, Duration.ofHours(1), COMMITS, Duration.ofHours(1)),
            Map.of(),
            System.currentTimeMillis() * 1_000)
        .run();
    System.out.println(
        new Timing("penstock, compaction of 1,000", List.of((System.nanoTime() - began) / 1e9)));
    System.out.println(
        Timing.of("penstock, plan after it", runs, () -> table.scan().files().close()));
  }

  private static void print(Timing ours, Timing other) {
    System.out.println(ours);
    System.out.println(other);
    System.out.printf(Locale.ROOT, "%32s %.2f x%n", "", other.median() / ours.median());
  }

  private static List<Batch> batches() {
    SplittableRandom random = new SplittableRandom(7);
    List<Batch> batches = new ArrayList<>();
    for (long from = 0; from < ROWS; from += ROWS_PER_BATCH) {
      batches.add(batch(random, from, ROWS_PER_BATCH));
    }
    return batches;
  }

  private static Batch batch(SplittableRandom random, long from, int rows) {
    List<ColumnBuilder> columns =
        SCHEMA.fields().stream().map(field -> ColumnBuilder.of(field.type(), rows)).toList();
    for (int row = 0; row < rows; row++) {
      columns.get(0).appendLong(from + row);
      columns.get(1).appendLong(START + (from + row) * SECOND + random.nextInt(1_000_000));
      columns.get(2).appendLong(random.nextInt(100_000));
      columns.get(3).appendDouble(random.nextDouble());
      columns.get(4).appendDouble(random.nextDouble() * 100);
      columns.get(5).appendDouble(random.nextInt(100_000) / 100.0);
      columns.get(6).appendInt(random.nextInt(50));
      columns.get(7).appendObject("city " + random.nextInt(1_000));
      columns.get(8).appendObject("order " + random.nextInt(10_000_000) + " by hand");
      columns.get(9).appendBoolean(random.nextBoolean());
    }
    return new Batch(SCHEMA, columns.stream().map(ColumnBuilder::build).toList());
  }

  private static void clear(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
