package dev.penstock.app.server;

import java.time.Duration;

/**
 * What a server takes before it refuses.
 *
 * @param bodyBytes of one request
 * @param waitingBytes of all requests that are being read, wait or are worked on; at least one fits
 * @param connections open at a time; one more is closed at once
 * @param request from the head of a request to its answer
 * @param idle a connection without a byte is closed after it
 */
record Limits(long bodyBytes, long waitingBytes, int connections, Duration request, Duration idle) {
  static final Limits USUAL =
      new Limits(
          PenstockServer.MOST_BODY_BYTES,
          256L << 20,
          4_096,
          Duration.ofSeconds(30),
          Duration.ofSeconds(60));

  Limits {
    if (bodyBytes < 1 || waitingBytes < bodyBytes || connections < 1) {
      throw new IllegalArgumentException(bodyBytes + ", " + waitingBytes + ", " + connections);
    }
  }
}
