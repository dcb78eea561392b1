package dev.penstock.app.server.flight;

import dev.penstock.platform.command.TableShape;
import dev.penstock.wire.flight.CommandGetDbSchemas;
import dev.penstock.wire.flight.CommandGetTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What there is, as tools ask for it: a namespace is a schema, catalogs there are none, and no keys
 * either. Columns of the answers are those of the public protocol.
 */
final class Listings {
  private static final String TABLE = "TABLE";
  private static final ArrowType TEXT = ArrowType.Utf8.INSTANCE;
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final ArrowType UINT8 = new ArrowType.Int(8, false);

  private static final Schema CATALOGS = schema(required("catalog_name", TEXT));
  private static final Schema SCHEMAS =
      schema(optional("catalog_name", TEXT), required("db_schema_name", TEXT));
  private static final Schema TYPES = schema(required("table_type", TEXT));
  private static final Schema TABLES =
      schema(
          optional("catalog_name", TEXT),
          optional("db_schema_name", TEXT),
          required("table_name", TEXT),
          required("table_type", TEXT));
  private static final Schema TABLES_AND_COLUMNS =
      schema(
          optional("catalog_name", TEXT),
          optional("db_schema_name", TEXT),
          required("table_name", TEXT),
          required("table_type", TEXT),
          required("table_schema", ArrowType.Binary.INSTANCE));
  private static final Schema PRIMARY_KEYS =
      schema(
          optional("catalog_name", TEXT),
          optional("db_schema_name", TEXT),
          required("table_name", TEXT),
          required("column_name", TEXT),
          optional("key_name", TEXT),
          required("key_sequence", INT32));
  private static final Schema FOREIGN_KEYS =
      schema(
          optional("pk_catalog_name", TEXT),
          optional("pk_db_schema_name", TEXT),
          required("pk_table_name", TEXT),
          required("pk_column_name", TEXT),
          optional("fk_catalog_name", TEXT),
          optional("fk_db_schema_name", TEXT),
          required("fk_table_name", TEXT),
          required("fk_column_name", TEXT),
          required("key_sequence", INT32),
          optional("fk_key_name", TEXT),
          optional("pk_key_name", TEXT),
          required("update_rule", UINT8),
          required("delete_rule", UINT8));

  private Listings() {}

  private static Schema schema(Field... fields) {
    return new Schema(Arrays.asList(fields));
  }

  private static Field required(String name, ArrowType type) {
    return new Field(name, FieldType.notNullable(type), null);
  }

  private static Field optional(String name, ArrowType type) {
    return Field.nullable(name, type);
  }

  static FlightRows catalogs() {
    return FlightRows.of(CATALOGS, List.of());
  }

  static FlightRows primaryKeys() {
    return FlightRows.of(PRIMARY_KEYS, List.of());
  }

  static FlightRows foreignKeys() {
    return FlightRows.of(FOREIGN_KEYS, List.of());
  }

  static FlightRows tableTypes() {
    return FlightRows.of(TYPES, List.of(List.of(TABLE)));
  }

  static FlightRows schemas(CommandGetDbSchemas command, List<TableShape> tables) {
    Pattern wanted =
        pattern(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
    List<List<@Nullable Object>> rows = new ArrayList<>();
    if (isOurs(command.hasCatalog(), command.getCatalog())) {
      tables.stream()
          .map(TableShape::namespace)
          .distinct()
          .filter(name -> wanted.matcher(name).matches())
          .sorted()
          .forEach(name -> rows.add(Arrays.asList(null, name)));
    }
    return FlightRows.of(SCHEMAS, rows);
  }

  static FlightRows tables(CommandGetTables command, List<TableShape> tables) {
    Pattern schema =
        pattern(command.hasDbSchemaFilterPattern(), command.getDbSchemaFilterPattern());
    Pattern name =
        pattern(command.hasTableNameFilterPattern(), command.getTableNameFilterPattern());
    boolean anyType =
        command.getTableTypesCount() == 0 || command.getTableTypesList().contains(TABLE);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (TableShape table : tables) {
      if (anyType
          && isOurs(command.hasCatalog(), command.getCatalog())
          && schema.matcher(table.namespace()).matches()
          && name.matcher(table.name()).matches()) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(null);
        row.add(table.namespace());
        row.add(table.name());
        row.add(TABLE);
        if (command.getIncludeSchema()) {
          row.add(ArrowSchemas.message(ArrowSchemas.of(table.columns())).toByteArray());
        }
        rows.add(row);
      }
    }
    return FlightRows.of(command.getIncludeSchema() ? TABLES_AND_COLUMNS : TABLES, rows);
  }

  /** A tool that asks for a catalog of some name asks for something else. */
  private static boolean isOurs(boolean named, String catalog) {
    return !named || catalog.isEmpty();
  }

  /** {@code %} is anything, {@code _} any character, and a backslash takes that meaning away. */
  private static Pattern pattern(boolean given, String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        regex.append(Pattern.quote(text.substring(i, i + 1)));
      } else {
        regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(given ? regex.toString() : ".*", Pattern.DOTALL);
  }
}
