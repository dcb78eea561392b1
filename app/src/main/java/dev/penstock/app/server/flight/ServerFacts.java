package dev.penstock.app.server.flight;

import dev.penstock.app.command.Version;
import dev.penstock.wire.flight.CommandGetSqlInfo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What this server is and can, by the numbers of the public protocol ({@code SqlInfo}): it reads,
 * without transactions. Values are text, truth, int64, bits in int32, or texts.
 */
final class ServerFacts {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final int BITS_OF_ALL_JOINS_AND_SUBQUERIES = 7;
  private static final int CASE_INSENSITIVE = 1;
  private static final int NULLS_LAST = 3;

  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("info_name", FieldType.notNullable(new ArrowType.Int(32, false)), null),
              new Field(
                  "value",
                  FieldType.notNullable(
                      new ArrowType.Union(UnionMode.Dense, new int[] {0, 1, 2, 3, 4, 5})),
                  List.of(
                      Field.nullable("string_value", ArrowType.Utf8.INSTANCE),
                      Field.nullable("bool_value", ArrowType.Bool.INSTANCE),
                      Field.nullable("bigint_value", new ArrowType.Int(64, true)),
                      Field.nullable("int32_bitmask", INT32),
                      new Field(
                          "string_list",
                          FieldType.nullable(ArrowType.List.INSTANCE),
                          List.of(Field.nullable("item", ArrowType.Utf8.INSTANCE))),
                      new Field(
                          "int32_to_int32_list_map",
                          FieldType.nullable(new ArrowType.Map(false)),
                          List.of(
                              new Field(
                                  MapVector.DATA_VECTOR_NAME,
                                  FieldType.notNullable(ArrowType.Struct.INSTANCE),
                                  List.of(
                                      new Field("key", FieldType.notNullable(INT32), null),
                                      new Field(
                                          "value",
                                          FieldType.nullable(ArrowType.List.INSTANCE),
                                          List.of(Field.nullable("item", INT32)))))))))));

  private static final Map<Integer, Object> FACTS = facts();

  private ServerFacts() {}

  private static Map<Integer, Object> facts() {
    Map<Integer, Object> facts = new TreeMap<>();
    put(facts, "Penstock", 0);
    put(facts, Version.text(), 1);
    put(facts, "19.0.0", 2);
    put(facts, true, 3, 4, 506, 515, 516, 518, 520, 521, 523, 539);
    put(facts, false, 5, 9, 10, 11, 500, 501, 502, 519, 524, 527, 532, 536, 537, 556, 563);
    put(facts, false, 565, 566, 572, 573, 574, 575, 576);
    put(facts, 0, 8, 100, 101, 533, 534, 535, 564, 568, 569, 570, 571);
    put(facts, (long) CASE_INSENSITIVE, 503, 505);
    put(facts, "\"", 504);
    put(facts, (long) NULLS_LAST, 507);
    put(facts, List.of(), 508, 509, 510, 511, 512);
    put(facts, "\\", 513);
    put(facts, "", 514);
    put(facts, BITS_OF_ALL_JOINS_AND_SUBQUERIES, 522, 525, 526, 528, 538, 540);
    put(facts, Map.of(), 517);
    put(facts, "namespace", 529);
    put(facts, "procedure", 530);
    put(facts, "catalog", 531);
    put(facts, 0L, IntStream.rangeClosed(541, 555).toArray());
    put(facts, 0L, 557, 558, 559, 560, 561, 562);
    put(facts, 1, 567);
    return Collections.unmodifiableMap(facts);
  }

  private static void put(Map<Integer, Object> facts, Object value, int... numbers) {
    Arrays.stream(numbers).forEach(number -> facts.put(number, value));
  }

  /** Those that are asked for; all, if none is named. */
  static FlightRows rows(CommandGetSqlInfo command) {
    List<Integer> asked = new ArrayList<>(FACTS.keySet());
    if (command.getInfoCount() > 0) {
      asked.retainAll(command.getInfoList());
    }
    return new FlightRows() {
      private boolean given;

      @Override
      public Schema schema() {
        return SCHEMA;
      }

      @Override
      public boolean next(VectorSchemaRoot root) {
        if (given) {
          return false;
        }
        given = true;
        fill(root, asked);
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private static void fill(VectorSchemaRoot root, List<Integer> asked) {
    root.allocateNew();
    UInt4Vector names = (UInt4Vector) root.getVector(0);
    DenseUnionVector values = (DenseUnionVector) root.getVector(1);
    int[] lengths = new int[6];
    for (int row = 0; row < asked.size(); row++) {
      names.setSafe(row, asked.get(row));
      Object value = Objects.requireNonNull(FACTS.get(asked.get(row)));
      byte type = (byte) type(value);
      int at = lengths[type]++;
      values.setTypeId(row, type);
      values.getOffsetBuffer().setInt((long) row * DenseUnionVector.OFFSET_WIDTH, at);
      set(values, type, at, value);
    }
    for (byte type = 0; type < lengths.length; type++) {
      values.getVectorByType(type).setValueCount(lengths[type]);
    }
    root.setRowCount(asked.size());
  }

  private static int type(Object value) {
    return value instanceof String
        ? 0
        : value instanceof Boolean
            ? 1
            : value instanceof Long
                ? 2
                : value instanceof Integer ? 3 : value instanceof List ? 4 : 5;
  }

  private static void set(DenseUnionVector values, byte type, int at, Object value) {
    if (value instanceof String text) {
      ((VarCharVector) values.getVectorByType(type))
          .setSafe(at, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Boolean truth) {
      ((BitVector) values.getVectorByType(type)).setSafe(at, truth ? 1 : 0);
    } else if (value instanceof Long number) {
      ((BigIntVector) values.getVectorByType(type)).setSafe(at, number);
    } else if (value instanceof Integer bits) {
      ((IntVector) values.getVectorByType(type)).setSafe(at, bits);
    } else {
      ListVector lists = (ListVector) values.getVectorByType(type);
      lists.startNewValue(at);
      lists.endValue(at, 0);
    }
  }
}
