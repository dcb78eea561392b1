package dev.penstock.app.server.flight;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Operations;
import dev.penstock.wire.flight.Action;
import dev.penstock.wire.flight.FlightData;
import dev.penstock.wire.flight.FlightDescriptor;
import dev.penstock.wire.flight.FlightEndpoint;
import dev.penstock.wire.flight.FlightInfo;
import dev.penstock.wire.flight.FlightServiceGrpc.FlightServiceImplBase;
import dev.penstock.wire.flight.Result;
import dev.penstock.wire.flight.SchemaResult;
import dev.penstock.wire.flight.Ticket;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Flight SQL over the lake, to be read: the queries of {@code penstock sql} for programs that know
 * JDBC, ADBC or Flight, on the port of everything else. A header {@code as_of} (a property of a
 * JDBC connection) says as of when tables are read.
 */
public final class FlightService extends FlightServiceImplBase implements AutoCloseable {
  private static final String AS_OF = "as_of";
  private static final long UNKNOWN = -1;
  private static final long MOST_BYTES = 1L << 30;

  private final FlightSql sql;
  private final Executor workers;
  private final Function<ErrorCode, Status> statuses;
  private final BufferAllocator memory = new RootAllocator(MOST_BYTES);

  /**
   * For one project.
   *
   * @param workers on which queries run; each is held until its client has read all
   * @param statuses how errors are told
   */
  public FlightService(Operations project, Executor workers, Function<ErrorCode, Status> statuses) {
    this.sql = new FlightSql(project);
    this.workers = workers;
    this.statuses = statuses;
  }

  @Override
  public void getFlightInfo(FlightDescriptor asked, StreamObserver<FlightInfo> client) {
    String asOf = asOf();
    work(
        client,
        out -> {
          Schema schema = sql.untoldSchema(asked.getCmd(), asOf);
          out.send(
              FlightInfo.newBuilder()
                  .setSchema(schema == null ? ByteString.EMPTY : ArrowSchemas.message(schema))
                  .setFlightDescriptor(asked)
                  .addEndpoint(
                      FlightEndpoint.newBuilder()
                          .setTicket(Ticket.newBuilder().setTicket(asked.getCmd())))
                  .setTotalRecords(UNKNOWN)
                  .setTotalBytes(UNKNOWN)
                  .build());
        });
  }

  @Override
  public void getSchema(FlightDescriptor asked, StreamObserver<SchemaResult> client) {
    String asOf = asOf();
    work(
        client,
        out -> {
          Schema schema = sql.schema(asked.getCmd(), asOf);
          out.send(SchemaResult.newBuilder().setSchema(ArrowSchemas.message(schema)).build());
        });
  }

  @Override
  public void doGet(Ticket ticket, StreamObserver<FlightData> client) {
    String asOf = asOf();
    work(
        client,
        out -> {
          Schema schema = sql.schema(ticket.getTicket(), asOf);
          try (VectorSchemaRoot root = VectorSchemaRoot.create(schema, memory)) {
            // No rows, at once: from its first part on a client of JDBC can cancel.
            out.send(ArrowRows.schema(schema));
            out.send(ArrowRows.rows(root));
            send(sql.rows(ticket.getTicket(), asOf), root, out);
          }
        });
  }

  private static void send(FlightRows answer, VectorSchemaRoot root, Outflow<FlightData> out) {
    try (FlightRows rows = answer) {
      if (!rows.schema().equals(root.getSchema())) {
        throw new PenstockException(
            ErrorCode.CONFLICT_RETRY, "a table was given other columns meanwhile", "ask again");
      }
      while (out.isWanted() && rows.next(root)) {
        out.send(ArrowRows.rows(root));
      }
    }
  }

  @Override
  public void doAction(Action action, StreamObserver<Result> client) {
    String asOf = asOf();
    work(
        client,
        out -> {
          ByteString answer = sql.act(action.getType(), action.getBody(), asOf);
          if (answer != null) {
            out.send(Result.newBuilder().setBody(answer).build());
          }
        });
  }

  private static @Nullable String asOf() {
    return ServiceRequestContext.current().request().headers().get(AS_OF);
  }

  /** Work for one client. */
  private interface Work<T> {
    void run(Outflow<T> out);
  }

  private <T> void work(StreamObserver<T> client, Work<T> work) {
    ServiceRequestContext.current().clearRequestTimeout();
    Outflow<T> out = new Outflow<>((ServerCallStreamObserver<T>) client);
    try {
      workers.execute(() -> answer(client, out, work));
    } catch (PenstockException overloaded) {
      client.onError(failed(overloaded));
    }
  }

  private <T> void answer(StreamObserver<T> client, Outflow<T> out, Work<T> work) {
    RuntimeException failure = null;
    try {
      if (!out.begin()) {
        return;
      }
      work.run(out);
    } catch (RuntimeException | OutOfMemoryError e) {
      failure = failed(e);
    } finally {
      out.end();
    }
    if (!out.isWanted()) {
      return;
    }
    if (failure == null) {
      client.onCompleted();
    } else {
      client.onError(failure);
    }
  }

  private RuntimeException failed(Throwable thrown) {
    PenstockException error =
        thrown instanceof PenstockException known
            ? known
            : new PenstockException(
                ErrorCode.INTERNAL, null, thrown.toString(), "this is a fault of Penstock", thrown);
    return statuses.apply(error.code()).withDescription(error.getMessage()).asRuntimeException();
  }

  @Override
  public void close() {
    // What a query that did not end in time holds goes with the process.
    if (memory.getAllocatedMemory() == 0) {
      memory.close();
    }
  }
}
