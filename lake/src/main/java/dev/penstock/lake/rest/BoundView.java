package dev.penstock.lake.rest;

import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewOperations;
import org.jspecify.annotations.Nullable;

/** A view's operations, of which no commit passes that the bounds refuse. */
record BoundView(TableIdentifier stored, ViewOperations view, Bounds bounds)
    implements ViewOperations {
  @Override
  public void commit(@Nullable ViewMetadata base, ViewMetadata metadata) {
    if (base == null) {
      bounds.create(
          stored, metadata.location(), metadata.properties(), metadata.metadataFileLocation());
    } else {
      bounds.change(
          stored, base.location(), metadata.location(), base.properties(), metadata.properties());
    }
    view.commit(base, metadata);
  }

  @Override
  public ViewMetadata current() {
    return view.current();
  }

  @Override
  public ViewMetadata refresh() {
    return view.refresh();
  }
}
