package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import dev.penstock.app.json.Json;

/** A whole answer to one request. */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way out; nobody compares them.
record Reply(HttpStatus status, MediaType type, byte[] body) {
  private static final String RETRY_AFTER_SECONDS = "1";

  static Reply json(Json.Body body) {
    return new Reply(HttpStatus.OK, MediaType.JSON, Json.bytes(body));
  }

  HttpResponse response() {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(status).contentType(type).contentLength(body.length);
    if (status.equals(HttpStatus.TOO_MANY_REQUESTS)
        || status.equals(HttpStatus.SERVICE_UNAVAILABLE)) {
      headers.add("retry-after", RETRY_AFTER_SECONDS);
    }
    return HttpResponse.of(headers.build(), HttpData.wrap(body));
  }
}
