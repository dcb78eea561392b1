package dev.penstock.lake.rest;

import java.util.Map;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTUtil;
import org.apache.iceberg.rest.requests.CreateNamespaceRequest;
import org.apache.iceberg.rest.requests.UpdateNamespacePropertiesRequest;
import org.apache.iceberg.rest.responses.ListNamespacesResponse;
import org.jspecify.annotations.Nullable;

/** What can be asked of namespaces. */
final class NamespaceRoutes {
  private final NamedCatalog catalog;
  private final CatalogRows rows;
  private final Bounds bounds;
  private final Locations locations;

  NamespaceRoutes(NamedCatalog catalog, CatalogRows rows, Bounds bounds, Locations locations) {
    this.catalog = catalog;
    this.rows = rows;
    this.bounds = bounds;
    this.locations = locations;
  }

  Result list(Call call) {
    String parent = call.query("parent");
    Page<Namespace> page =
        Page.of(
            catalog.listNamespaces(
                parent == null || parent.isEmpty()
                    ? Namespace.empty()
                    : RESTUtil.namespaceFromQueryParam(parent)),
            RESTUtil::namespaceToQueryParam,
            call);
    return Result.of(
        ListNamespacesResponse.builder()
            .addAll(page.items())
            .nextPageToken(page.nextToken())
            .build());
  }

  Result create(Call call) {
    CreateNamespaceRequest request = call.body(CreateNamespaceRequest.class);
    request.validate();
    bounds.requireForeign(request.namespace());
    requireInside(request.properties());
    rows.holdStructure();
    return Result.of(CatalogHandlers.createNamespace(catalog, request));
  }

  Result load(Call call) {
    return Result.of(CatalogHandlers.loadNamespace(catalog, call.namespace()));
  }

  Result exists(Call call) {
    CatalogHandlers.namespaceExists(catalog, call.namespace());
    return Result.NOTHING;
  }

  Result drop(Call call) {
    bounds.requireForeign(call.namespace());
    rows.holdStructure();
    CatalogHandlers.dropNamespace(catalog, call.namespace());
    return Result.NOTHING;
  }

  Result update(Call call) {
    UpdateNamespacePropertiesRequest request = call.body(UpdateNamespacePropertiesRequest.class);
    bounds.requireForeign(call.namespace());
    requireInside(request.updates());
    rows.holdStructure();
    return Result.of(CatalogHandlers.updateNamespaceProperties(catalog, call.namespace(), request));
  }

  private void requireInside(Map<String, String> properties) {
    @Nullable String location = properties.get("location");
    if (location != null) {
      locations.foreign(location);
    }
  }
}
