package dev.penstock.lake.rest;

import java.util.Map;

/**
 * A request as it came over the wire.
 *
 * @param path not decoded, from where the catalog is mounted: {@code /v1/namespaces/a%1Fb}
 * @param query not decoded, empty when there is none
 * @param headers by lower-case name
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes as they came in; nobody compares them.
public record RestRequest(
    String method, String path, String query, Map<String, String> headers, byte[] body) {
  public RestRequest {
    headers = Map.copyOf(headers);
  }
}
