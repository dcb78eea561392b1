package dev.penstock.app.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.lake.rest.RestRequest;
import dev.penstock.lake.rest.RestResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Says to a catalog what a client would, word by word. */
record Caller(IcebergRest catalog) {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String TABLES = "/v1/namespaces/ns/tables";

  /** An answer that was understood. */
  record Said(int status, Map<String, String> headers, String text) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String at(String pointer) {
      return json().at(pointer).asText();
    }

    Said with(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }
  }

  Said say(String method, String target, Map<String, String> headers, String body) {
    int query = target.indexOf('?');
    RestResponse answer =
        catalog.answer(
            new RestRequest(
                method,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                headers,
                body.getBytes(StandardCharsets.UTF_8)));
    return new Said(
        answer.status(), answer.headers(), new String(answer.body(), StandardCharsets.UTF_8));
  }

  Said get(String target) {
    return say("GET", target, Map.of(), "");
  }

  Said delete(String target) {
    return say("DELETE", target, Map.of(), "");
  }

  Said post(String target, String body) {
    return say("POST", target, Map.of(), body);
  }

  Said namespace(String name) {
    return post("/v1/namespaces", "{\"namespace\": [\"" + name + "\"]}");
  }

  /** Makes a table with one column in the namespace ns. */
  Said create(String name, String more) {
    return post(TABLES, creation(name, more));
  }

  static String creation(String name, String more) {
    return "{\"name\": \""
        + name
        + "\", \"schema\": {\"type\": \"struct\", \"fields\": [{\"id\": 1, \"name\": \"id\","
        + " \"type\": \"long\", \"required\": false}]}"
        + more
        + "}";
  }

  /** A commit that sets a property, if the table's schema is still this one. */
  static String change(String identifier, String property, int schema) {
    return "{"
        + identifier
        + "\"requirements\": [{\"type\": \"assert-current-schema-id\", \"current-schema-id\": "
        + schema
        + "}], \"updates\": [{\"action\": \"set-properties\", \"updates\": {\""
        + property
        + "\": \"x\"}}]}";
  }

  static String identifier(String namespace, String name) {
    return "\"identifier\": {\"namespace\": [\"" + namespace + "\"], \"name\": \"" + name + "\"}, ";
  }

  /** The metadata file of a table in ns. */
  String metadata(String name) {
    return get(TABLES + "/" + name).with(200).at("/metadata-location");
  }
}
