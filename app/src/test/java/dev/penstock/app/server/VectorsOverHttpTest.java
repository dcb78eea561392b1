package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of numbers from each kind of file and a push to the sums of vectors. */
class VectorsOverHttpTest {
  private static final String FEATURES =
      """
      - vector_sum(v) as sum over 24h
      - vector_mean(v) as mean over 24h
      - count(v) as lists over 24h
      """;
  private static final String PARQUET =
      "SELECT payment, TIMESTAMPTZ '2001-01-01 01:00:00+00' AS \"at\", shop, v%s AS v FROM (VALUES"
          + " %s) t(payment, shop, v)";

  @TempDir Path folder;
  private ShopProject shop;

  @AfterEach
  void close() {
    shop.close();
  }

  private static String row(String payment, String shop, String list) {
    return "{\"payment\":\"%s\",\"at\":\"2001-01-01T01:00:00Z\",\"shop\":\"%s\",\"v\":%s}\n"
        .formatted(payment, shop, list);
  }

  private static float[] floats(JsonNode list) {
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.get(i).floatValue();
    }
    return floats;
  }

  /** Its second number lies so close above the middle of two floats that a double is the middle. */
  private static final String ONE = "[0.1, 1.00000005960464477539062501, 1152921573326323713]";

  private static final String OTHER = "[0.2, 0, 0]";

  @Test
  void lists_of_numbers_are_the_same_vectors_from_every_form() throws Exception {
    shop = new ShopProject(folder, "v: vector", FEATURES);
    shop.write(
        "text.csv",
        "payment,at,shop,v\nt1,2001-01-01T01:00:00Z,csv,\"%s\"\nt2,2001-01-01T01:00:00Z,csv,\"%s\"\n"
            .formatted(ONE, OTHER));
    shop.write("text.ndjson", row("j1", "ndjson", ONE) + row("j2", "ndjson", OTHER));
    shop.parquet(
        "doubles.parquet",
        PARQUET.formatted(
            "::DOUBLE[]", "('d1', 'double', '%s'), ('d2', 'double', '%s')".formatted(ONE, OTHER)));
    shop.parquet(
        "floats.parquet",
        PARQUET.formatted(
            "::DOUBLE[]::FLOAT[]",
            "('f1', 'float', '%s'), ('f2', 'float', '%s')".formatted(ONE, OTHER)));
    String whole = "[1152921573326323713, -3]";
    shop.write("whole.ndjson", row("w1", "whole", whole));
    shop.parquet(
        "longs.parquet", PARQUET.formatted("::BIGINT[]", "('l1', 'long', '%s')".formatted(whole)));
    shop.parquet(
        "ints.parquet",
        PARQUET.formatted("::INTEGER[]", "('i1', 'int', '[16777217, -3]')")
            + " UNION ALL "
            + PARQUET.formatted("::SMALLINT[]", "('i2', 'int', '[1, 1]')"));
    shop.parquet(
        "unsigned.parquet",
        PARQUET.formatted("::UINTEGER[]", "('u1', 'unsigned', '[4294967295]')"));
    shop.ingest(
        "text.csv",
        "text.ndjson",
        "doubles.parquet",
        "floats.parquet",
        "whole.ndjson",
        "longs.parquet",
        "ints.parquet",
        "unsigned.parquet");
    shop.serve();
    shop.push(row("p1", "pushed", ONE) + "," + row("p2", "pushed", OTHER));

    Map<String, JsonNode> pushed = shop.online("pushed");
    assertThat(floats(pushed.get("sum_24h")))
        .containsExactly((float) (0.1f + (double) 0.2f), 1, 1L << 60);
    assertThat(floats(pushed.get("mean_24h")))
        .containsExactly((float) ((0.1f + (double) 0.2f) / 2), 0.5f, 1L << 59);
    for (String same : new String[] {"csv", "ndjson", "double", "float"}) {
      assertThat(shop.online(same)).as(same).isEqualTo(pushed);
      shop.assertOfflineIsTheSame(same);
    }
    assertThat(shop.online("long")).isEqualTo(shop.online("whole"));
    assertThat(floats(shop.online("int").get("sum_24h"))).containsExactly(16_777_216, -2);
    assertThat(floats(shop.online("unsigned").get("sum_24h"))).containsExactly(1L << 32);
  }

  @Test
  void list_that_is_no_vector_refuses_its_row_in_every_form() throws Exception {
    shop = new ShopProject(folder, "v: vector(2)", FEATURES);
    shop.parquet(
        "a.parquet",
        PARQUET.formatted(
            "::DOUBLE[]",
            "('a', 's', '[1, 2]'), ('b', 's', '[1]'), ('c', 's', '[1, NULL]'), ('d', 's', NULL),"
                + " ('e', 's', '[]'), (NULL, 's', '[1, 2]'), ('f', 's', '[4, 5]')"));
    shop.write(
        "b.ndjson",
        row("g", "s", "[8, 16]")
            + row("h", "s", "[1]")
            + row("i", "s", "[1, null]")
            + row("j", "s", "null")
            + row("k", "s", "[]"));
    shop.ingest("a.parquet", "b.ndjson");
    shop.serve();
    JsonNode receipt =
        shop.push(
            String.join(
                ",",
                row("l", "s", "[32, 64]"),
                row("m", "s", "[1]"),
                row("n", "s", "[1, null]"),
                row("o", "s", "null"),
                row("p", "s", "[]")));

    assertThat(receipt.get("accepted").asInt()).isEqualTo(2);
    assertThat(receipt.get("quarantined").findValuesAsText("message"))
        .containsExactly(
            "v is […] of 1 numbers, which is no vector(2)",
            "v is […] of 1 numbers, which is no vector(2)",
            "v is […] of 0 numbers, which is no vector(2)");
    for (String file : new String[] {"a.parquet", "b.ndjson"}) {
      assertThat(shop.quarantined())
          .contains(
              file + "#2, UNREADABLE_ROW, column 'v': '[…]' is no vector(2) (1 elements)",
              file
                  + "#3, UNREADABLE_ROW, column 'v': 'null' is no vector(2) (an element is no number)",
              file + "#5, UNREADABLE_ROW, column 'v': '[…]' is no vector(2) (0 elements)");
    }
    assertThat(shop.quarantined()).contains("a.parquet#6, NULL_VALUE", "payment=c, ");
    Map<String, JsonNode> served = shop.online("s");
    assertThat(served.get("sum_24h").toString()).isEqualTo("[45.0,87.0]");
    assertThat(served.get("lists_24h").intValue()).isEqualTo(4);
    shop.assertOfflineIsTheSame("s");
  }

  @Test
  void lists_of_two_lengths_are_an_error_and_empty_ones_have_a_length() throws Exception {
    shop = new ShopProject(folder, "v: vector", FEATURES);
    shop.parquet(
        "a.parquet",
        PARQUET.formatted(
            "::FLOAT[]",
            "('a', 'two', '[1, 2]'), ('b', 'two', '[1]'), ('c', 'empty', '[]'), ('d', 'empty', '[]'),"
                + " ('e', 'mixed', '[]'), ('f', 'mixed', '[1]'), ('g', 'none', NULL),"
                + " ('h', 'one', NULL), ('i', 'one', '[1, 2]')"));
    shop.ingest("a.parquet");
    shop.serve();

    assertThat(shop.online("two").get("sum_24h").asText()).isEqualTo("ERROR");
    assertThat(shop.online("mixed").get("mean_24h").asText()).isEqualTo("ERROR");
    assertThat(shop.online("empty").get("sum_24h").toString()).isEqualTo("[]");
    assertThat(shop.online("empty").get("lists_24h").intValue()).isEqualTo(2);
    assertThat(shop.online("none").get("sum_24h").isNull()).isTrue();
    assertThat(shop.online("none").get("lists_24h").intValue()).isZero();
    assertThat(shop.online("one").get("mean_24h").toString()).isEqualTo("[1.0,2.0]");
  }
}
