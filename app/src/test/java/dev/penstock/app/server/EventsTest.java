package dev.penstock.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.testkit.Seeds;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows in every form a client may send them in. */
class EventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NDJSON = "application/x-ndjson";
  private static final String ARROW = "application/vnd.apache.arrow.stream";
  private static final String AVRO = "application/avro";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private ServedProject project;
  private int moment;

  @BeforeEach
  void serve() throws Exception {
    project =
        new ServedProject(
            folder,
            """
            source: payments
            owner: shop@example.com
            columns:
              payment: string not null
              at: timestamp not null
              shop: string not null
              amount: float64
              items: int32
              paid.by: string
              tags: vector
            event_time: at
            id: payment
            ---
            entity: shop
            owner: shop@example.com
            keys: {shop: string}
            ---
            feature_view: sold
            owner: shop@example.com
            entity: shop
            source: payments
            features:
              - count() as times over 24h
              - sum(amount) as amount over 24h
              - sum(items) as items over 24h
              - last(paid.by) as payer over 24h
              - vector_sum(tags) as tags over 24h
            """);
    project.serve();
  }

  @AfterEach
  void end() {
    project.close();
  }

  @Test
  void every_form_brings_the_same_rows() throws Exception {
    List<String> objects = new ArrayList<>();
    for (String shop : List.of("json", "ndjson")) {
      objects.add(SentPayments.json(shop + "1", shop, 1.5, 2, "ann", "[1, 2]"));
      objects.add(SentPayments.json(shop + "2", shop, 2.25, null, null, null));
      objects.add(SentPayments.json(shop + "3", shop, null, 3, "bob", "[0.5, 4]"));
    }
    accepted(3, push("application/json", ("[" + String.join(",", objects.subList(0, 3)) + "]")));
    accepted(3, push(NDJSON, String.join("\n", objects.subList(3, 6)) + "\n"));
    accepted(3, push(ARROW, SentPayments.arrow("arrow")));
    accepted(3, push(AVRO, SentPayments.avro("avro")));

    String expected = features("json");
    assertThat(expected).isEqualTo("[3,3.75,5,\"bob\",[1.5,6.0]]");
    assertThat(features("ndjson")).isEqualTo(expected);
    assertThat(features("arrow")).isEqualTo(expected);
    assertThat(features("avro")).isEqualTo(expected);
  }

  @Test
  void refused_row_is_named_by_index_and_line_and_the_others_are_taken() throws Exception {
    String body =
        SentPayments.json("a", "s", 1.0, 1, null, null)
            + "\n\n{\"payment\": \"b\", \n"
            + "{\"payment\": \"c\", \"shp\": \"s\"}\n"
            + SentPayments.json("d", "s", 1.0, 1, null, null).replace("1.0", "\"much\"")
            + "\n7\n"
            + SentPayments.json("e", "s", 1.0, 1, null, null)
            + " {}\n"
            + SentPayments.json("f", "s", 1.0, 1, null, null);
    JsonNode receipt = push(NDJSON, body);

    assertThat(receipt.get("accepted").asInt()).isEqualTo(2);
    assertThat(refusals(receipt))
        .containsExactly(
            "1@3 UNREADABLE_ROW",
            "2@4 UNREADABLE_ROW",
            "3@5 WRONG_TYPE",
            "4@6 UNREADABLE_ROW",
            "5@7 UNREADABLE_ROW");
    assertThat(receipt.at("/quarantined/1/message").asText()).isEqualTo("there is no column 'shp'");
    assertThat(quarantined()).contains("{\"payment\": \"c\", \"shp\": \"s\"}");
    assertThat(features("s")).startsWith("[2,2.0,2,");

    JsonNode again = push(NDJSON, body);
    assertThat(again.get("accepted").asInt()).isZero();
    assertThat(again.get("duplicates").asInt()).isEqualTo(2);
    assertThat(features("s")).startsWith("[2,2.0,2,");
  }

  @Test
  void element_of_a_list_that_is_no_row_is_refused_alone() throws Exception {
    JsonNode receipt =
        push(
            "application/json",
            "[[{\"x\": [1]}], "
                + SentPayments.json("a", "s", 1.0, 1, null, null)
                + ", {\"shp\": {\"y\": [{}]}, \"payment\": \"q\"}, null, "
                + SentPayments.json("b", "s", 1.0, 1, null, null)
                + "]");

    assertThat(receipt.get("accepted").asInt()).isEqualTo(2);
    assertThat(refusals(receipt))
        .containsExactly("0@0 UNREADABLE_ROW", "2@0 UNREADABLE_ROW", "3@0 UNREADABLE_ROW");
    assertThat(quarantined()).contains("{\"shp\": {\"y\": [{}]}, \"payment\": \"q\"}");
    assertThat(send("application/json", "[{\"payment\": \"z\"".getBytes(UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(send("application/json", "{}".getBytes(UTF_8)).statusCode()).isEqualTo(400);
    assertThat(send("text/plain", "[]".getBytes(UTF_8)).statusCode()).isEqualTo(415);
  }

  @Test
  void row_of_an_arrow_stream_that_does_not_fit_is_refused_alone() throws Exception {
    JsonNode receipt = push(ARROW, SentPayments.arrowWithBadRows("bad"));

    assertThat(receipt.get("accepted").asInt()).isEqualTo(1);
    assertThat(refusals(receipt)).containsExactly("0@0 NULL_VALUE", "2@0 WRONG_TYPE");
    assertThat(features("bad")).startsWith("[1,");
  }

  @Test
  void message_that_is_not_whole_is_refused_whole() throws Exception {
    for (String type : List.of(ARROW, AVRO)) {
      byte[] whole = type.equals(ARROW) ? SentPayments.arrow("cut") : SentPayments.avro("cut");
      for (int length : new int[] {0, 3, whole.length / 3, whole.length / 2, whole.length - 20}) {
        HttpResponse<String> answer = send(type, java.util.Arrays.copyOf(whole, length));
        assertThat(answer.statusCode()).as("%s of %s bytes", type, length).isIn(200, 400);
        assertThat(features("cut")).as("%s of %s bytes", type, length).startsWith("[0,");
      }
    }
  }

  @Test
  void flipped_bytes_are_the_clients_fault_and_never_ours() throws Exception {
    for (long seed : Seeds.of(60, 2_000).toArray()) {
      SplittableRandom random = new SplittableRandom(seed);
      String type = random.nextBoolean() ? ARROW : AVRO;
      byte[] bytes = type.equals(ARROW) ? SentPayments.arrow("f") : SentPayments.avro("f");
      for (int flip = random.nextInt(1, 4); flip > 0; flip--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      HttpResponse<String> answer = send(type, bytes);
      assertThat(answer.statusCode())
          .as("seed %s: %s", seed, answer.body())
          .isIn(200, 400, 413, 501);
    }
    accepted(3, push(AVRO, SentPayments.avro("after")));
  }

  @Test
  void batch_of_too_many_rows_is_413() throws Exception {
    byte[] lines = "{}\n".repeat(JsonRows.MOST_ROWS + 1).getBytes(UTF_8);

    assertThat(send(NDJSON, lines).statusCode()).isEqualTo(413);
  }

  private static void accepted(int rows, JsonNode receipt) {
    assertThat(receipt.get("accepted").asInt()).as(receipt.toString()).isEqualTo(rows);
    assertThat(receipt.get("quarantined")).isEmpty();
  }

  private static List<String> refusals(JsonNode receipt) {
    List<String> refusals = new ArrayList<>();
    for (JsonNode row : receipt.get("quarantined")) {
      refusals.add(
          row.get("index").asInt()
              + "@"
              + row.path("line").asInt()
              + " "
              + row.get("code").asText());
    }
    return refusals;
  }

  private String quarantined() {
    return ServedProject.table(
            ServedProject.done(project.operations().quarantine("payments", 100)), "quarantine")
        .toString();
  }

  private JsonNode push(String type, String body) throws Exception {
    return push(type, body.getBytes(UTF_8));
  }

  private JsonNode push(String type, byte[] body) throws Exception {
    HttpResponse<String> answer = send(type, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String type, byte[] body) throws Exception {
    String seen = "2001-01-01T10:%02d:%02dZ".formatted(moment / 60, moment++ % 60);
    return http.send(
        HttpRequest.newBuilder(
                URI.create(project.address() + "/v1/sources/payments/events?seen_time=" + seen))
            .header("content-type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofString());
  }

  /** The values of a shop's features. */
  private String features(String shop) throws Exception {
    moment++;
    JsonNode answer =
        project.post(
            "/v1/features",
            """
            {"features": ["sold:times_24h", "sold:amount_24h", "sold:items_24h",
              "sold:payer_24h", "sold:tags_24h"], "rows": [{"shop": "%s"}],
             "q": "2001-01-01T10:%02d:%02d.5Z"}
            """
                .formatted(shop, (moment - 1) / 60, (moment - 1) % 60));
    List<String> values = new ArrayList<>();
    answer.get("features").forEach(feature -> values.add(feature.at("/values/0").toString()));
    return "[" + String.join(",", values) + "]";
  }
}
