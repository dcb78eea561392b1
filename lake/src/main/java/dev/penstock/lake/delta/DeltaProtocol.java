package dev.penstock.lake.delta;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import io.delta.kernel.internal.actions.Protocol;
import java.util.Set;
import java.util.TreeSet;

/**
 * What readers and writers of a table must know. Source: the Delta transaction log protocol.
 *
 * @param reader the reader version
 * @param writer the writer version; features are named from 7 on
 */
record DeltaProtocol(
    int reader, int writer, Set<String> readerFeatures, Set<String> writerFeatures) {
  private static final int NAMED_READER = 3;
  private static final int NAMED_WRITER = 7;
  private static final int MAPPED_READER = 2;
  private static final int MAPPED_WRITER = 5;
  private static final String MAPPING = "columnMapping";
  private static final String LOCAL_TIMES = "timestampNtz";

  /** What writer version 5 stands for. */
  private static final Set<String> OF_MAPPED_WRITER =
      Set.of(
          "appendOnly",
          "invariants",
          "checkConstraints",
          "changeDataFeed",
          "generatedColumns",
          MAPPING);

  static final DeltaProtocol PLAIN = new DeltaProtocol(1, 2, Set.of(), Set.of());

  static DeltaProtocol of(Protocol protocol) {
    return new DeltaProtocol(
        protocol.getMinReaderVersion(),
        protocol.getMinWriterVersion(),
        protocol.getReaderFeatures(),
        protocol.getWriterFeatures());
  }

  /**
   * Refuses a table that others gave features we do not write.
   *
   * @throws PenstockException {@code UNSUPPORTED}, naming them
   */
  void requireKnown(String table) {
    Set<String> unknown = new TreeSet<>(writerFeatures);
    unknown.addAll(readerFeatures);
    unknown.removeAll(OF_MAPPED_WRITER);
    unknown.remove(LOCAL_TIMES);
    if (!unknown.isEmpty() || reader > NAMED_READER || writer == MAPPED_WRITER + 1) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          table
              + " was given features that Penstock does not write: "
              + (unknown.isEmpty() ? "writer version " + writer : String.join(", ", unknown)),
          "publish to a new folder");
    }
  }

  /** This protocol, or the least above it that these columns need. */
  DeltaProtocol with(DeltaSchema schema, DeltaSchema.Mapping mapping) {
    boolean mapped = mapping == DeltaSchema.Mapping.NAME;
    if (writer == NAMED_WRITER || schema.hasLocalTimestamps()) {
      Set<String> read = new TreeSet<>(readerFeatures);
      Set<String> written = new TreeSet<>(writerFeatures);
      written.addAll(
          writer == MAPPED_WRITER ? OF_MAPPED_WRITER : Set.of("appendOnly", "invariants"));
      if (mapped) {
        read.add(MAPPING);
        written.add(MAPPING);
      }
      if (schema.hasLocalTimestamps()) {
        read.add(LOCAL_TIMES);
        written.add(LOCAL_TIMES);
      }
      return new DeltaProtocol(NAMED_READER, NAMED_WRITER, read, written);
    }
    return mapped ? new DeltaProtocol(MAPPED_READER, MAPPED_WRITER, Set.of(), Set.of()) : this;
  }

  ObjectNode json() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("minReaderVersion", reader)
            .put("minWriterVersion", writer);
    if (reader == NAMED_READER) {
      readerFeatures.forEach(json.putArray("readerFeatures")::add);
    }
    if (writer == NAMED_WRITER) {
      writerFeatures.forEach(json.putArray("writerFeatures")::add);
    }
    return json;
  }
}
