package dev.penstock.app.iceberg;

import static dev.penstock.app.iceberg.Caller.TABLES;
import static dev.penstock.app.iceberg.Caller.change;
import static dev.penstock.app.iceberg.Caller.creation;
import static dev.penstock.app.iceberg.Caller.identifier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.app.iceberg.Caller.Said;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.lake.rest.RestSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Iceberg's own tests do not ask of a catalog, on whatever database. */
abstract class CatalogContract {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path warehouse;
  private Instant now = BEGIN;
  private IcebergRest catalog;
  private Caller caller;

  abstract CatalogDatabase database() throws Exception;

  @BeforeEach
  void open() throws Exception {
    InstantSource clock = () -> now;
    catalog = IcebergRest.open(new RestSettings(database(), warehouse, "shop", List.of()), clock);
    caller = new Caller(catalog);
    caller.namespace("ns").with(200);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private static Map<String, String> key(String key) {
    return Map.of("idempotency-key", key);
  }

  private static String key() {
    return UUID.randomUUID().toString();
  }

  @Test
  void answer_that_was_lost_is_given_again_and_nothing_is_done_twice() throws Exception {
    caller.create("t", "").with(200);
    String commit = change("", "a", 0);
    String key = key();
    Said first = caller.say("POST", TABLES + "/t", key(key), commit).with(200);
    close();
    catalog = null;
    reopen();
    Said second = caller.say("POST", TABLES + "/t", key(key), commit).with(200);

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.headers()).isEqualTo(first.headers());
    assertThat(caller.metadata("t")).isEqualTo(first.at("/metadata-location"));
    caller.say("POST", TABLES + "/t", key(key()), commit).with(200);
    assertThat(caller.metadata("t")).isNotEqualTo(first.at("/metadata-location"));
  }

  private void reopen() throws Exception {
    catalog =
        IcebergRest.open(new RestSettings(database(), warehouse, "shop", List.of()), () -> now);
    caller = new Caller(catalog);
  }

  @Test
  void key_is_forgotten_when_its_lifetime_is_over() {
    String key = key();
    caller.say("POST", TABLES, key(key), creation("t", "")).with(200);
    now = BEGIN.plusSeconds(30 * 60);
    caller.say("POST", TABLES, key(key), creation("t", "")).with(200);
    now = BEGIN.plusSeconds(30 * 60).plusMillis(1);
    caller.say("POST", TABLES, key(key), creation("t", "")).with(409);
  }

  @Test
  void key_of_another_request_is_422_and_one_that_is_none_400() {
    String key = key();
    caller.say("POST", TABLES, key(key), creation("t", "")).with(200);
    caller.say("POST", TABLES, key(key), creation("u", "")).with(422);
    caller.say("POST", TABLES, key("1"), creation("u", "")).with(400);
    caller.get(TABLES + "/u").with(404);
  }

  @Test
  void refusal_is_remembered_with_its_key() {
    caller.create("t", "").with(200);
    String key = key();
    Said refused = caller.say("POST", TABLES, key(key), creation("t", "")).with(409);
    caller.delete(TABLES + "/t").with(204);
    Said again = caller.say("POST", TABLES, key(key), creation("t", "")).with(409);

    assertThat(again.text()).isEqualTo(refused.text());
    caller.get(TABLES + "/t").with(404);
  }

  @Test
  void failure_is_not_remembered_and_changes_nothing() throws Exception {
    Said made = caller.create("t", "").with(200);
    Path location = Path.of(URI.create(made.at("/metadata/location")));
    Path inTheWay = Files.createFile(location.resolve("elsewhere"));
    String commit =
        "{\"requirements\": [], \"updates\": [{\"action\": \"set-properties\", \"updates\":"
            + " {\"write.metadata.path\": \""
            + inTheWay.toUri()
            + "\"}}]}";
    String key = key();
    caller.say("POST", TABLES + "/t", key(key), commit).with(503);
    assertThat(caller.metadata("t")).isEqualTo(made.at("/metadata-location"));
    Files.delete(inTheWay);
    Said moved = caller.say("POST", TABLES + "/t", key(key), commit).with(200);

    assertThat(Path.of(URI.create(moved.at("/metadata-location"))).getParent()).isEqualTo(inTheWay);
  }

