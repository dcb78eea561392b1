package dev.penstock.platform.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.definition.DefinitionErrors;
import dev.penstock.platform.definition.TestProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused of a source whose rows change, and of what is made of its rows. */
class ChangesErrorsTest {
  private static final String FILE = "shop.yaml";

  @TempDir Path folder;

  private TestProject project() {
    return TestProject.in(folder)
        .file(
            FILE,
            """
            source: orders
            owner: shop@example.com
            columns:
              order_id: int64 not null
              at: timestamp not null
              shop: string not null
              amount: float64
              op: string not null
            event_time: at
            primary_key: [order_id]
            changes: {operation: op, puts: [c, u], deletes: [d]}
            ---
            entity: shop
            owner: shop@example.com
            keys: {shop: string}
            ---
            feature_view: turnover
            owner: shop@example.com
            entity: shop
            source: orders
            features:
              - sum(amount) as amount over 7d
            ---
            feature_service: shops
            owner: shop@example.com
            features: [turnover]
            """);
  }

  private void assertError(String from, String to, String... parts) {
    assertThat(errors(project().change(FILE, from, to))).contains(parts);
  }

  private static String errors(TestProject project) {
    try {
      CompiledTest.compile(project);
      return "";
    } catch (DefinitionErrors e) {
      return e.getMessage();
    }
  }

  @Test
  void the_project_is_right_as_it_is() {
    assertThat(errors(project())).isEmpty();
  }

  @Test
  void changes_need_a_primary_key() {
    assertError(
        "primary_key: [order_id]\n",
        "",
        "DEFINITION_MISSING_FIELD shop.yaml:10:1 a source whose rows change lacks a 'primary_key';"
            + " name the columns by which a change finds its row");
  }

  @Test
  void a_primary_key_without_changes_is_refused() {
    assertError(
        "changes: {operation: op, puts: [c, u], deletes: [d]}\n",
        "",
        "DEFINITION_MISSING_FIELD shop.yaml:10:1 a 'primary_key' says nothing of rows that stay;"
            + " add changes: upserts");
  }

  @Test
  void another_word_than_upserts_is_named_with_the_nearest() {
    assertError(
        "changes: {operation: op, puts: [c, u], deletes: [d]}",
        "changes: upsert",
        "DEFINITION_VALUE shop.yaml:11:10 'upsert' is no 'changes'",
        "Did you mean 'upserts'?");
  }

  @Test
  void an_operation_column_that_is_not_there_is_named_with_the_nearest() {
    assertError(
        "operation: op,",
        "operation: opp,",
        "COLUMN_NOT_FOUND shop.yaml:11:22 there is no column 'opp'",
        "Did you mean 'op'?");
  }

  @Test
  void a_mapping_of_changes_names_the_operation_column() {
    assertError(
        "operation: op, ",
        "",
        "DEFINITION_MISSING_FIELD shop.yaml:11:10 'changes' of source 'orders' lacks 'operation'");
  }

  @Test
  void an_operation_column_that_is_no_text_is_refused() {
    assertError(
        "  op: string",
        "  op: int32",
        "TYPE_MISMATCH shop.yaml:11:22 the column that says what a row does must be string, and"
            + " 'op' is int32");
  }

  @Test
  void an_operation_column_of_the_key_is_refused() {
    assertError(
        "primary_key: [order_id]",
        "primary_key: [order_id, op]",
        "DEFINITION_VALUE shop.yaml:11:22 'op' says what a row does, and is of the primary key");
  }

  @Test
  void a_column_that_no_key_can_have_is_refused() {
    assertError(
        "primary_key: [order_id]",
        "primary_key: [order_id, amount]",
        "TYPE_MISMATCH shop.yaml:10:25 no primary key can have a column of type float64, as"
            + " 'amount' is; a key has columns of type string, int32, int64, boolean or date");
  }

  @Test
  void a_column_that_is_twice_in_the_key_is_refused() {
    assertError(
        "primary_key: [order_id]",
        "primary_key: [order_id, order_id]",
        "DEFINITION_DUPLICATE shop.yaml:10:25 column of the primary key 'order_id' is there twice");
  }

