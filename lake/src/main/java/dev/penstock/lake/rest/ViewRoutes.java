package dev.penstock.lake.rest;

import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.requests.CreateViewRequest;
import org.apache.iceberg.rest.requests.RegisterViewRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ListTablesResponse;

/** What can be asked of views. Changes are made in the transaction of the caller. */
final class ViewRoutes {
  private final NamedCatalog catalog;
  private final CatalogRows rows;
  private final Bounds bounds;

  ViewRoutes(NamedCatalog catalog, CatalogRows rows, Bounds bounds) {
    this.catalog = catalog;
    this.rows = rows;
    this.bounds = bounds;
  }

  Result list(Call call) {
    Page<TableIdentifier> page =
        Page.of(catalog.listViews(call.namespace()), TableIdentifier::name, call);
    return Result.of(
        ListTablesResponse.builder().addAll(page.items()).nextPageToken(page.nextToken()).build());
  }

  Result create(Call call) {
    CreateViewRequest request = call.body(CreateViewRequest.class);
    bounds.requireForeign(TableIdentifier.of(call.namespace(), request.name()));
    rows.holdStructure();
    return Result.of(CatalogHandlers.createView(catalog, call.namespace(), request));
  }

  Result load(Call call) {
    return Result.of(CatalogHandlers.loadView(catalog, call.view()));
  }

  Result exists(Call call) {
    CatalogHandlers.viewExists(catalog, call.view());
    return Result.NOTHING;
  }

  Result update(Call call) {
    UpdateTableRequest request = call.body(UpdateTableRequest.class);
    request.validate();
    bounds.requireForeign(call.view());
    rows.holdStructure();
    return Result.of(CatalogHandlers.updateView(catalog, call.view(), request));
  }

  Result drop(Call call) {
    bounds.requireForeign(call.view());
    rows.holdStructure();
    CatalogHandlers.dropView(catalog, call.view());
    return Result.NOTHING;
  }

  Result rename(Call call) {
    RenameTableRequest request = call.body(RenameTableRequest.class);
    request.validate();
    bounds.requireForeign(request.source());
    bounds.requireForeign(request.destination());
    rows.holdStructure();
    CatalogHandlers.renameView(catalog, request);
    return Result.NOTHING;
  }

  Result register(Call call) {
    RegisterViewRequest request = call.body(RegisterViewRequest.class);
    bounds.requireForeign(TableIdentifier.of(call.namespace(), request.name()));
    TableRoutes.requireMetadataFile(request.metadataLocation());
    rows.holdStructure();
    return Result.of(CatalogHandlers.registerView(catalog, call.namespace(), request));
  }
}
