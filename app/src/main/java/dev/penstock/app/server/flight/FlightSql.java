package dev.penstock.app.server.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Statement;
import dev.penstock.wire.flight.ActionCreatePreparedStatementRequest;
import dev.penstock.wire.flight.ActionCreatePreparedStatementResult;
import dev.penstock.wire.flight.CommandGetCatalogs;
import dev.penstock.wire.flight.CommandGetCrossReference;
import dev.penstock.wire.flight.CommandGetDbSchemas;
import dev.penstock.wire.flight.CommandGetExportedKeys;
import dev.penstock.wire.flight.CommandGetImportedKeys;
import dev.penstock.wire.flight.CommandGetPrimaryKeys;
import dev.penstock.wire.flight.CommandGetSqlInfo;
import dev.penstock.wire.flight.CommandGetTableTypes;
import dev.penstock.wire.flight.CommandGetTables;
import dev.penstock.wire.flight.CommandPreparedStatementQuery;
import dev.penstock.wire.flight.CommandStatementQuery;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What Flight SQL's commands mean. Nothing is kept between calls: a ticket is the command, the
 * handle of a prepared statement its text.
 */
final class FlightSql {
  static final String CREATE = "CreatePreparedStatement";
  static final String CLOSE = "ClosePreparedStatement";

  private final Operations project;

  FlightSql(Operations project) {
    this.project = project;
  }

  /** The columns of a command's rows, without running it. */
  Schema schema(ByteString command, @Nullable String asOf) {
    String text = text(any(command));
    if (text != null) {
      return columns(text, asOf);
    }
    try (FlightRows rows = rows(command, asOf)) {
      return rows.schema();
    }
  }

  /** The columns of a query that was not prepared; null of all else, whose columns are known. */
  @Nullable Schema untoldSchema(ByteString command, @Nullable String asOf) {
    return any(command).is(CommandStatementQuery.class) ? schema(command, asOf) : null;
  }

  /** The rows that a command asks for. */
  FlightRows rows(ByteString command, @Nullable String asOf) {
    Any any = any(command);
    String text = text(any);
    if (text != null) {
      return FlightRows.of(project.rows(new Statement(text, asOf)));
    }
    if (any.is(CommandGetTables.class)) {
      return Listings.tables(unpacked(any, CommandGetTables.class), project.tables());
    } else if (any.is(CommandGetDbSchemas.class)) {
      return Listings.schemas(unpacked(any, CommandGetDbSchemas.class), project.tables());
    } else if (any.is(CommandGetSqlInfo.class)) {
      return ServerFacts.rows(unpacked(any, CommandGetSqlInfo.class));
    } else if (any.is(CommandGetCatalogs.class)) {
      return Listings.catalogs();
    } else if (any.is(CommandGetTableTypes.class)) {
      return Listings.tableTypes();
    } else if (any.is(CommandGetPrimaryKeys.class)) {
      return Listings.primaryKeys();
    } else if (any.is(CommandGetExportedKeys.class)
        || any.is(CommandGetImportedKeys.class)
        || any.is(CommandGetCrossReference.class)) {
      return Listings.foreignKeys();
    }
    throw unsupported(any.getTypeUrl());
  }

  /** What an action answers with; null for nothing. */
  @Nullable ByteString act(String type, ByteString body, @Nullable String asOf) {
    if (type.equals(CLOSE)) {
      return null;
    }
    if (!type.equals(CREATE)) {
      throw unsupported(type);
    }
    String text = unpacked(any(body), ActionCreatePreparedStatementRequest.class).getQuery();
    return Any.pack(
            ActionCreatePreparedStatementResult.newBuilder()
                .setPreparedStatementHandle(ByteString.copyFromUtf8(text))
                .setDatasetSchema(ArrowSchemas.message(columns(text, asOf)))
                .build())
        .toByteString();
  }

  private Schema columns(String text, @Nullable String asOf) {
    return ArrowSchemas.of(project.columns(new Statement(text, asOf)));
  }

  /** The query of a command that has one. */
  private static @Nullable String text(Any any) {
    if (any.is(CommandStatementQuery.class)) {
      return unpacked(any, CommandStatementQuery.class).getQuery();
    }
    return any.is(CommandPreparedStatementQuery.class)
        ? unpacked(any, CommandPreparedStatementQuery.class)
            .getPreparedStatementHandle()
            .toStringUtf8()
        : null;
  }

  private static Any any(ByteString bytes) {
    try {
      return Any.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new PenstockException(ErrorCode.USAGE, null, "this is no command of Flight SQL", "", e);
    }
  }

  private static <T extends Message> T unpacked(Any any, Class<T> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new PenstockException(
          ErrorCode.USAGE, null, "this is no " + type.getSimpleName(), "", e);
    }
  }

  private static PenstockException unsupported(String what) {
    return new PenstockException(
        ErrorCode.UNSUPPORTED,
        what.substring(what.lastIndexOf('.') + 1) + " is not known here",
        "queries are read only, without parameters and transactions");
  }
}
