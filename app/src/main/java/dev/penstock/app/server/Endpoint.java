package dev.penstock.app.server;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import java.io.IOException;
import java.util.Map;

/**
 * A route whose request and answer are small enough to be held whole.
 *
 * @param path as in the OpenAPI document: {@code /v1/sources/{source}/rows}
 */
record Endpoint(HttpMethod method, String path, Lane lane, ErrorStyle style, Handler handler) {
  /** Which threads do the work: a wait for the disk must not hold up reads. */
  enum Lane {
    READ,
    WRITE,
    /** Answers at once, on the thread that read the request. */
    IMMEDIATE
  }

  /** What a route does. */
  interface Handler {
    Reply handle(Request request) throws IOException;
  }

  /** A request, read in full. */
  @SuppressWarnings("ArrayRecordComponent") // Bytes as they came in; nobody compares them.
  record Request(MediaType type, Map<String, String> path, QueryParams query, byte[] body) {}

  static Endpoint read(String path, ErrorStyle style, Handler handler) {
    return new Endpoint(HttpMethod.POST, path, Lane.READ, style, handler);
  }

  static Endpoint write(String path, ErrorStyle style, Handler handler) {
    return new Endpoint(HttpMethod.POST, path, Lane.WRITE, style, handler);
  }

  static Endpoint get(String path, Lane lane, Handler handler) {
    return new Endpoint(HttpMethod.GET, path, lane, ErrorStyle.PENSTOCK, handler);
  }
}
