package dev.penstock.app.iceberg;

import dev.penstock.app.memory.MemoryOpener;
import dev.penstock.app.server.PenstockServer;
import dev.penstock.lake.CatalogDatabase;
import dev.penstock.lake.internal.LocalFileIo;
import dev.penstock.lake.rest.IcebergRest;
import dev.penstock.lake.rest.RestSettings;
import dev.penstock.platform.command.Operations;
import dev.penstock.platform.command.Workspace;
import dev.penstock.source.ClockMode;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.rest.RESTCatalog;

/** The real server with a catalog of its own. */
public final class CatalogServer implements AutoCloseable {
  public static final String PROJECT = "penstock_kit";

  /** The properties with which the kit has its client make tables and views. */
  static final Map<String, String> KIT_DEFAULTS =
      Map.ofEntries(
          Map.entry("table-default.default-key1", "catalog-default-key1"),
          Map.entry("table-default.default-key2", "catalog-default-key2"),
          Map.entry("table-default.override-key3", "catalog-default-key3"),
          Map.entry("table-override.override-key3", "catalog-override-key3"),
          Map.entry("table-override.override-key4", "catalog-override-key4"),
          Map.entry("view-default.key1", "catalog-default-key1"),
          Map.entry("view-default.key2", "catalog-default-key2"),
          Map.entry("view-default.key3", "catalog-default-key3"),
          Map.entry("view-override.key3", "catalog-override-key3"),
          Map.entry("view-override.key4", "catalog-override-key4"));

  private final IcebergRest iceberg;
  private final PenstockServer server;

  private CatalogServer(IcebergRest iceberg, PenstockServer server) {
    this.iceberg = iceberg;
    this.server = server;
  }

  /** Tables may be in the warehouse, and in the other folders. */
  public static CatalogServer start(CatalogDatabase database, Path warehouse, Path... others) {
    IcebergRest iceberg =
        IcebergRest.open(
            new RestSettings(database, warehouse, PROJECT, List.of(others)),
            InstantSource.system());
    Operations project =
        new MemoryOpener(iceberg)
            .open(new Workspace(warehouse.toAbsolutePath(), "local"), InstantSource.system());
    PenstockServer server =
        PenstockServer.start(
            "127.0.0.1",
            0,
            new PenstockServer.Served(
                project,
                project.serving(ClockMode.WALL),
                "",
                (command, out, err) -> 0,
                warehouse.resolve("cache")));
    return new CatalogServer(iceberg, server);
  }

  public String address() {
    return server.address() + "/iceberg";
  }

  /** What a client needs to know. */
  Map<String, String> properties() {
    return Map.of(
        CatalogProperties.URI, address(),
        CatalogProperties.WAREHOUSE_LOCATION, PROJECT,
        CatalogProperties.FILE_IO_IMPL, LocalFileIo.class.getName());
  }

  /** Iceberg's own client. */
  RESTCatalog client(String name, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(properties());
    properties.putAll(more);
    RESTCatalog client = new RESTCatalog();
    client.initialize(name, properties);
    return client;
  }

  @Override
  public void close() {
    server.close();
    iceberg.close();
  }
}