  @Test
  void a_word_that_both_puts_and_deletes_is_refused_where_it_stands() {
    assertError(
        "deletes: [d]",
        "deletes: [d, c]",
        "DEFINITION_VALUE shop.yaml:11:53 'c' both puts a row and deletes it;"
            + " puts: c, u; deletes: c, d");
    assertError(
        "puts: [c, u], deletes: [d]",
        "puts: [c, d]",
        "DEFINITION_VALUE shop.yaml:11:36 'd' both puts a row and deletes it");
  }

  @Test
  void changes_that_put_nothing_are_refused() {
    assertError(
        "puts: [c, u]",
        "puts: []",
        "DEFINITION_VALUE shop.yaml:11:26 no row would ever come in: 'puts' is empty");
  }

  @Test
  void an_id_of_the_primary_key_is_refused() {
    assertError(
        "event_time: at",
        "event_time: at\nid: order_id",
        "DEFINITION_VALUE shop.yaml:10:5 'order_id' is the id of a change, and of the primary key");
  }

  @Test
  void a_dimension_has_no_changes() {
    TestProject project =
        TestProject.complete(folder)
            .change("sources.yaml", "primary_key: code", "primary_key: code\nchanges: upserts");
    assertThat(errors(project))
        .contains(
            "UNSUPPORTED sources.yaml:5:1 a dimension that is read from a 'file' has no"
                + " 'changes'");
  }

  @Test
  void a_resolution_over_rows_that_change_is_refused_and_says_which_feature() {
    assertError(
        "over 7d",
        "over 7d resolution 1h",
        "DEFINITION_VALUE shop.yaml:17:15 view 'turnover' lets single rows go"
            + " (amount_7d_resolution_1h over 1w resolution 1h), but its source may retract them;"
            + " write the window without 'resolution'");
  }

  @Test
  void a_resolution_behind_a_transform_is_refused_too() {
    assertThat(
            errors(
                project()
                    .change(FILE, "source: orders\nfeatures", "source: large\nfeatures")
                    .change(FILE, "over 7d", "over 7d resolution 1h")
                    .file(
                        "more.yaml",
                        """
                        transform: large
                        owner: o
                        sql: SELECT shop, amount FROM orders WHERE amount > 10
                        """)))
        .contains("but its source may retract them");
  }

  @Test
  void a_dataset_whose_spine_or_labels_change_is_refused() {
    String errors =
        errors(
            project()
                .file(
                    "more.yaml",
                    """
                    dataset: sold
                    owner: o
                    spine: orders
                    label: {name: large, from: orders, value: amount > 10, join: order_id}
                    features: shops
                    splits: {train: {from: 2020-01-01, to: 2020-03-01}}
                    """));
    assertThat(errors)
        .contains(
            "UNSUPPORTED more.yaml:3:8 rows of 'orders' change, and those of a spine or of labels"
                + " must stay",
            "UNSUPPORTED more.yaml:4:28 rows of 'orders' change");
  }

  @Test
  void a_query_that_does_not_see_retractions_is_refused() {
    String unmindful =
        """
        transform: by_shop
        owner: o
        sql: SELECT shop, sum(amount) AS amount FROM orders GROUP BY shop
        """;
    assertThat(errors(project().file("more.yaml", unmindful)))
        .contains(
            "UNSUPPORTED more.yaml:3:6 rows of 'orders' change: its table has each row that was,"
                + " and each retraction; leave out what was taken back, by _retracts_partition and"
                + " _retracts_offset");
    String mindful =
        """
        transform: by_shop
        owner: o
        sql: >
          SELECT shop, sum(amount) AS amount FROM orders o
          WHERE _retracts_offset IS NULL AND NOT EXISTS (
            SELECT 1 FROM orders r
            WHERE r._retracts_partition = o._partition AND r._retracts_offset = o._offset)
          GROUP BY shop
        """;
    assertThat(errors(project().file("more.yaml", mindful))).isEmpty();
  }
}
