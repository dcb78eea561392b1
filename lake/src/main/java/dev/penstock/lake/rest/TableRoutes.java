package dev.penstock.lake.rest;

import dev.penstock.lake.internal.Names;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.rest.CatalogHandlers;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.apache.iceberg.rest.requests.CommitTransactionRequest;
import org.apache.iceberg.rest.requests.CreateTableRequest;
import org.apache.iceberg.rest.requests.RegisterTableRequest;
import org.apache.iceberg.rest.requests.RenameTableRequest;
import org.apache.iceberg.rest.requests.ReportMetricsRequest;
import org.apache.iceberg.rest.requests.UpdateTableRequest;
import org.apache.iceberg.rest.responses.ListTablesResponse;
import org.apache.iceberg.rest.responses.LoadTableResponse;

/** What can be asked of tables. Changes are made in the transaction of the caller. */
final class TableRoutes {
  private static final String METADATA_FILE = ".metadata.json";

  private final NamedCatalog catalog;
  private final SqlCatalog stored;
  private final Connections connections;
  private final CatalogRows rows;
  private final Bounds bounds;
  private final Locations locations;

  TableRoutes(
      NamedCatalog catalog,
      SqlCatalog stored,
      Connections connections,
      CatalogRows rows,
      Bounds bounds,
      Locations locations) {
    this.catalog = catalog;
    this.stored = stored;
    this.connections = connections;
    this.rows = rows;
    this.bounds = bounds;
    this.locations = locations;
  }

  Result list(Call call) {
    Page<TableIdentifier> page =
        Page.of(catalog.listTables(call.namespace()), TableIdentifier::name, call);
    return Result.of(
        ListTablesResponse.builder().addAll(page.items()).nextPageToken(page.nextToken()).build());
  }

  Result create(Call call) {
    CreateTableRequest request = call.body(CreateTableRequest.class);
    request.validate();
    TableIdentifier table = TableIdentifier.of(call.namespace(), request.name());
    bounds.requireForeign(table);
    if (!catalog.namespaceExists(table.namespace())) {
      throw new NoSuchNamespaceException("Namespace does not exist: %s", table.namespace());
    }
    if (request.stageCreate()) {
      if (request.location() != null) {
        // The client writes there before it commits, so it has to know now.
        locations.claim(Names.stored(table), request.location(), request.properties(), null);
      }
      return Result.of(CatalogHandlers.stageTableCreate(catalog, call.namespace(), request));
    }
    rows.holdStructure();
    return tagged(CatalogHandlers.createTable(catalog, call.namespace(), request));
  }

  Result load(Call call) {
    String held = call.header("if-none-match");
    SnapshotMode mode = call.snapshots();
    if (held != null) {
      Optional<String> now = rows.metadataLocation(Names.stored(call.table()));
      if (now.isPresent() && ETag.matches(held, ETag.of(now.get(), mode))) {
        return Result.NOT_MODIFIED.tagged(ETag.of(now.get(), mode));
      }
    }
    LoadTableResponse response = CatalogHandlers.loadTable(catalog, call.table(), mode);
    return Result.of(
            bounds.isOwn(call.table().namespace()) ? ReservedColumns.renamed(response) : response)
        .tagged(ETag.of(response.metadataLocation(), mode));
  }

  Result exists(Call call) {
    CatalogHandlers.tableExists(catalog, call.table());
    return Result.NOTHING;
  }

  Result update(Call call) {
    return tagged(update(call.table(), call.body(UpdateTableRequest.class)));
  }

  private LoadTableResponse update(TableIdentifier table, UpdateTableRequest request) {
    request.validate();
    bounds.requireForeign(table);
    if (movesOrMakes(request)) {
      rows.holdStructure();
    }
    return CatalogHandlers.updateTable(catalog, table, request);
  }

  private static boolean movesOrMakes(UpdateTableRequest request) {
    return request.requirements().stream()
            .anyMatch(UpdateRequirement.AssertTableDoesNotExist.class::isInstance)
        || request.updates().stream().anyMatch(MetadataUpdate.SetLocation.class::isInstance);
  }

  /** All tables move on, or none: one transaction has the new metadata file of each. */
  Result commit(Call call) {
    CommitTransactionRequest request = call.body(CommitTransactionRequest.class);
    request.validate();
    // Always in one order, so that two of them do not wait for each other.
    List<UpdateTableRequest> changes =
        request.tableChanges().stream()
            .sorted(Comparator.comparing(change -> change.identifier().toString()))
            .toList();
    changes.forEach(change -> update(change.identifier(), change));
    return Result.NOTHING;
  }

  Result drop(Call call) {
    bounds.requireForeign(call.table());
    rows.holdStructure();
    if (Boolean.parseBoolean(call.query("purgeRequested"))) {
      Table table = catalog.loadTable(call.table());
      TableMetadata last = ((BaseTable) table).operations().current();
      Unit unit = connections.unit();
      if (unit != null) {
        unit.afterwards(() -> CatalogUtil.dropTableData(stored.filesBelow(last.location()), last));
      }
    }
    CatalogHandlers.dropTable(catalog, call.table());
    return Result.NOTHING;
  }

  Result rename(Call call) {
    RenameTableRequest request = call.body(RenameTableRequest.class);
    request.validate();
    bounds.requireForeign(request.source());
    bounds.requireForeign(request.destination());
    rows.holdStructure();
    CatalogHandlers.renameTable(catalog, request);
    return Result.NOTHING;
  }

  Result register(Call call) {
    RegisterTableRequest request = call.body(RegisterTableRequest.class);
    request.validate();
    bounds.requireForeign(TableIdentifier.of(call.namespace(), request.name()));
    requireMetadataFile(request.metadataLocation());
    rows.holdStructure();
    return tagged(CatalogHandlers.registerTable(catalog, call.namespace(), request));
  }

  static void requireMetadataFile(String location) {
    if (!location.contains(METADATA_FILE)) {
      throw new BadRequestException("%s is no metadata file of a table or view", location);
    }
  }

  Result metrics(Call call) {
    call.body(ReportMetricsRequest.class).validate();
    return Result.NOTHING;
  }

  private static Result tagged(LoadTableResponse response) {
    return Result.of(response).tagged(ETag.of(response.metadataLocation(), SnapshotMode.ALL));
  }
}
