package dev.penstock.lake.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NoSuchWarehouseException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.exceptions.RuntimeIOException;
import org.apache.iceberg.exceptions.UnprocessableEntityException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.apache.iceberg.rest.responses.ErrorResponseParser;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as the protocol says it. The code decides what a client does with the files it
 * wrote for a commit: after a 409 it deletes them, after a 5xx it must keep them. So a 4xx is said
 * only where nothing was committed, and 500 only where that is not known.
 */
final class Errors {
  /** How one kind of failure is said. */
  private record Said(int status, String type) {}

  private Errors() {}

  static RestResponse response(Throwable thrown) {
    Said said = said(thrown);
    String message = thrown.getMessage();
    return response(said.status(), said.type(), message == null ? thrown.toString() : message);
  }

  static RestResponse response(int status, String type, String message) {
    String body =
        ErrorResponseParser.toJson(
            ErrorResponse.builder()
                .responseCode(status)
                .withType(type)
                .withMessage(message)
                .build());
    return new RestResponse(
        status, Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
  }

  private static Said said(Throwable thrown) {
    SQLException sql = sql(thrown);
    if (sql != null && thrown instanceof UncheckedSQLException) {
      return database(sql);
    }
    if (thrown instanceof RuntimeIOException || thrown instanceof UncheckedIOException) {
      return thrown.getCause() instanceof JsonProcessingException
          ? new Said(400, BadRequestException.class.getSimpleName())
          : unavailable();
    }
    return new Said(status(thrown), thrown.getClass().getSimpleName());
  }

  private static int status(Throwable thrown) {
    if (thrown instanceof NotAuthorizedException) {
      return 401;
    }
    if (thrown instanceof ForbiddenException) {
      return 403;
    }
    if (thrown instanceof NoSuchNamespaceException
        || thrown instanceof NoSuchTableException
        || thrown instanceof NoSuchViewException
        || thrown instanceof NoSuchWarehouseException
        || thrown instanceof NotFoundException) {
      return 404;
    }
    if (thrown instanceof UnsupportedOperationException) {
      return 406;
    }
    if (thrown instanceof AlreadyExistsException
        || thrown instanceof CommitFailedException
        || thrown instanceof NamespaceNotEmptyException) {
      return 409;
    }
    if (thrown instanceof UnprocessableEntityException) {
      return 422;
    }
    if (thrown instanceof BadRequestException
        || thrown instanceof IllegalArgumentException
        || thrown instanceof ValidationException) {
      return 400;
    }
    return 500;
  }

  /** A statement that failed has changed nothing: its transaction was rolled back. */
  private static Said database(SQLException failure) {
    if (isConstraint(failure)) {
      return new Said(409, AlreadyExistsException.class.getSimpleName());
    }
    String state = failure.getSQLState();
    return state != null && state.startsWith("22")
        ? new Said(400, BadRequestException.class.getSimpleName())
        : unavailable();
  }

  private static Said unavailable() {
    return new Said(503, "ServiceUnavailableException");
  }

  /** Whether two transactions were in each other's way, and this one was rolled back. */
  static boolean isCollision(Throwable thrown) {
    SQLException sql = sql(thrown);
    return sql != null && ("40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()));
  }

  private static boolean isConstraint(SQLException failure) {
    String state = failure.getSQLState();
    String message = failure.getMessage();
    return (state != null && state.startsWith("23"))
        || (message != null && message.contains("constraint failed"));
  }

  private static @Nullable SQLException sql(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
