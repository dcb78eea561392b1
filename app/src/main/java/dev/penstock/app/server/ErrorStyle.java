package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.penstock.app.json.Json;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.nio.charset.StandardCharsets;

/** How a route words its errors. */
enum ErrorStyle {
  /** {@code {"error": {"code": …, "message": …, "hint": …}}}. */
  PENSTOCK {
    @Override
    Reply reply(PenstockException error) {
      return new Reply(
          status(error.code()),
          MediaType.JSON,
          Json.bytes(
              json -> {
                json.writeStartObject();
                json.writeObjectFieldStart("error");
                json.writeStringField("code", error.code().name());
                json.writeStringField("message", error.what());
                json.writeStringField("hint", error.hint());
                json.writeEndObject();
                json.writeEndObject();
              }));
    }
  },

  /**
   * As Feast words them: a JSON string that holds the JSON of an exception its client raises. Only
   * classes of {@code feast.errors} that take one argument are named.
   */
  FEAST {
    @Override
    Reply reply(PenstockException error) {
      String message = error.getMessage() == null ? error.what() : error.getMessage();
      byte[] detail =
          Json.bytes(
              json -> {
                json.writeStartObject();
                json.writeStringField("module", "feast.errors");
                json.writeStringField("class", feastClass(error.code()));
                json.writeStringField("message", message);
                json.writeEndObject();
              });
      return new Reply(
          feastStatus(error.code()),
          MediaType.JSON,
          Json.bytes(json -> json.writeString(new String(detail, StandardCharsets.UTF_8))));
    }
  };

  abstract Reply reply(PenstockException error);

  static HttpStatus status(ErrorCode code) {
    return switch (code) {
      case NOT_FOUND, DEFINITION_NOT_FOUND, FILE_NOT_FOUND -> HttpStatus.NOT_FOUND;
      case LIMIT_EXCEEDED -> HttpStatus.REQUEST_ENTITY_TOO_LARGE;
      case OVERLOADED -> HttpStatus.TOO_MANY_REQUESTS;
      case UNKNOWN_STATE -> HttpStatus.SERVICE_UNAVAILABLE;
      case GATE_REFUSED, CHECK_FAILED, NOT_APPLIED -> HttpStatus.CONFLICT;
      default ->
          switch (code.kind()) {
            case USAGE -> HttpStatus.BAD_REQUEST;
            case CONFLICT -> HttpStatus.CONFLICT;
            case FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
          };
    };
  }

  /** Feast says 422 where a request is understood but wrong. */
  private static HttpStatus feastStatus(ErrorCode code) {
    HttpStatus status = status(code);
    return status.equals(HttpStatus.BAD_REQUEST) ? HttpStatus.UNPROCESSABLE_ENTITY : status;
  }

  private static String feastClass(ErrorCode code) {
    return switch (code) {
      case NOT_FOUND, DEFINITION_NOT_FOUND -> "FeastObjectNotFoundException";
      default -> "FeastError";
    };
  }
}
