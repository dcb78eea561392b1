package dev.penstock.app.iceberg;

import static dev.penstock.app.iceberg.Caller.TABLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.app.iceberg.Caller.Said;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.lake.rest.RestSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a client may and may not have files written, read and deleted. */
class LocationsTest {
  @TempDir Path warehouse;
  @TempDir Path outside;
  private IcebergRest catalog;
  private Caller caller;

  @BeforeEach
  void open() throws Exception {
    warehouse = warehouse.toRealPath();
    catalog =
        IcebergRest.open(
            new RestSettings(CatalogDatabase.sqlite(warehouse), warehouse, "shop", List.of()),
            InstantSource.system());
    caller = new Caller(catalog);
    caller.namespace("ns").with(200);
    caller.create("there", "").with(200);
    Files.createSymbolicLink(warehouse.resolve("link"), outside);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  /** What is refused as a place for a table, and how. */
  private List<String> wrongPlaces() {
    return List.of(
        outside + "/t",
        "file:" + outside + "/t",
        "file://" + outside + "/t",
        warehouse + "/../t",
        warehouse + "/a/../../t",
        warehouse + "/link/t",
        warehouse.toString(),
        warehouse + "/shop",
        warehouse + "/shop/t",
        warehouse + "/ns",
        warehouse + "/ns/there",
        warehouse + "/ns/there/below",
        "s3://bucket/t",
        "relative/t",
        "file:relative");
  }

  private void refused(Said said, String place) {
    assertThat(said.status()).as(place + ": " + said.text()).isIn(400, 403);
    caller.get(TABLES + "/t").with(404);
  }

  private static String update(String action) {
    return "{\"requirements\": [], \"updates\": [" + action + "]}";
  }

  private static String properties(String property, String value) {
    return update(
        "{\"action\": \"set-properties\", \"updates\": {\"" + property + "\": \"" + value + "\"}}");
  }

  @Test
  void namespace_of_a_tables_name_has_its_tables_elsewhere() {
    caller.post("/v1/namespaces", "{\"namespace\": [\"ns\", \"there\"]}").with(200);
    Said made = caller.post("/v1/namespaces/ns%1Fthere/tables", Caller.creation("t", "")).with(200);
    assertThat(made.text()).doesNotContain(warehouse + "/ns/there/");
  }

  @Test
  void table_is_not_made_in_a_wrong_place() {
    for (String place : wrongPlaces()) {
      String location = ", \"location\": \"" + place + "\"";
      refused(caller.create("t", location), place);
      refused(caller.create("t", location + ", \"stage-create\": true"), place);
    }
    Said made = caller.create("t", ", \"location\": \"" + warehouse + "/chosen/t\"").with(200);
    assertThat(made.at("/metadata/location")).isEqualTo(warehouse + "/chosen/t");
  }

  @Test
  void table_does_not_move_to_a_wrong_place() {
    caller.create("moving", "").with(200);
    String before = caller.metadata("moving");
    for (String place : wrongPlaces()) {
      refused(
          caller.post(
              TABLES + "/moving",
              update("{\"action\": \"set-location\", \"location\": \"" + place + "\"}")),
          place);
    }
    assertThat(caller.metadata("moving")).isEqualTo(before);
  }

  @Test
  void files_of_a_table_are_within_it() {
    String before = caller.metadata("there");
    for (String property :
        List.of(
            "write.data.path",
            "write.metadata.path",
            "write.folder-storage.path",
            "write.object-storage.path")) {
      for (String place :
          List.of(outside + "/t", warehouse + "/shop/x", warehouse + "/elsewhere")) {
        refused(caller.post(TABLES + "/there", properties(property, place)), property);
      }
    }
    assertThat(caller.metadata("there")).isEqualTo(before);
    String data = properties("write.data.path", warehouse + "/ns/there/data/more");
    caller.post(TABLES + "/there", data).with(200);
  }

  @Test
  void view_is_not_made_in_a_wrong_place() {
    for (String place : wrongPlaces()) {
      String view =
          "{\"name\": \"v\", \"location\": \""
              + place
              + "\", \"schema\": {\"type\": \"struct\", \"schema-id\": 0, \"fields\": []},"
              + " \"view-version\": {\"version-id\": 1, \"timestamp-ms\": 1, \"schema-id\": 0,"
              + " \"summary\": {}, \"default-namespace\": [\"ns\"], \"representations\":"
              + " [{\"type\": \"sql\", \"sql\": \"SELECT 1\", \"dialect\": \"duckdb\"}]},"
              + " \"properties\": {}}";
      Said said = caller.post("/v1/namespaces/ns/views", view);
      assertThat(said.status()).as(place + ": " + said.text()).isIn(400, 403);
      caller.get("/v1/namespaces/ns/views/v").with(404);
    }
  }

  @Test
  void metadata_of_another_table_or_from_outside_is_not_registered() throws Exception {
    Path metadata = Path.of(URI.create(caller.metadata("there")));
    Path copied = Files.copy(metadata, outside.resolve("x.metadata.json"));
    Path own = Files.createDirectories(warehouse.resolve("shop/orders/metadata"));
    Path ofOwn = Files.copy(metadata, own.resolve("x.metadata.json"));
    Path moved = Files.createDirectories(warehouse.resolve("moved/metadata"));
    Path notWhereItSays = Files.copy(metadata, moved.resolve("x.metadata.json"));
    for (Path file : List.of(metadata, copied, ofOwn, notWhereItSays)) {
      refused(register(file), file.toString());
    }
    refused(register(warehouse.resolve("catalog.db")), "catalog.db");
    caller.delete(TABLES + "/there").with(204);
    // Old metadata files are deleted in time: it must not name others as such.
    String forged =
        Files.readString(metadata)
            .replaceFirst(
                "\"metadata-log\" *: *\\[ *]",
                "\"metadata-log\":[{\"timestamp-ms\":1,\"metadata-file\":\""
                    + warehouse
                    + "/catalog.db\"}]");
    assertThat(forged).contains("catalog.db");
    Path forgedFile = metadata.resolveSibling("forged.metadata.json");
    refused(register(Files.writeString(forgedFile, forged)), "metadata-log");
    register(metadata).with(200);
  }

  private Said register(Path metadata) {
    return caller.post(
        "/v1/namespaces/ns/register",
        "{\"name\": \"t\", \"metadata-location\": \"" + metadata.toUri() + "\"}");
  }

  @Test
  void namespace_is_not_sent_outside() {
    for (String place : List.of(outside.toString(), warehouse + "/shop", "s3://bucket")) {
      String location = "{\"location\": \"" + place + "\"}";
      Said made =
          caller.post(
              "/v1/namespaces", "{\"namespace\": [\"other\"], \"properties\": " + location + "}");
      Said changed = caller.post("/v1/namespaces/ns/properties", "{\"updates\": " + location + "}");
      assertThat(List.of(made.status(), changed.status())).as(place).isSubsetOf(400, 403);
    }
    caller.get("/v1/namespaces/other").with(404);
  }

  @Test
  void table_of_a_dropped_name_gets_a_place_of_its_own() {
    String first = caller.get(TABLES + "/there").with(200).at("/metadata/location");
    caller.delete(TABLES + "/there").with(204);
    String second = caller.create("there", "").with(200).at("/metadata/location");

    assertThat(second).startsWith(first + "-");
  }

  @Test
  void names_that_are_no_file_names_lead_nowhere() {
    for (String name : List.of("..", "../../x", "a/b", "%2e%2e", ".", "shop/orders")) {
      String location = caller.create(name, "").with(200).at("/metadata/location");
      Path path = Path.of(URI.create(location));
      assertThat(path.normalize()).as(name).isEqualTo(path);
      assertThat(path.getParent()).as(name).isEqualTo(warehouse.resolve("ns"));
    }
    caller.namespace("shop/").with(200);
    String other =
        caller
            .post("/v1/namespaces/shop%2F/tables", Caller.creation("t", ""))
            .with(200)
            .at("/metadata/location");
    assertThat(Path.of(URI.create(other)).startsWith(warehouse.resolve("shop"))).isFalse();
  }
}
