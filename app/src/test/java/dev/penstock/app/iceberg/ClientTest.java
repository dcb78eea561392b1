package dev.penstock.app.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.lake.CatalogDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Iceberg's client and the server do together, beyond its own tests. */
class ClientTest {
  private static final TableIdentifier NAME = TableIdentifier.of("a.b", "t");

  @TempDir Path warehouse;
  private final HttpClient http = HttpClient.newHttpClient();
  private CatalogServer server;
  private RESTCatalog client;
  private Table table;

  @BeforeEach
  void start() throws Exception {
    warehouse = warehouse.toRealPath();
    server = CatalogServer.start(CatalogDatabase.sqlite(warehouse), warehouse);
    client = server.client("client", Map.of());
    client.createNamespace(Namespace.of("a.b"));
    table =
        client
            .buildTable(NAME, new Schema(Types.NestedField.optional(1, "id", Types.LongType.get())))
            .create();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
  }

  static DataFile file(Path path) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(path.toUri().toString())
        .withFileSizeInBytes(4)
        .withRecordCount(1)
        .build();
  }

  private static Path written(Path path) throws Exception {
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "data");
  }

  /** A table may list files that are not its own, such as those of our log. */
  @Test
  void purge_deletes_what_is_the_tables_own_and_no_more() throws Exception {
    Path location = Path.of(URI.create(table.location()));
    Path own = written(location.resolve("data/a.parquet"));
    Path ofLog = written(warehouse.resolve(CatalogServer.PROJECT + "/orders/data/b.parquet"));
    Path ofOthers = written(warehouse.resolve("other/c.parquet"));
    table.newAppend().appendFile(file(own)).appendFile(file(ofLog)).commit();
    table.newAppend().appendFile(file(ofOthers)).commit();

    assertThat(client.dropTable(NAME, true)).isTrue();

    assertThat(own).doesNotExist();
    assertThat(location.resolve("metadata")).isEmptyDirectory();
    assertThat(ofLog).exists();
    assertThat(ofOthers).exists();
  }

  @Test
  void drop_without_purge_keeps_every_file() throws Exception {
    Path own = written(Path.of(URI.create(table.location())).resolve("data/a.parquet"));
    table.newAppend().appendFile(file(own)).commit();
    client.dropTable(NAME, false);

    assertThat(own).exists();
    assertThat(client.tableExists(NAME)).isFalse();
  }

  @Test
  void refs_leave_out_the_snapshots_that_nothing_names() throws Exception {
    for (int i = 0; i < 3; i++) {
      table.newAppend().appendFile(file(warehouse.resolve(i + ".parquet"))).commit();
    }
    String path = "/v1/namespaces/a.b/tables/t";

    assertThat(get(path).at("/metadata/snapshots")).hasSize(3);
    assertThat(get(path + "?snapshots=all").at("/metadata/snapshots")).hasSize(3);
    JsonNode refs = get(path + "?snapshots=refs").at("/metadata");
    assertThat(refs.get("snapshots")).hasSize(1);
    assertThat(refs.at("/snapshots/0/snapshot-id")).isEqualTo(refs.get("current-snapshot-id"));
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  /** Only JSON is taken: a web page can send plain text to this machine without being asked. */
  @Test
  void plain_text_changes_nothing() throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(server.address() + "/v1/namespaces"))
                .header("content-type", "text/plain")
                .POST(BodyPublishers.ofString("{\"namespace\": [\"x\"]}"))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(client.namespaceExists(Namespace.of("x"))).isFalse();
  }
}
