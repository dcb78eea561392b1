package dev.penstock.lake.rest;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.rest.RESTCatalogProperties;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.RESTUtil;
import org.jspecify.annotations.Nullable;

/**
 * A request whose route is known.
 *
 * @param variables what the route's path names, not decoded
 */
record Call(Route route, Map<String, String> variables, RestRequest request) {
  Namespace namespace() {
    // Clients write the separator in either case.
    String raw = Objects.requireNonNull(variables.get("namespace")).replace("%1f", "%1F");
    return raw.isEmpty() ? Namespace.empty() : RESTUtil.decodeNamespace(raw, "%1F");
  }

  TableIdentifier table() {
    return TableIdentifier.of(namespace(), named("table"));
  }

  TableIdentifier view() {
    return TableIdentifier.of(namespace(), named("view"));
  }

  private String named(String variable) {
    return RESTUtil.decodeString(Objects.requireNonNull(variables.get(variable)));
  }

  <T> T body(Class<T> type) {
    return Json.read(request.body(), type);
  }

  @Nullable String header(String name) {
    return request.headers().get(name);
  }

  /** A parameter of the query, decoded; null when it is not there. */
  @Nullable String query(String name) {
    return queries().get(name);
  }

  private Map<String, String> queries() {
    Map<String, String> queries = new HashMap<>();
    for (String part : request.query().split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        queries.putIfAbsent(
            RESTUtil.decodeString(part.substring(0, equals)),
            RESTUtil.decodeString(part.substring(equals + 1)));
      }
    }
    return queries;
  }

  /** How many of a table's snapshots are asked for. */
  SnapshotMode snapshots() {
    String mode = query(RESTCatalogProperties.SNAPSHOTS_QUERY_PARAMETER);
    try {
      return mode == null ? SnapshotMode.ALL : SnapshotMode.valueOf(mode.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e, "snapshots=%s is neither all nor refs", mode);
    }
  }

  /** Tells this request from others. */
  String hash() {
    return ETag.sha256(
        request.method()
            + "\n"
            + request.path()
            + "\n"
            + request.query()
            + "\n"
            + new String(request.body(), StandardCharsets.UTF_8));
  }
}
