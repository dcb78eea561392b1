package dev.penstock.lake.rest;

import java.util.Map;

/**
 * An answer.
 *
 * @param headers by lower-case name
 * @param body JSON; empty where the status says that there is none
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way out; nobody compares them.
public record RestResponse(int status, Map<String, String> headers, byte[] body) {
  public RestResponse {
    headers = Map.copyOf(headers);
  }
}
