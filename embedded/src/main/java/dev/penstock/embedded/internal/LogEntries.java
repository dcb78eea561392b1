package dev.penstock.embedded.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Schema;
import dev.penstock.source.BatchCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Entries of the log: eight bytes that name their schema, then the rows. */
final class LogEntries {
  private final Meta meta;
  private final Map<Long, Schema> schemas = new ConcurrentHashMap<>();

  LogEntries(Meta meta) {
    this.meta = meta;
  }

  static byte[] entry(long schema, byte[] rows) {
    return Bytes.prefixed(Bytes.number(schema), rows);
  }

  Batch rows(byte[] entry) {
    Schema schema = schemas.computeIfAbsent(Bytes.longAt(entry, 0), meta::schema);
    return BatchCodec.decode(Arrays.copyOfRange(entry, Long.BYTES, entry.length), schema);
  }
}
