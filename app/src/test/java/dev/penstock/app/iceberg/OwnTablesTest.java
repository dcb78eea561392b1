package dev.penstock.app.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.app.server.PenstockServer;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.ParquetWriter;
import dev.penstock.lake.internal.LocalFileIo;
import dev.penstock.platform.Platform;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Operations.Ingest;
import dev.penstock.platform.command.Operations.Query;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import dev.penstock.testkit.Rows;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a real project, seen by an engine of others. */
class OwnTablesTest {
  private static final TableIdentifier LOG = TableIdentifier.of("shop", "visits");

  @TempDir Path folder;
  private Operations project;
  private PenstockServer server;
  private RESTCatalog client;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("penstock.yaml"), "project: shop\n");
    Files.writeString(
        folder.resolve("visits.yaml"),
        """
        source: visits
        owner: shop@example.com
        columns:
          visit: string not null
          at: timestamp not null
        event_time: at
        id: visit
        """);
    project =
        new Platform()
            .open(
                new Workspace(folder.toAbsolutePath(), "local"),
                InstantSource.fixed(Instant.parse("2001-02-01T00:00:00Z")));
    done(project.apply(Progress.SILENT));
    ingest("v1", "v2");
    server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project,
                project.serving(ClockMode.WALL),
                "",
                (command, out, err) -> 0,
                folder.resolve("cache")));
    client = new RESTCatalog();
    client.initialize(
        "penstock",
        Map.of(
            CatalogProperties.URI,
            server.address() + "/iceberg",
            CatalogProperties.WAREHOUSE_LOCATION,
            "shop",
            CatalogProperties.FILE_IO_IMPL,
            LocalFileIo.class.getName()));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
    project.close();
  }

  private void ingest(String... visits) throws Exception {
    StringBuilder csv = new StringBuilder("visit,at\n");
    for (String visit : visits) {
      csv.append(visit).append(",2001-01-31T00:00:00Z\n");
    }
    Path file = Files.writeString(folder.resolve(visits[0] + ".csv"), csv.toString());
    done(project.ingest(new Ingest("visits", List.of(file), Ingest.Mode.LIVE), Progress.SILENT));
  }

  private static Answer done(Answer answer) {
    assertThat(answer.failure()).isNull();
    return answer;
  }

  private long rows() throws Exception {
    long rows = 0;
    try (CloseableIterable<FileScanTask> tasks = client.loadTable(LOG).newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        assertThat(client.loadTable(LOG).io().newInputFile(task.file().location()).exists())
            .isTrue();
        rows += task.file().recordCount();
      }
    }
    return rows;
  }

  @Test
  void log_can_be_read_and_follows_what_is_accepted() throws Exception {
    assertThat(client.listTables(Namespace.of("shop"))).contains(LOG);
    assertThat(rows()).isEqualTo(2);
    ingest("v3");
    project.sql(new Query("SELECT count(*) FROM visits", null, 10, null));

    assertThat(rows()).isEqualTo(3);
  }

  /** Spark refuses to read a column of such a name. */
  @Test
  void no_column_of_the_log_has_a_name_that_iceberg_keeps_for_itself() {
    Table log = client.loadTable(LOG);

    assertThat(log.schema().columns())
        .extracting(Types.NestedField::name)
        .contains("visit", "_offset", "_log_partition")
        .noneMatch(MetadataColumns::isMetadataColumn);
    assertThat(log.schemas().get(log.currentSnapshot().schemaId()).findField("_log_partition"))
        .isNotNull();
  }

  @Test
  void commit_to_the_log_is_refused_and_says_why() throws Exception {
    Table log = client.loadTable(LOG);
    Path forged = Files.writeString(folder.resolve("forged.parquet"), "data");

    assertThatThrownBy(() -> log.newAppend().appendFile(ClientTest.file(forged)).commit())
        .isInstanceOf(ForbiddenException.class)
        .hasMessageContaining("Table shop.visits belongs to Penstock and can only be read here.")
        .hasMessageContaining("POST /v1/sources/SOURCE/rows, or penstock ingest");
    assertThatThrownBy(() -> log.newDelete().deleteFile("any").commit())
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> log.updateProperties().set("gc.enabled", "false").commit())
        .isInstanceOf(ForbiddenException.class);
    assertThatThrownBy(() -> log.manageSnapshots().createTag("x", 1).commit())
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> client.dropTable(LOG, true)).isInstanceOf(ForbiddenException.class);
    assertThatThrownBy(() -> client.renameTable(LOG, TableIdentifier.of("shop", "w")))
        .isInstanceOf(ForbiddenException.class);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void others_keep_tables_of_their_own_beside_the_log() throws Exception {
    client.createNamespace(Namespace.of("analysts"));
    Table table =
        client
            .buildTable(TableIdentifier.of("analysts", "visits"), client.loadTable(LOG).schema())
            .create();
    Path file = Files.writeString(folder.resolve("x.parquet"), "data");
    table.newAppend().appendFile(ClientTest.file(file)).commit();
    ingest("v4", "v5");
    project.sql(new Query("SELECT count(*) FROM visits", null, 10, null));

    assertThat(rows()).isEqualTo(4);
    table.refresh();
    assertThat(table.currentSnapshot().summary()).containsEntry("total-records", "1");
  }

  @Test
  void tables_of_others_are_read_by_sql() throws Exception {
    client.createNamespace(Namespace.of("analysts"));
    client.createNamespace(Namespace.of("analysts", "year.2001"));
    Table table =
        client
            .buildTable(
                TableIdentifier.of(Namespace.of("analysts", "year.2001"), "scores"),
                new org.apache.iceberg.Schema(
                    Types.NestedField.optional(1, "visit", Types.StringType.get()),
                    Types.NestedField.optional(2, "points", Types.LongType.get())))
            .create();
    Path file = Path.of(URI.create(table.location())).resolve("data/a.parquet");
    Files.createDirectories(file.getParent());
    Schema schema = Schema.of(Field.of("visit", Scalar.STRING), Field.of("points", Scalar.INT64));
    try (ParquetWriter writer = ParquetWriter.create(file, schema)) {
      writer.write(Rows.of(schema).row("v1", 5L).row("v3", 6L).batch());
      writer.finish();
    }
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath(file.toUri().toString())
                .withFileSizeInBytes(Files.size(file))
                .withRecordCount(2)
                .build())
        .commit();
    table.updateSchema().renameColumn("points", "score").commit();

    Answer answer =
        project.sql(
            new Query(
                "SELECT visit, score FROM visits JOIN analysts.\"year.2001\".scores USING (visit)",
                null,
                10,
                null));

    assertThat(answer.parts().get(0))
        .isInstanceOfSatisfying(
            Answer.Table.class, rows -> assertThat(rows.rows()).containsExactly(List.of("v1", 5L)));
  }
}
