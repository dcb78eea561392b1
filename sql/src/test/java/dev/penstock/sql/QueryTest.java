package dev.penstock.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Place;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
  private static Query parse(String sql) {
    return Query.parse(sql, Rows.PLACE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          SELECT 1                                                        ~ ``
          SELECT a FROM t                                                 ~ t
          SELECT a FROM t, u AS x, "odd name" y                           ~ t u odd name
          SELECT a FROM t JOIN u USING (a) LEFT JOIN v ON t.a = v.a, w    ~ t u v w
          SELECT extract(hour FROM date), substring(s FROM 2) FROM t      ~ t
          SELECT a IS NOT DISTINCT FROM b FROM t                          ~ t
          SELECT * FROM (SELECT * FROM inner_t) x JOIN u ON true          ~ inner_t u
          SELECT (SELECT max(a) FROM u) FROM t WHERE EXISTS (FROM v)      ~ u t v
          SELECT * FROM (t JOIN u ON t.a = u.a) JOIN v ON true            ~ t u v
          WITH c AS (SELECT * FROM t) SELECT * FROM c JOIN u ON true      ~ t u
          WITH t AS (SELECT * FROM t) SELECT * FROM t                     ~ t
          WITH c(a, b) AS NOT MATERIALIZED (SELECT 1, 2), d AS (FROM c) SELECT * FROM c, d ~ ``
          WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 5) FROM r ~ ``
          SELECT * FROM (WITH c AS (SELECT 1) SELECT * FROM c), c         ~ c
          SELECT * FROM generate_series(1, 10) AS g, t                    ~ t
          SELECT * FROM unnest([1, 2]), LATERAL (SELECT * FROM u)         ~ u
          FROM t SELECT a ORDER BY a, b                                   ~ t
          SELECT a FROM t GROUP BY ALL UNION ALL SELECT b FROM u          ~ t u
          SELECT a, b FROM t ORDER BY a, b LIMIT 3                        ~ t
          SELECT 'from x', $$ from y $$ /* from z */ FROM t -- from w     ~ t
          SUMMARIZE t                                                     ~ t
          DESCRIBE SELECT * FROM t                                        ~ t
          EXPLAIN SELECT * FROM t                                         ~ t
          SELECT t.from_date, count(DISTINCT a) FROM t                    ~ t
          VALUES (1), (2)                                                 ~ ``
          SELECT * FROM t ASOF LEFT JOIN u ON t.k = u.k AND t.at >= u.at  ~ t u
          """)
  void it_finds_the_tables(String sql, String tables) {
    assertThat(String.join(" ", parse(sql).tables().stream().map(TableReference::view).toList()))
        .isEqualTo(tables);
  }

  @Test
  void as_of_reads_a_view() {
    Query query = parse("SELECT * FROM landings AS OF '2001-05-01' WHERE delay > 0;");
    assertThat(query.tables()).containsExactly(new TableReference("landings", "2001-05-01"));
    assertThat(query.sql())
        .isEqualTo("SELECT * FROM \"landings@2001-05-01\" AS \"landings\" WHERE delay > 0");
    assertThat(query.rowWise()).isFalse();
    assertThat(parse("SELECT * FROM a AS OF 42 x JOIN a ON true").sql())
        .isEqualTo("SELECT * FROM \"a@42\" x JOIN a ON true");
  }

  @Test
  void tables_of_a_namespace_are_views_where_they_may_be_named() {
    String sql = "SELECT t.a FROM lab.t, x.\"y.z\".u AS OF 'v' w JOIN t o ON true";
    Query query = Query.parse(sql, Rows.PLACE, Query.Reach.WAREHOUSE);
    assertThat(query.tables())
        .containsExactly(
            new TableReference(List.of("lab"), "t", null),
            new TableReference(List.of("x", "y.z"), "u", "v"),
            new TableReference("t", null));
    assertThat(query.sql())
        .isEqualTo("SELECT t.a FROM \"lab.t\" AS \"t\", \"x.[y.z].u@v\" w JOIN t o ON true");
    assertThat(Query.parse("SELECT a FROM lab.t", Rows.PLACE, Query.Reach.WAREHOUSE).rowWise())
        .isFalse();
  }

  @Test
  void row_wise_is_told_from_the_text() {
    assertThat(parse("SELECT origin, delay >= 15 AS late FROM landings").rowWise()).isTrue();
    assertThat(parse("SELECT origin, delay >= 15 AS late FROM landings").outputs())
        .containsExactly("origin", "late");
    assertThat(parse("SELECT * FROM landings WHERE delay > 0").rowWise()).isTrue();
    assertThat(parse("SELECT * FROM landings").outputs()).isEmpty();
    for (String sql :
        List.of(
            "SELECT origin, count(*) AS n FROM landings GROUP BY ALL",
            "SELECT origin FROM landings ORDER BY origin",
            "SELECT DISTINCT origin FROM landings",
            "SELECT levenshtein(a, b) AS d FROM landings",
            "SELECT a FROM x JOIN y USING (a)",
            "WITH c AS (SELECT 1) SELECT * FROM c")) {
      assertThat(parse(sql).rowWise()).as(sql).isFalse();
    }
  }

  @Test
  void text_is_canonical() {
    assertThat(parse("select  a,count( * )\nfrom T -- c\nwhere \"B\"='x''y' group by all;").text())
        .isEqualTo("SELECT a, count (*) FROM T WHERE \"B\" = 'x''y' GROUP BY ALL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          COPY t TO 'x'                  ~ UNSUPPORTED ~ 5  ~ 'COPY' does not start a query
          (DELETE FROM t)                ~ UNSUPPORTED ~ 5  ~ does not start a query
          SELECT 1; DROP TABLE t         ~ UNSUPPORTED ~ 13 ~ there is a second statement
          SELECT * FROM 'a.parquet'      ~ UNSUPPORTED ~ 19 ~ reads the project's tables, not files
          SELECT now() FROM t            ~ EXPRESSION_NOT_DETERMINISTIC ~ 12 ~ 'now' gives another value
          SELECT current_date FROM t     ~ EXPRESSION_NOT_DETERMINISTIC ~ 12 ~ 'current_date'
          SELECT Random() FROM t         ~ EXPRESSION_NOT_DETERMINISTIC ~ 12 ~ 'random'
          SELECT * FROM main.t           ~ NOT_FOUND   ~ 19 ~ there is no schema 'main'
          SELECT * FROM t WHERE a = ?    ~ UNSUPPORTED ~ 31 ~ a query has no parameters
          SELECT * FROM t AS OF x        ~ EXPRESSION_SYNTAX ~ 27 ~ where a moment should be
          SELECT 1)                      ~ EXPRESSION_SYNTAX ~ 13 ~ ')' without '('
          ``                             ~ EXPRESSION_SYNTAX ~ 5 ~ there is no query
          """)
  void what_is_no_query_is_refused(String sql, String code, int column, String part) {
    assertThatThrownBy(() -> parse(sql))
        .hasMessageStartingWith(code + " " + new Place("views.yaml", 10, column) + " ")
        .hasMessageContaining(part);
  }
}
