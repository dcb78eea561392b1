package dev.penstock.app.iceberg.crowd;

import dev.penstock.format.FieldIds;
import dev.penstock.format.ParquetWriter;
import dev.penstock.format.WrittenFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.rest.RESTCatalog;

/** Another engine: Iceberg's client, over a network that loses answers, with one server or none. */
final class RestWriter {
  private final RESTCatalog client;
  private final int writer;
  private final List<String> tables;
  private final List<Long> acknowledged = new ArrayList<>();
  private final List<List<Long>> unknown = new ArrayList<>();
  private long operation;

  /** A writer that appends the same numbers to all of these tables at once. */
  RestWriter(RESTCatalog client, int writer, List<String> tables) {
    this.client = client;
    this.writer = writer;
    this.tables = tables;
  }

  int writer() {
    return writer;
  }

  List<String> tables() {
    return tables;
  }

  /** What it was told is there. */
  List<Long> acknowledged() {
    return acknowledged;
  }

  /** What is there as a whole or not at all. */
  List<List<Long>> unknown() {
    return unknown;
  }

  /** Appends five numbers. */
  void operate() throws IOException {
    List<Long> ids = Ids.of(writer, operation++);
    List<TableCommit> commits = new ArrayList<>();
    try {
      for (String name : tables) {
        TableIdentifier id = TableIdentifier.of(CrowdTest.NAMESPACE, name);
        Table table = client.loadTable(id);
        DataFile file = written(table, ids);
        Transaction transaction = table.newTransaction();
        transaction.newAppend().appendFile(file).commit();
        BaseTransaction made = (BaseTransaction) transaction;
        commits.add(TableCommit.create(id, made.startMetadata(), made.currentMetadata()));
      }
    } catch (RuntimeException e) {
      // Nothing was asked for yet.
      return;
    }
    try {
      client.commitTransaction(commits);
      acknowledged.addAll(ids);
    } catch (CommitFailedException e) {
      // Others were first, and nothing was done.
    } catch (RuntimeException e) {
      unknown.add(ids);
    }
  }

  private static DataFile written(Table table, List<Long> ids) throws IOException {
    Path folder = Path.of(URI.create(table.location())).resolve("data");
    Files.createDirectories(folder);
    try (ParquetWriter writer =
        ParquetWriter.create(
            folder.resolve(UUID.randomUUID() + ".parquet"),
            Ids.SCHEMA,
            new FieldIds(List.of(1), List.of(0)))) {
      writer.write(Ids.batch(ids));
      WrittenFile file = writer.finish();
      return DataFiles.builder(PartitionSpec.unpartitioned())
          .withPath(file.path().toUri().toString())
          .withFormat(FileFormat.PARQUET)
          .withFileSizeInBytes(file.bytes())
          .withRecordCount(file.rows())
          .build();
    }
  }
}
