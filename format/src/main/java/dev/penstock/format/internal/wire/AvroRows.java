package dev.penstock.format.internal.wire;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.format.SentRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;

/** Reads an Avro object container file, record by record. */
public final class AvroRows {
  private static final String FORMAT = "Avro file";

  /** Others would need libraries of their own, or grow beyond what is looked at first. */
  private static final Set<String> CODECS =
      Set.of(DataFileConstants.NULL_CODEC, DataFileConstants.DEFLATE_CODEC);

  private final SentRows.Bounds bounds;
  private final List<AvroColumn> columns = new ArrayList<>();

  private AvroRows(SentRows.Bounds bounds) {
    this.bounds = bounds;
  }

  /** See {@link SentRows#ofAvro}. */
  public static SentRows read(byte[] file, SentRows.Bounds bounds) {
    try (DataFileStream<IndexedRecord> records =
        new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
      String codec = records.getMetaString(DataFileConstants.CODEC);
      if (codec != null && !CODECS.contains(codec)) {
        throw new PenstockException(
            ErrorCode.UNSUPPORTED, "the codec '" + codec + "' of Avro", "use null or deflate");
      }
      return new AvroRows(bounds).read(records);
    } catch (PenstockException known) {
      throw known;
    } catch (IOException | RuntimeException e) {
      throw Wire.broken(FORMAT, e);
    }
  }

  private SentRows read(DataFileStream<IndexedRecord> records) {
    if (records.getSchema().getType() != org.apache.avro.Schema.Type.RECORD) {
      throw Wire.broken(FORMAT, new IOException("its schema is no record"));
    }
    add("", records.getSchema(), new int[0]);
    List<SentRows.BadCell> bad = new ArrayList<>();
    long bytes = 0;
    int rows = 0;
    while (records.hasNext()) {
      bounds.checkRows(rows + 1L);
      IndexedRecord record = records.next();
      for (AvroColumn column : columns) {
        bytes += column.append(record, rows, bad);
      }
      bounds.checkBytes(bytes);
      rows++;
    }
    List<Field> fields = columns.stream().map(c -> Field.of(c.path(), c.type())).toList();
    return new SentRows(
        new Batch(new Schema(fields), columns.stream().map(AvroColumn::build).toList()), bad);
  }

  private void add(String before, org.apache.avro.Schema record, int[] way) {
    for (org.apache.avro.Schema.Field field : record.getFields()) {
      String path = before + field.name();
      int[] further = java.util.Arrays.copyOf(way, way.length + 1);
      further[way.length] = field.pos();
      org.apache.avro.Schema type = AvroTypes.present(field.schema());
      if (type.getType() == org.apache.avro.Schema.Type.RECORD) {
        add(path + ".", type, further);
      } else if (bounds.wanted().test(path)) {
        columns.add(new AvroColumn(path, type, further));
      }
    }
  }
}
