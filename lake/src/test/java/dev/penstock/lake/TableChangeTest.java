package dev.penstock.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.Batch;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.format.BatchReader;
import dev.penstock.lake.internal.LocalFileIo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableChangeTest {
  private static final Schema PAID =
      Schema.of(Field.required("n", Scalar.INT64), Field.of("payment.amount", Scalar.INT64));

  @TempDir Path folder;
  private Lake lake;

  @BeforeEach
  void open() {
    lake = Lake.open(folder, "project");
  }

  @AfterEach
  void close() {
    lake.close();
  }

  /** A table that has a struct, as other engines make them. */
  private LakeTable foreign() {
    Types.StructType address =
        Types.StructType.of(
            Types.NestedField.optional(3, "city", Types.StringType.get()),
            Types.NestedField.optional(4, "zip", Types.IntegerType.get()));
    try (JdbcCatalog catalog = new JdbcCatalog(properties -> new LocalFileIo(), null, true)) {
      catalog.initialize(
          CatalogDatabase.CATALOG,
          CatalogDatabase.sqlite(folder).properties(LocalFileIo.location(folder), 1));
      catalog.createNamespace(Namespace.of("others"), Map.of());
      catalog.createTable(
          TableIdentifier.of("others", "people"),
          new org.apache.iceberg.Schema(
              Types.NestedField.optional(1, "n", Types.LongType.get()),
              Types.NestedField.optional(2, "address", address)));
    }
    return lake.table(List.of("others"), "people");
  }

  private static Batch row(Schema schema, long... values) {
    return new Batch(
        schema,
        LongStream.of(values)
            .mapToObj(
                value -> {
                  ColumnBuilder column = ColumnBuilder.of(Scalar.INT64, 1);
                  column.appendLong(value);
                  return column.build();
                })
            .toList());
  }

  @Test
  void a_column_whose_name_has_dots_is_added_and_renamed_at_the_top() {
    LakeTable table = lake.create("orders", Numbers.SCHEMA);
    table.write().append(Numbers.rows(1, 2));
    table.change().add(Field.of("payment.amount", Scalar.INT64)).commit();
    table.write().append(BatchReader.of(PAID, List.of(row(PAID, 2, 70))));
    table.change().rename("payment.amount", "payment.total").commit();
    assertThat(table.schema().names()).containsExactly("n", "payment.total");
    try (BatchReader reader = table.scan().columns(List.of("payment.total")).open()) {
      assertThat(reader.next().column("payment.total").value(0)).isNull();
      assertThat(reader.next().column("payment.total").value(0)).isEqualTo(70L);
    }
  }

  @Test
  void fields_of_a_struct_are_added_renamed_widened_and_dropped_by_their_path() {
    LakeTable table = foreign();
    table.change().add(Field.of("address.street", Scalar.STRING)).commit();
    table.change().rename("address.city", "address.town").commit();
    table.change().widen("address.zip", Scalar.INT64).commit();
    assertThat(table.schema().fields())
        .containsExactly(
            Field.of("n", Scalar.INT64),
            Field.of("address.town", Scalar.STRING),
            Field.of("address.zip", Scalar.INT64),
            Field.of("address.street", Scalar.STRING));
    table.change().drop("address.zip").commit();
    assertThat(table.schema().names()).containsExactly("n", "address.town", "address.street");
  }

  @Test
  void a_field_does_not_leave_its_struct_by_a_new_name() {
    LakeTable table = foreign();
    assertThatThrownBy(() -> table.change().rename("address.city", "city").commit())
        .hasMessageContaining("SCHEMA_INCOMPATIBLE")
        .hasMessageContaining("address.city");
    assertThat(table.schema().names()).contains("address.city");
  }

  @Test
  void columns_are_put_in_another_order_and_old_files_are_read_in_it() {
    LakeTable table = lake.create("orders", PAID);
    table.write().append(BatchReader.of(PAID, List.of(row(PAID, 1, 70))));
    table.change().moveFirst("payment.amount").commit();
    assertThat(table.schema().names()).containsExactly("payment.amount", "n");
    try (BatchReader reader = table.scan().open()) {
      Batch read = reader.next();
      assertThat(read.schema().names()).containsExactly("payment.amount", "n");
      assertThat(read.column("n").value(0)).isEqualTo(1L);
      assertThat(read.column("payment.amount").value(0)).isEqualTo(70L);
    }
    table.change().moveAfter("payment.amount", "n").commit();
    assertThat(table.schema().names()).containsExactly("n", "payment.amount");
  }
}
