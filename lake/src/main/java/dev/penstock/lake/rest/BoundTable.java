package dev.penstock.lake.rest;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.jspecify.annotations.Nullable;

/** A table's operations, of which no commit passes that the bounds refuse. */
record BoundTable(TableIdentifier stored, TableOperations table, Bounds bounds)
    implements TableOperations {
  @Override
  public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
    if (base == null) {
      bounds.create(
          stored, metadata.location(), metadata.properties(), metadata.metadataFileLocation());
      // These are deleted when the table has moved on often enough.
      metadata
          .previousFiles()
          .forEach(previous -> bounds.requireWithin(previous.file(), metadata.location()));
    } else {
      bounds.change(
          stored, base.location(), metadata.location(), base.properties(), metadata.properties());
    }
    table.commit(base, metadata);
  }

  @Override
  public TableMetadata current() {
    return table.current();
  }

  @Override
  public TableMetadata refresh() {
    return table.refresh();
  }

  @Override
  public FileIO io() {
    return table.io();
  }

  @Override
  public EncryptionManager encryption() {
    return table.encryption();
  }

  @Override
  public String metadataFileLocation(String name) {
    return table.metadataFileLocation(name);
  }

  @Override
  public LocationProvider locationProvider() {
    return table.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return table.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return table.newSnapshotId();
  }

  @Override
  public boolean requireStrictCleanup() {
    return table.requireStrictCleanup();
  }
}
