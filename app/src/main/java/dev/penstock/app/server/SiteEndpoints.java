package dev.penstock.app.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import dev.penstock.app.command.Version;
import dev.penstock.app.json.Json;
import dev.penstock.app.server.Endpoint.Lane;
import dev.penstock.app.server.Endpoint.Request;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.serve.Serving;
import dev.penstock.platform.serve.Serving.Health;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What is known of the server itself. */
final class SiteEndpoints {
  private static final MediaType PROMETHEUS = MediaType.parse("text/plain; version=0.0.4");

  private final Operations project;
  private final Serving serving;
  private final Readiness readiness;
  private final Metrics metrics;

  SiteEndpoints(Operations project, Serving serving, Readiness readiness, Metrics metrics) {
    this.project = project;
    this.serving = serving;
    this.readiness = readiness;
    this.metrics = metrics;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/", Lane.READ, this::page),
        Endpoint.get("/health", Lane.IMMEDIATE, this::health),
        Endpoint.get("/health/live", Lane.IMMEDIATE, this::live),
        Endpoint.get("/metrics", Lane.READ, this::metrics),
        Endpoint.get("/openapi.json", Lane.IMMEDIATE, this::openApi));
  }

  private Reply page(Request request) {
    String html = StatusPage.html(project.status(), readiness.health(), serving.clock());
    return new Reply(HttpStatus.OK, MediaType.HTML_UTF_8, html.getBytes(StandardCharsets.UTF_8));
  }

  private Reply health(Request request) {
    Health health = readiness.health();
    byte[] body =
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("status", health.ready() ? "ready" : "not ready");
              json.writeBooleanField("live", true);
              write(json, "reasons", health.reasons());
              write(json, "warnings", health.warnings());
              json.writeStringField("clock", FeatureEndpoints.clock(serving));
              json.writeStringField("version", Version.text());
              json.writeEndObject();
            });
    return new Reply(
        health.ready() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE, MediaType.JSON, body);
  }

  private static void write(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  private Reply live(Request request) {
    return Reply.json(
        json -> {
          json.writeStartObject();
          json.writeBooleanField("live", true);
          json.writeEndObject();
        });
  }

  private Reply metrics(Request request) {
    byte[] text = metrics.scrape(serving.gauges()).getBytes(StandardCharsets.UTF_8);
    return new Reply(HttpStatus.OK, PROMETHEUS, text);
  }

  private Reply openApi(Request request) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SiteEndpoints.class.getResourceAsStream("openapi.json"))) {
      return new Reply(HttpStatus.OK, MediaType.JSON, in.readAllBytes());
    }
  }
}
