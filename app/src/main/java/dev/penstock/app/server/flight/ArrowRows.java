package dev.penstock.app.server.flight;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.penstock.wire.flight.FlightData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow's messages as Flight sends them. */
final class ArrowRows {
  private ArrowRows() {}

  /** What a stream begins with. */
  static FlightData schema(Schema schema) {
    return FlightData.newBuilder()
        .setDataHeader(
            UnsafeByteOperations.unsafeWrap(
                MessageSerializer.serializeMetadata(schema, IpcOption.DEFAULT)))
        .build();
  }

  /** The rows that the vectors hold now, copied. */
  static FlightData rows(VectorSchemaRoot root) {
    try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch();
        ByteString.Output body = ByteString.newOutput(Math.toIntExact(batch.computeBodyLength()))) {
      MessageSerializer.writeBatchBuffers(new WriteChannel(Channels.newChannel(body)), batch);
      return FlightData.newBuilder()
          .setDataHeader(
              UnsafeByteOperations.unsafeWrap(
                  MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT)))
          .setDataBody(body.toByteString())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
