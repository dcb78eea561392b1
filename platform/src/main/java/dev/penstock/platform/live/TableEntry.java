package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.source.BatchCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows on their way to a table of the lake, as bytes that describe themselves, so that they can be
 * read after definitions have changed.
 *
 * @param table of the lake, where the rows belong
 */
record TableEntry(String table, Batch rows) {
  /** The kind of these entries in the log of predictions and outcomes. */
  static final int KIND = 1;

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(table);
      out.writeShort(rows.schema().size());
      for (Field field : rows.schema().fields()) {
        out.writeUTF(field.name());
        out.writeUTF(field.type().toString());
        out.writeBoolean(field.nullable());
      }
      out.write(BatchCodec.encode(rows));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static TableEntry decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String table = in.readUTF();
      int size = in.readUnsignedShort();
      List<Field> fields = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        fields.add(new Field(in.readUTF(), Type.parse(in.readUTF()), in.readBoolean()));
      }
      return new TableEntry(table, BatchCodec.decode(in.readAllBytes(), new Schema(fields)));
    } catch (IOException | IllegalArgumentException e) {
      throw new PenstockException(
          ErrorCode.STATE_CORRUPT, null, "an entry of the log cannot be read", "", e);
    }
  }
}
