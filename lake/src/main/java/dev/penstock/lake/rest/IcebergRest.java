package dev.penstock.lake.rest;

import dev.penstock.lake.CatalogDatabase;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.NoSuchWarehouseException;
import org.apache.iceberg.rest.responses.ConfigResponse;
import org.jspecify.annotations.Nullable;

/**
 * The Iceberg REST catalog of a project: every request is answered, whatever is wrong with it. A
 * request that changes something is one database transaction, its idempotency key with it.
 * Thread-safe.
 */
public final class IcebergRest implements AutoCloseable {
  private final String project;
  private final SqlCatalog stored;
  private final Connections connections;
  private final IdempotencyKeys keys;
  private final NamespaceRoutes namespaces;
  private final TableRoutes tables;
  private final ViewRoutes views;

  private IcebergRest(RestSettings settings, InstantSource clock) {
    this.project = settings.project();
    this.connections = Connections.to(settings.database());
    CatalogRows rows = new CatalogRows(connections);
    Locations locations = new Locations(settings, rows);
    Bounds bounds = new Bounds(project, locations);
    this.stored = SqlCatalog.over(connections, rows, locations, bounds);
    stored.initialize(
        CatalogDatabase.CATALOG,
        settings.database().properties(locations.warehouse(), connections.poolSize()));
    rows.create();
    this.keys = new IdempotencyKeys(connections, clock);
    NamedCatalog catalog = new NamedCatalog(stored);
    this.namespaces = new NamespaceRoutes(catalog, rows, bounds, locations);
    this.tables = new TableRoutes(catalog, stored, connections, rows, bounds, locations);
    this.views = new ViewRoutes(catalog, rows, bounds);
  }

  /** Opens the catalog, making its tables in the database if they are not there. */
  public static IcebergRest open(RestSettings settings, InstantSource clock) {
    return new IcebergRest(settings, clock);
  }

  /** Answers a request. */
  public RestResponse answer(RestRequest request) {
    try {
      Call call = Route.of(request);
      return call.route().changes() ? change(call) : result(call).response();
    } catch (RuntimeException e) {
      return Errors.response(e);
    }
  }

  /** Says that a request was not worked on, and may be sent again. */
  public static RestResponse unavailable(String why) {
    return Errors.response(503, "ServiceUnavailableException", why);
  }

  /** Says that a request is none of the protocol. */
  public static RestResponse badRequest(String message) {
    return Errors.response(new BadRequestException("%s", message));
  }

  private RestResponse change(Call call) {
    String key = call.header("idempotency-key");
    if (key == null) {
      return connections.transaction(() -> result(call).response());
    }
    requireUuid(key);
    String hash = call.hash();
    try {
      return connections.transaction(
          () -> {
            Optional<RestResponse> before = keys.take(key, hash);
            if (before.isPresent()) {
              return before.get();
            }
            RestResponse response = result(call).response();
            keys.finish(key, response);
            return response;
          });
    } catch (RuntimeException e) {
      RestResponse refusal = Errors.response(e);
      if (refusal.status() < 500) {
        keys.refuse(key, hash, refusal);
      }
      return refusal;
    }
  }

  private static void requireUuid(String key) {
    try {
      if (key.equalsIgnoreCase(UUID.fromString(key).toString())) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e, "Idempotency key %s is no UUID", key);
    }
    throw new BadRequestException("Idempotency key %s is no UUID", key);
  }

  private Result result(Call call) {
    return switch (call.route()) {
      case CONFIG -> config(call.query("warehouse"));
      case LIST_NAMESPACES -> namespaces.list(call);
      case CREATE_NAMESPACE -> namespaces.create(call);
      case LOAD_NAMESPACE -> namespaces.load(call);
      case NAMESPACE_EXISTS -> namespaces.exists(call);
      case DROP_NAMESPACE -> namespaces.drop(call);
      case UPDATE_NAMESPACE -> namespaces.update(call);
      case LIST_TABLES -> tables.list(call);
      case CREATE_TABLE -> tables.create(call);
      case LOAD_TABLE -> tables.load(call);
      case TABLE_EXISTS -> tables.exists(call);
      case UPDATE_TABLE -> tables.update(call);
      case DROP_TABLE -> tables.drop(call);
      case RENAME_TABLE -> tables.rename(call);
      case REGISTER_TABLE -> tables.register(call);
      case REPORT_METRICS -> tables.metrics(call);
      case COMMIT_TRANSACTION -> tables.commit(call);
      case LIST_VIEWS -> views.list(call);
      case CREATE_VIEW -> views.create(call);
      case LOAD_VIEW -> views.load(call);
      case VIEW_EXISTS -> views.exists(call);
      case UPDATE_VIEW -> views.update(call);
      case DROP_VIEW -> views.drop(call);
      case RENAME_VIEW -> views.rename(call);
      case REGISTER_VIEW -> views.register(call);
    };
  }

  /** There is one warehouse, which has the project's name. */
  private Result config(@Nullable String warehouse) {
    if (warehouse != null && !warehouse.isEmpty() && !warehouse.equals(project)) {
      throw new NoSuchWarehouseException(
          "Warehouse does not exist: %s (there is: %s)", warehouse, project);
    }
    return Result.of(
        ConfigResponse.builder()
            .withEndpoints(Route.endpoints())
            .withIdempotencyKeyLifetime(IdempotencyKeys.LIFETIME.toString())
            .build());
  }

  @Override
  public void close() {
    stored.close();
  }
}
