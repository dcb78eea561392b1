package dev.penstock.format.internal.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Delta encodings and byte-stream split, by Parquet-Java's decoders. A class of its own, so that
 * theirs are loaded only for files that have such pages.
 */
final class RareEncodings {
  private RareEncodings() {}

  static ValuesReader reader(Leaf leaf, Encoding encoding, int entries, ByteBuffer values)
      throws IOException {
    PrimitiveTypeName physical = PrimitiveTypeName.valueOf(name(leaf));
    ColumnDescriptor column =
        new ColumnDescriptor(
            new String[] {"column"},
            Types.required(physical).length(leaf.element().getType_length()).named("column"),
            leaf.maxRepetition(),
            leaf.maxDefinition());
    ValuesReader reader =
        org.apache.parquet.column.Encoding.valueOf(encoding.name())
            .getValuesReader(column, ValuesType.VALUES);
    reader.initFromPage(entries, ByteBufferInputStream.wrap(values));
    return reader;
  }

  private static String name(Leaf leaf) {
    return switch (leaf.element().getType()) {
      case BYTE_ARRAY -> "BINARY";
      default -> leaf.element().getType().name();
    };
  }
}
