package dev.penstock.data;

import java.util.List;
import java.util.Set;

/**
 * A compiled row-wise transform: each row gives one row or none, from its own columns and pinned
 * lookups alone. The {@link SystemColumns} of the row are carried along. Pure and thread-safe.
 */
public interface RowTransform {
  /** Output columns, without the system columns. */
  Schema schema();

  /** Names of the input's columns this reads, the system columns aside. */
  Set<String> columns();

  /** Canonical text, see {@link Expression#text()}. */
  String text();

  /** See {@link Expression#semantics()}. */
  List<String> semantics();

  /**
   * Output rows in the order of their input rows, system columns of the input last, if it has any.
   */
  Batch apply(Batch batch);
}