  @Test
  void tables_of_a_transaction_move_together_or_not_at_all() throws Exception {
    Said a = caller.create("a", "").with(200);
    caller.create("b", "").with(200);
    String both = "{\"table-changes\": [%s, %s]}";
    String moveA = change(identifier("ns", "a"), "p", 0);
    String staleB = change(identifier("ns", "b"), "p", 7);
    String beforeA = caller.metadata("a");
    String beforeB = caller.metadata("b");

    Said refused =
        caller.post("/v1/transactions/commit", String.format(both, moveA, staleB)).with(409);

    assertThat(refused.at("/error/type")).isEqualTo("CommitFailedException");
    assertThat(caller.metadata("a")).isEqualTo(beforeA);
    assertThat(caller.metadata("b")).isEqualTo(beforeB);
    try (Stream<Path> files =
        Files.list(Path.of(URI.create(a.at("/metadata/location"))).resolve("metadata"))) {
      assertThat(files).hasSize(1);
    }

    String moveB = change(identifier("ns", "b"), "p", 0);
    caller.post("/v1/transactions/commit", String.format(both, moveA, moveB)).with(204);
    assertThat(caller.metadata("a")).isNotEqualTo(beforeA);
    assertThat(caller.metadata("b")).isNotEqualTo(beforeB);
  }

  @Test
  void transactions_side_by_side_all_come_through() throws Exception {
    caller.create("a", "").with(200);
    caller.create("b", "").with(200);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Said>> answers = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        String first = change(identifier("ns", i % 2 == 0 ? "a" : "b"), "p" + i, 0);
        String second = change(identifier("ns", i % 2 == 0 ? "b" : "a"), "p" + i, 0);
        String body = "{\"table-changes\": [" + first + ", " + second + "]}";
        answers.add(threads.submit(() -> caller.post("/v1/transactions/commit", body)));
      }
      for (Future<Said> answer : answers) {
        answer.get().with(204);
      }
    } finally {
      threads.shutdown();
    }
    List<String> expected = IntStream.range(0, 12).mapToObj(i -> "p" + i).toList();
    for (String table : List.of("a", "b")) {
      Said now = caller.get(TABLES + "/" + table).with(200);
      List<String> names = new ArrayList<>();
      now.json().at("/metadata/properties").fieldNames().forEachRemaining(names::add);
      assertThat(names).as(table).containsAll(expected);
    }
  }

  @Test
  void of_two_tables_in_one_place_only_one_is_made() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 8; i++) {
        String location = ", \"location\": \"" + warehouse + "/chosen/" + i + "\"";
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Said>> answers = new ArrayList<>();
        for (String name : List.of("a" + i, "b" + i)) {
          answers.add(
              threads.submit(
                  () -> {
                    together.await();
                    return caller.create(name, location);
                  }));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Said> answer : answers) {
          statuses.add(answer.get().status());
        }
        assertThat(statuses).containsExactlyInAnyOrder(200, 403);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void own_tables_are_not_changed_from_outside() {
    caller.namespace("shop").with(403);
    caller.post("/v1/namespaces/shop/tables", creation("t", "")).with(403);
    caller.post("/v1/namespaces/shop%1Fbelow/tables", creation("t", "")).with(403);
    caller.delete("/v1/namespaces/shop").with(403);
    caller.post("/v1/namespaces/shop/properties", "{\"updates\": {\"a\": \"b\"}}").with(403);
    caller.create("t", "").with(200);
    String rename = "{\"source\": {\"namespace\": [\"ns\"], \"name\": \"t\"}, \"destination\":";
    caller
        .post("/v1/tables/rename", rename + " {\"namespace\": [\"shop\"], \"name\": \"t\"}}")
        .with(403);
    String before = caller.metadata("t");
    Said refused =
        caller
            .post(
                "/v1/transactions/commit",
                "{\"table-changes\": ["
                    + change(identifier("ns", "t"), "p", 0)
                    + ", "
                    + change(identifier("shop", "orders"), "p", 0)
                    + "]}")
            .with(403);

    assertThat(refused.at("/error/message"))
        .startsWith("Table shop.orders belongs to Penstock and can only be read here.");
    assertThat(caller.metadata("t")).isEqualTo(before);
  }
}
