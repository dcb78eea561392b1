package dev.penstock.lake.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.rest.Endpoint;
import org.jspecify.annotations.Nullable;

/** What can be asked. Each route but the first is told to clients, which try no other. */
@SuppressWarnings("ImmutableEnumChecker") // Iceberg's endpoints are; the segments never leave.
enum Route {
  CONFIG(Endpoint.create("GET", "/v1/config"), false),
  LIST_NAMESPACES(Endpoint.V1_LIST_NAMESPACES, false),
  CREATE_NAMESPACE(Endpoint.V1_CREATE_NAMESPACE, true),
  LOAD_NAMESPACE(Endpoint.V1_LOAD_NAMESPACE, false),
  NAMESPACE_EXISTS(Endpoint.V1_NAMESPACE_EXISTS, false),
  DROP_NAMESPACE(Endpoint.V1_DELETE_NAMESPACE, true),
  UPDATE_NAMESPACE(Endpoint.V1_UPDATE_NAMESPACE, true),
  LIST_TABLES(Endpoint.V1_LIST_TABLES, false),
  CREATE_TABLE(Endpoint.V1_CREATE_TABLE, true),
  LOAD_TABLE(Endpoint.V1_LOAD_TABLE, false),
  TABLE_EXISTS(Endpoint.V1_TABLE_EXISTS, false),
  UPDATE_TABLE(Endpoint.V1_UPDATE_TABLE, true),
  DROP_TABLE(Endpoint.V1_DELETE_TABLE, true),
  RENAME_TABLE(Endpoint.V1_RENAME_TABLE, true),
  REGISTER_TABLE(Endpoint.V1_REGISTER_TABLE, true),
  REPORT_METRICS(Endpoint.V1_REPORT_METRICS, false),
  COMMIT_TRANSACTION(Endpoint.V1_COMMIT_TRANSACTION, true),
  LIST_VIEWS(Endpoint.V1_LIST_VIEWS, false),
  CREATE_VIEW(Endpoint.V1_CREATE_VIEW, true),
  LOAD_VIEW(Endpoint.V1_LOAD_VIEW, false),
  VIEW_EXISTS(Endpoint.V1_VIEW_EXISTS, false),
  UPDATE_VIEW(Endpoint.V1_UPDATE_VIEW, true),
  DROP_VIEW(Endpoint.V1_DELETE_VIEW, true),
  RENAME_VIEW(Endpoint.V1_RENAME_VIEW, true),
  REGISTER_VIEW(Endpoint.V1_REGISTER_VIEW, true);

  private final Endpoint endpoint;
  private final boolean changes;
  private final String[] segments;

  Route(Endpoint endpoint, boolean changes) {
    this.endpoint = endpoint;
    this.changes = changes;
    this.segments = endpoint.path().replace("{prefix}/", "").split("/", -1);
  }

  /** Whether it changes what the catalog holds. */
  boolean changes() {
    return changes;
  }

  /** What clients are told that they can ask. */
  static List<Endpoint> endpoints() {
    return Arrays.stream(values())
        .filter(route -> route != CONFIG)
        .map(route -> route.endpoint)
        .toList();
  }

  /**
   * The route of a request. The path is taken apart before it is decoded: a name may hold a slash.
   *
   * @throws UnsupportedOperationException if there is none
   */
  static Call of(RestRequest request) {
    String[] path = request.path().split("/", -1);
    List<String> methods = new ArrayList<>();
    for (Route route : values()) {
      Map<String, String> variables = route.match(path);
      if (variables != null) {
        if (route.endpoint.httpMethod().equals(request.method())) {
          return new Call(route, variables, request);
        }
        methods.add(route.endpoint.httpMethod());
      }
    }
    throw new UnsupportedOperationException(
        methods.isEmpty()
            ? "There is nothing at " + request.path()
            : request.path() + " can be asked with " + methods + ", not " + request.method());
  }

  private @Nullable Map<String, String> match(String[] path) {
    if (path.length != segments.length) {
      return null;
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < path.length; i++) {
      String segment = segments[i];
      if (segment.startsWith("{")) {
        variables.put(segment.substring(1, segment.length() - 1), path[i]);
      } else if (!segment.equals(path[i])) {
        return null;
      }
    }
    return variables;
  }
}
