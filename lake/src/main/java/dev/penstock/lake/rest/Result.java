package dev.penstock.lake.rest;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a route comes to.
 *
 * @param body what is said in JSON; null where there is nothing to say
 */
record Result(int status, @Nullable Object body, @Nullable String etag) {
  static final Result NOTHING = new Result(204, null, null);
  static final Result NOT_MODIFIED = new Result(304, null, null);

  static Result of(Object body) {
    return new Result(200, body, null);
  }

  Result tagged(String tag) {
    return new Result(status, body, tag);
  }

  RestResponse response() {
    Map<String, String> headers = new HashMap<>();
    if (etag != null) {
      headers.put("etag", etag);
    }
    if (body == null) {
      return new RestResponse(status, headers, new byte[0]);
    }
    headers.put("content-type", "application/json");
    return new RestResponse(status, headers, Json.write(body));
  }
}
