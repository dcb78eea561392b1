package dev.penstock.app.iceberg;

import static dev.penstock.app.iceberg.Caller.TABLES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.app.iceberg.Caller.Said;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.lake.rest.RestSettings;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the catalog says things: codes, tags, pages. */
class ProtocolTest {
  @TempDir Path warehouse;
  private IcebergRest catalog;
  private Caller caller;

  @BeforeEach
  void open() {
    catalog =
        IcebergRest.open(
            new RestSettings(CatalogDatabase.sqlite(warehouse), warehouse, "shop", List.of()),
            InstantSource.system());
    caller = new Caller(catalog);
    caller.namespace("ns").with(200);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @Test
  void config_says_what_can_be_asked_and_how_long_keys_live() {
    JsonNode config = caller.get("/v1/config?warehouse=shop").with(200).json();
    List<String> endpoints = new ArrayList<>();
    config.get("endpoints").forEach(endpoint -> endpoints.add(endpoint.asText()));

    assertThat(endpoints)
        .contains(
            "POST /v1/{prefix}/transactions/commit",
            "HEAD /v1/{prefix}/namespaces/{namespace}/views/{view}")
        .hasSize(24);
    assertThat(config.get("idempotency-key-lifetime").asText()).isEqualTo("PT30M");
    caller.get("/v1/config").with(200);
    assertThat(caller.get("/v1/config?warehouse=other").with(404).at("/error/type"))
        .isEqualTo("NoSuchWarehouseException");
  }

  @Test
  void every_error_has_message_type_and_code() {
    error(caller.get(TABLES + "/missing"), 404, "NoSuchTableException");
    error(caller.get("/v1/namespaces/missing"), 404, "NoSuchNamespaceException");
    error(caller.get("/v1/namespaces/missing/tables"), 404, "NoSuchNamespaceException");
    error(caller.get("/v1/namespaces/ns/views/missing"), 404, "NoSuchViewException");
    error(caller.namespace("ns"), 409, "AlreadyExistsException");
    error(caller.post(TABLES, "{"), 400, "BadRequestException");
    error(caller.post(TABLES, ""), 400, "BadRequestException");
    error(caller.get("/v1/unknown"), 406, "UnsupportedOperationException");
    error(caller.say("PUT", TABLES, Map.of(), "{}"), 406, "UnsupportedOperationException");
    error(caller.get("/v1/namespaces/%zz"), 400, "IllegalArgumentException");
  }

  private static void error(Said said, int status, String type) {
    said.with(status);
    assertThat(said.at("/error/type")).as(said.text()).isEqualTo(type);
    assertThat(said.at("/error/code")).isEqualTo(Integer.toString(status));
    assertThat(said.at("/error/message")).isNotBlank();
  }

  @Test
  void namespace_with_a_table_is_not_dropped() {
    caller.create("t", "").with(200);
    assertThat(caller.delete("/v1/namespaces/ns").with(409).at("/error/type"))
        .isEqualTo("NamespaceNotEmptyException");
  }

  @Test
  void unknown_change_is_400_and_changes_nothing() {
    caller.create("t", "").with(200);
    String before = caller.metadata("t");
    caller
        .post(TABLES + "/t", "{\"requirements\": [], \"updates\": [{\"action\": \"fly\"}]}")
        .with(400);
    caller
        .post(TABLES + "/t", "{\"requirements\": [{\"type\": \"assert-luck\"}], \"updates\": []}")
        .with(400);

    assertThat(caller.metadata("t")).isEqualTo(before);
  }

  /** Such a commit was made on an older state: the client is to make it again, not to give up. */
  @Test
  void stale_sequence_number_is_a_conflict() {
    caller.create("t", "").with(200);
    long now = System.currentTimeMillis();
    String snapshot =
        "{\"requirements\": [], \"updates\": [{\"action\": \"add-snapshot\", \"snapshot\":"
            + " {\"snapshot-id\": %d, \"sequence-number\": %d, \"timestamp-ms\": %d,"
            + " %s \"manifest-list\": \"%s/m.avro\", \"summary\": {\"operation\": \"append\"},"
            + " \"schema-id\": 0}}, {\"action\": \"set-snapshot-ref\", \"ref-name\": \"main\","
            + " \"type\": \"branch\", \"snapshot-id\": %d}]}";
    caller.post(TABLES + "/t", String.format(snapshot, 1, 5, now, "", warehouse, 1)).with(200);
    Said refused =
        caller
            .post(
                TABLES + "/t",
                String.format(snapshot, 2, 5, now, "\"parent-snapshot-id\": 1,", warehouse, 2))
            .with(409);

    assertThat(refused.at("/error/type")).isEqualTo("CommitFailedException");
  }

  @Test
  void load_of_what_the_client_has_is_304() {
    caller.create("t", "").with(200);
    Said loaded = caller.get(TABLES + "/t").with(200);
    String tag = loaded.headers().get("etag");
    Said same = load("", tag).with(304);

    assertThat(same.text()).isEmpty();
    assertThat(load("", "\"other\", W/" + tag).status()).isEqualTo(304);
    load("", "\"other\"").with(200);
    load("?snapshots=refs", tag).with(200);
    Said committed = caller.post(TABLES + "/t", Caller.change("", "a", 0)).with(200);
    Said now = load("", tag).with(200);
    assertThat(now.headers().get("etag"))
        .isNotEqualTo(tag)
        .isEqualTo(committed.headers().get("etag"));
  }

  private Said load(String query, String tag) {
    return caller.say("GET", TABLES + "/t" + query, Map.of("if-none-match", tag), "");
  }

  @Test
  void pages_leave_nothing_out_when_tables_go_in_between() {
    for (String name : List.of("c", "a", "e", "b", "d")) {
      caller.create(name, "").with(200);
    }
    Said first = caller.get(TABLES + "?pageToken=&pageSize=2").with(200);
    caller.delete(TABLES + "/a").with(204);
    String second = TABLES + "?pageSize=2&pageToken=" + first.at("/next-page-token");
    Said then = caller.get(second).with(200);
    Said last = caller.get(TABLES + "?pageSize=2&pageToken=" + then.at("/next-page-token"));

    assertThat(names(first)).containsExactly("a", "b");
    assertThat(names(then)).containsExactly("c", "d");
    assertThat(names(last)).containsExactly("e");
    assertThat(last.json().get("next-page-token").isNull()).isTrue();
    assertThat(names(caller.get(TABLES + "?pageSize=2").with(200))).hasSize(4);
    caller.get(TABLES + "?pageToken=&pageSize=0").with(400);
    caller.get(TABLES + "?pageToken=&pageSize=x").with(400);
    caller.get(TABLES + "?pageToken=%21").with(400);
  }

  private static List<String> names(Said said) {
    List<String> names = new ArrayList<>();
    said.json().get("identifiers").forEach(table -> names.add(table.get("name").asText()));
    return names;
  }

  @Test
  void namespaces_come_in_pages_too() {
    caller.namespace("a.b").with(200);
    caller.namespace("z").with(200);
    Said first = caller.get("/v1/namespaces?pageToken=&pageSize=1").with(200);
    String next = "/v1/namespaces?pageSize=5&pageToken=" + first.at("/next-page-token");

    assertThat(first.at("/namespaces/0/0")).isEqualTo("a.b");
    assertThat(caller.get(next).with(200).json().get("namespaces").toString())
        .isEqualTo("[[\"ns\"],[\"z\"]]");
  }

  @Test
  void tables_can_be_in_the_empty_namespace() {
    caller.post("/v1/namespaces", "{\"namespace\": []}").with(200);
    caller.post("/v1/namespaces//tables", Caller.creation("t", "")).with(200);

    assertThat(names(caller.get("/v1/namespaces//tables").with(200))).containsExactly("t");
    caller.say("HEAD", "/v1/namespaces//tables/t", Map.of(), "").with(204);
  }

  @Test
  void metrics_are_taken_and_nonsense_is_not() {
    caller.create("t", "").with(200);
    String report =
        "{\"report-type\": \"scan-report\", \"table-name\": \"t\", \"snapshot-id\": 1, \"filter\":"
            + " true, \"schema-id\": 0, \"projected-field-ids\": [], \"projected-field-names\": [],"
            + " \"metrics\": {}}";
    assertThat(caller.post(TABLES + "/t/metrics", report).with(204).text()).isEmpty();
    caller.post(TABLES + "/t/metrics", "{\"report-type\": \"scan-report\"}").with(400);
  }
}
