package dev.penstock.app.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMilliTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.impl.UnionListWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Three payments at a shop, as clients of different kinds send them. */
final class SentPayments {
  private static final Instant AT = Instant.parse("2001-01-01T09:00:00Z");

  private SentPayments() {}

  static String json(
      String id,
      String shop,
      @Nullable Double amount,
      @Nullable Integer items,
      @Nullable String by,
      @Nullable String tags) {
    return "{\"payment\": \"%s\", \"at\": \"%s\", \"shop\": \"%s\", \"amount\": %s, \"items\": %s, \"paid\": {\"by\": %s}, \"tags\": %s}"
        .formatted(id, AT, shop, amount, items, by == null ? null : "\"" + by + "\"", tags);
  }

  private static Field field(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  /** An Arrow stream of two batches: two rows, then one. */
  static byte[] arrow(String shop) throws IOException {
    return arrow(shop, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), List.of());
  }

  /** The first row has no shop, the third an amount that is none; amounts are text. */
  static byte[] arrowWithBadRows(String shop) throws IOException {
    return arrow(shop, new ArrowType.Utf8(), List.of(0));
  }

  private static byte[] arrow(String shop, ArrowType amountType, List<Integer> withoutShop)
      throws IOException {
    ArrowType text = new ArrowType.Utf8();
    Schema schema =
        new Schema(
            List.of(
                field("payment", text),
                field("at", new ArrowType.Timestamp(TimeUnit.MILLISECOND, "UTC")),
                field("shop", text),
                field("amount", amountType),
                field("items", new ArrowType.Int(32, true)),
                field("paid", new ArrowType.Struct(), field("by", text)),
                field(
                    "tags",
                    new ArrowType.List(),
                    field("item", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)))));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (RootAllocator memory = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, memory);
        ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
      writer.start();
      for (int batch = 0; batch < 2; batch++) {
        root.allocateNew();
        int rows = 2 - batch;
        for (int row = 0; row < rows; row++) {
          fill(root, row, batch * 2 + row, shop, withoutShop);
        }
        root.setRowCount(rows);
        writer.writeBatch();
      }
      writer.end();
    }
    return bytes.toByteArray();
  }

  private static void fill(
      VectorSchemaRoot root, int row, int number, String shop, List<Integer> withoutShop) {
    ((VarCharVector) root.getVector("payment")).setSafe(row, new Text(shop + (number + 1)));
    ((TimeStampMilliTZVector) root.getVector("at")).setSafe(row, AT.toEpochMilli());
    if (!withoutShop.contains(number)) {
      ((VarCharVector) root.getVector("shop")).setSafe(row, new Text(shop));
    }
    if (root.getVector("amount") instanceof VarCharVector amounts) {
      amounts.setSafe(row, new Text(number == 2 ? "much" : "1"));
    } else if (number < 2) {
      ((Float8Vector) root.getVector("amount")).setSafe(row, number == 0 ? 1.5 : 2.25);
    }
    StructVector paid = (StructVector) root.getVector("paid");
    UnionListWriter tags = ((ListVector) root.getVector("tags")).getWriter();
    if (number != 1) {
      ((IntVector) root.getVector("items")).setSafe(row, number == 0 ? 2 : 3);
      paid.setIndexDefined(row);
      ((VarCharVector) paid.getChild("by")).setSafe(row, new Text(number == 0 ? "ann" : "bob"));
      tags.setPosition(row);
      tags.startList();
      tags.float8().writeFloat8(number == 0 ? 1 : 0.5);
      tags.float8().writeFloat8(number == 0 ? 2 : 4);
      tags.endList();
    }
  }

  /** A deflated Avro file. */
  static byte[] avro(String shop) throws IOException {
    org.apache.avro.Schema moment =
        org.apache.avro.LogicalTypes.timestampMicros()
            .addToSchema(org.apache.avro.Schema.create(org.apache.avro.Schema.Type.LONG));
    org.apache.avro.Schema paid =
        SchemaBuilder.record("paid").fields().optionalString("by").endRecord();
    org.apache.avro.Schema schema =
        SchemaBuilder.record("payment")
            .fields()
            .requiredString("payment")
            .name("at")
            .type(moment)
            .noDefault()
            .requiredString("shop")
            .optionalDouble("amount")
            .optionalInt("items")
            .name("paid")
            .type()
            .optional()
            .type(paid)
            .name("tags")
            .type()
            .optional()
            .array()
            .items()
            .floatType()
            .endRecord();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setCodec(CodecFactory.deflateCodec(6));
      writer.create(schema, bytes);
      for (int number = 0; number < 3; number++) {
        GenericRecord row = new GenericData.Record(schema);
        row.put("payment", shop + (number + 1));
        row.put("at", AT.toEpochMilli() * 1_000);
        row.put("shop", shop);
        row.put("amount", number == 0 ? (Double) 1.5 : number == 1 ? (Double) 2.25 : null);
        if (number != 1) {
          row.put("items", number == 0 ? 2 : 3);
          GenericRecord by = new GenericData.Record(paid);
          by.put("by", number == 0 ? "ann" : "bob");
          row.put("paid", by);
          row.put("tags", number == 0 ? List.of(1f, 2f) : List.of(0.5f, 4f));
        }
        writer.append(row);
      }
    }
    return bytes.toByteArray();
  }
}
