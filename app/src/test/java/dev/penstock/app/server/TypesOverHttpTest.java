package dev.penstock.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.penstock.format.InputFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values from each kind of file and a push to the answer, online and offline, without loss. */
class TypesOverHttpTest {
  private static final String HUGE = "12345678901234567890123456789012.345678";

  @TempDir Path folder;
  private ShopProject shop;

  private void open(String columns, String features) throws IOException {
    shop = new ShopProject(folder, columns, features);
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  @Test
  void decimals_go_from_every_file_and_a_push_to_the_answer_without_loss() throws Exception {
    open(
        "amount: decimal(38,6)",
        """
        - sum(amount) as sum over 24h
        - sum(amount + 0.5) as more over 24h
        - mean(amount) as mean over 24h
        - min(amount) as min over 24h
        - max(amount) as max where (amount > 0) over 24h
        - first(amount) as first over 24h
        - last(amount) as last over 24h
        - distinct_count(amount) as distinct over 24h
        - top_k(amount, 1) as top over 24h
        """);
    shop.write(
        "a.csv",
        "payment,at,shop,amount\na,2001-01-01T01:00:00Z,s,%s\nn,2001-01-01T02:00:00Z,s,\n"
            .formatted(HUGE));
    shop.write(
        "b.ndjson",
        "{\"payment\":\"b\",\"at\":\"2001-01-01T03:00:00Z\",\"shop\":\"s\",\"amount\":-%s}\n"
            .formatted(HUGE));
    shop.parquet(
        "c.parquet",
        "SELECT 'c' AS payment, TIMESTAMPTZ '2001-01-01 04:00:00+00' AS \"at\", 's' AS shop,"
            + " 0.100000::DECIMAL(38,6) AS amount");
    shop.ingest("a.csv", "b.ndjson", "c.parquet");
    shop.serve();
    String row =
        "{\"payment\":\"%s\",\"at\":\"2001-01-01T0%s:00:00Z\",\"shop\":\"%s\",\"amount\":%s}";
    JsonNode receipt =
        shop.push(
            String.join(
                ",",
                row.formatted("d", 5, "s", "0.2"),
                row.formatted("e", 6, "s", "\"0.1\""),
                row.formatted("f", 6, "t", "99999999999999999999999999999999.999999"),
                row.formatted("g", 7, "t", "0.000001"),
                row.formatted("h", 7, "t", "0.0000001"),
                row.formatted("i", 7, "t", "1e999999999")));
    assertThat(receipt.get("accepted").asInt()).isEqualTo(4);
    assertThat(receipt.get("quarantined")).hasSize(2);

    Map<String, JsonNode> served = shop.online("s");
    assertThat(served.get("sum_24h").decimalValue()).isEqualTo(decimal("0.400000"));
    assertThat(served.get("more_24h").decimalValue()).isEqualTo(decimal("2.900000"));
    assertThat(served.get("mean_24h").doubleValue()).isEqualTo(0.4 / 5);
    assertThat(served.get("min_24h").decimalValue()).isEqualTo(decimal("-" + HUGE));
    assertThat(served.get("max_24h").decimalValue()).isEqualTo(decimal(HUGE));
    assertThat(served.get("first_24h").decimalValue()).isEqualTo(decimal(HUGE));
    assertThat(served.get("last_24h").decimalValue()).isEqualTo(decimal("0.100000"));
    assertThat(served.get("distinct_24h").intValue()).isEqualTo(4);
    assertThat(served.get("top_24h").asText()).isEqualTo("[[0.100000,2]]");
    assertThat(shop.online("t").get("sum_24h").asText()).isEqualTo("ERROR");
    shop.assertOfflineIsTheSame("s");
    shop.assertOfflineIsTheSame("t");
  }

  @Test
  void fields_inside_others_are_columns_by_their_path_in_every_form() throws Exception {
    open(
        """
        pay.amount: decimal(10,2) not null
        pay.card.name: string
        pay.card.scores: vector
        """,
        """
        - sum(pay.amount) as sum over 24h
        - last(pay.card.name) as card over 24h
        - count(pay.card.name) as cards over 24h
        - sum(pay.amount) as large where (pay.amount > 2 AND pay.card.name LIKE 'v%') over 24h
        - vector_sum(pay.card.scores) as scores over 24h
        """);
    String row = "{\"payment\":\"%s\",\"at\":\"2001-01-01T0%s:00:00Z\",\"shop\":\"s\",%s}\n";
    shop.write(
        "a.csv",
        "payment,at,shop,pay.amount,pay.card.name,pay.card.scores\n"
            + "a,2001-01-01T01:00:00Z,s,1.25,visa,[1]\n");
    shop.write(
        "b.ndjson",
        row.formatted("b", 2, "\"pay\":{\"amount\":2.50,\"card\":{\"name\":\"v2\"}}")
            + row.formatted("c", 3, "\"pay\":{\"card\":null,\"amount\":1}")
            + row.formatted("n1", 3, "\"pay\":5")
            + row.formatted("n2", 3, "\"pay\":{\"amount\":1.005}")
            + row.formatted("n3", 3, "\"pay\":{\"card\":{\"name\":\"x\"}}")
            + row.formatted("n4", 3, "\"pay\":{\"amount\":1,\"amont\":2}"));
    shop.write(
        "bad.ndjson",
        row.formatted("n5", 3, "\"pay\":[1]")
            + row.formatted("n6", 3, "\"pay\":{\"amount\":1,\"card\":{\"name\":[\"x\"]}}")
            + row.formatted("n7", 3, "\"pay\":{\"amount\":1,\"card\":{\"scores\":[1,{}]}}"));
    String parquet =
        "SELECT '%s' AS payment, TIMESTAMPTZ '2001-01-01 0%s:00:00+00' AS \"at\", 's' AS shop, %s"
            + " AS pay";
    shop.parquet(
        "c.parquet",
        parquet.formatted(
                "d",
                4,
                "{'amount': 4.00::DECIMAL(10,2), 'card': {'name': 'v3', 'scores': [2::FLOAT]}}")
            + " UNION ALL "
            + parquet.formatted("e", 5, "{'amount': 8.00, 'card': NULL}")
            + " UNION ALL "
            + parquet.formatted("f", 6, "NULL"));
    shop.ingest("a.csv", "b.ndjson", "bad.ndjson", "c.parquet");
    shop.serve();
    JsonNode receipt =
        shop.push(
            String.join(
                ",",
                row.formatted("g", 7, "\"pay\":{\"amount\":16,\"card\":{\"scores\":[4]}}"),
                row.formatted("h", 7, "\"pay.amount\":32"),
                row.formatted("i", 7, "\"pay\":[1]"),
                row.formatted("j", 7, "\"pay\":{\"amount\":\"x\"}"),
                row.formatted("k", 7, "\"pay\":{\"card\":{\"name\":\"x\"}}"),
                row.formatted("l", 7, "\"pay\":{\"amount\":1,\"card\":\"x\"}")));
    assertThat(receipt.get("accepted").asInt()).isEqualTo(2);
    List<String> refused = new ArrayList<>();
    receipt.get("quarantined").forEach(one -> refused.add(one.get("message").asText()));
    assertThat(refused)
        .containsExactly(
            "pay.amount is […], which is no decimal(10,2)",
            "pay.amount is x, which is no decimal(10,2)",
            "pay.amount is null, but declared not null",
            "pay.card.name is x, which is no string");
    assertThat(shop.quarantined())
        .contains(
            "column 'pay': '5' is no object",
            "column 'pay.amount': '1.005' is no decimal(10,2)",
            "pay.amount is null, but declared not null",
            "key 'pay.amont' was not expected",
            "column 'pay': '[…]' is no object",
            "column 'pay.card.name': '[…]' is no string",
            "column 'pay.card.scores': '{…}' is no vector (an element is no number)");

    Map<String, JsonNode> served = shop.online("s");
    assertThat(served.get("sum_24h").decimalValue()).isEqualTo(decimal("64.75"));
    assertThat(served.get("card_24h").asText()).isEqualTo("v3");
    assertThat(served.get("cards_24h").intValue()).isEqualTo(3);
    assertThat(served.get("large_24h").decimalValue()).isEqualTo(decimal("6.50"));
    assertThat(served.get("scores_24h").toString()).isEqualTo("[7.0]");
    shop.assertOfflineIsTheSame("s");
    assertThat(InputFile.at(folder.resolve("b.ndjson")).schema().names())
        .containsExactly("payment", "at", "shop", "pay.amount", "pay.card.name", "pay.amont");
  }

  @Test
  void sql_names_a_field_inside_another_in_quotes() throws Exception {
    open("pay.amount: decimal(10,2)\npay.card.name: string\n", "- count() as payments over 24h");
    shop.write(
        "a.ndjson",
        """
        {"payment":"a","at":"2001-01-01T01:00:00Z","shop":"s","pay":{"amount":1.5,"card":null}}
        {"payment":"b","at":"2001-01-01T01:00:00Z","shop":"s","pay":{"card":{"name":"visa"}}}
        """);
    shop.ingest("a.ndjson");

    assertThat(
            shop.sql(
                """
                SELECT "pay.amount", payments."pay.card.name" FROM payments
                WHERE "pay.amount" IS NULL OR "pay.amount" > 1 ORDER BY payment
                """))
        .containsExactly(Arrays.asList(decimal("1.50"), null), Arrays.asList(null, "visa"));
  }
}
