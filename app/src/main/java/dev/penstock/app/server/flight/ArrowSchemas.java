package dev.penstock.app.server.flight;

import com.google.protobuf.ByteString;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Our columns as Arrow has them. */
final class ArrowSchemas {
  private static final String NOTE = "ARROW:FLIGHT:SQL:";
  private static final int INT32_BITS = 32;
  private static final int INT64_BITS = 64;
  private static final int DECIMAL_BITS = 128;

  private ArrowSchemas() {}

  static org.apache.arrow.vector.types.pojo.Schema of(Schema schema) {
    List<Field> fields = new ArrayList<>();
    schema
        .fields()
        .forEach(field -> fields.add(field(field.name(), field.type(), field.nullable())));
    return new org.apache.arrow.vector.types.pojo.Schema(fields);
  }

  private static Field field(String name, Type type, boolean nullable) {
    List<Field> children =
        type instanceof Type.Vector
            ? List.of(Field.nullable("element", of(Scalar.FLOAT32)))
            : List.of();
    return new Field(name, new FieldType(nullable, of(type), null, notes(type)), children);
  }

  /** What Arrow's type does not say, by the names of the public protocol. */
  private static Map<String, String> notes(Type type) {
    Map<String, String> notes = new HashMap<>();
    notes.put(NOTE + "TYPE_NAME", type.toString());
    notes.put(NOTE + "IS_READ_ONLY", "1");
    notes.put(NOTE + "IS_SEARCHABLE", "1");
    if (type instanceof Type.Decimal decimal) {
      notes.put(NOTE + "PRECISION", Integer.toString(decimal.precision()));
      notes.put(NOTE + "SCALE", Integer.toString(decimal.scale()));
    }
    return notes;
  }

  private static ArrowType of(Type type) {
    if (type instanceof Type.Decimal decimal) {
      return new ArrowType.Decimal(decimal.precision(), decimal.scale(), DECIMAL_BITS);
    }
    if (!(type instanceof Scalar scalar)) {
      return ArrowType.List.INSTANCE;
    }
    return switch (scalar) {
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case INT32 -> new ArrowType.Int(INT32_BITS, true);
      case INT64 -> new ArrowType.Int(INT64_BITS, true);
      case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case STRING -> ArrowType.Utf8.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case LOCAL_TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
    };
  }

  /** A schema as an IPC message. */
  static ByteString message(org.apache.arrow.vector.types.pojo.Schema schema) {
    try (ByteString.Output bytes = ByteString.newOutput()) {
      MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), schema);
      return bytes.toByteString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
