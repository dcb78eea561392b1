package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an Iceberg commit needs of disk and database and nothing more: a data file, a manifest, a
 * manifest list and a metadata file, as large as a table's newest, each synced with its folder, and
 * a synced transaction in SQLite.
 */
final class Disk implements AutoCloseable {
  private final Path folder;
  private final List<ByteBuffer> files = new ArrayList<>();
  private final Connection connection;
  private int written;

  Disk(Path warehouse, String table) throws IOException, SQLException {
    folder = Files.createDirectories(warehouse.resolve("disk"));
    for (String kind : List.of(".parquet", "-m0.avro", ".avro", ".metadata.json")) {
      files.add(ByteBuffer.wrap(Files.readAllBytes(newest(warehouse.resolve(table), kind))));
    }
    connection =
        DriverManager.getConnection(
            "jdbc:sqlite:"
                + folder.resolve("catalog.db")
                + "?journal_mode=WAL&synchronous=FULL&transaction_mode=IMMEDIATE");
    try (Statement sql = connection.createStatement()) {
      sql.execute("CREATE TABLE pointer (name TEXT PRIMARY KEY, location TEXT)");
      sql.execute("INSERT INTO pointer VALUES ('t', '')");
    }
  }

  private static Path newest(Path table, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(table)) {
      return all.filter(path -> path.toString().endsWith(ending))
          .max(Comparator.comparingLong(path -> path.toFile().lastModified()))
          .orElseThrow();
    }
  }

  void commit() throws IOException, SQLException {
    for (ByteBuffer bytes : files) {
      Path path = folder.resolve("file" + written++);
      try (FileChannel file =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        file.write(bytes.duplicate());
        file.force(true);
      }
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
    try (Statement sql = connection.createStatement()) {
      sql.execute("UPDATE pointer SET location = 'metadata/" + written + ".metadata.json'");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
