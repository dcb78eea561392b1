package dev.penstock.data;

import java.util.List;
import java.util.Set;

/**
 * A compiled row expression: a batch in, a column out. Pure: equal batches give equal columns, to
 * the bit, on any machine. Thread-safe.
 */
public interface Expression {
  /** The canonical text: equal for expressions that differ only in spelling. */
  String text();

  Type type();

  /** Names of the batch's columns this reads. */
  Set<String> columns();

  /**
   * What the meaning rests on besides the text, each as a canonical line: {@code function to_utc
   * 1}, {@code lookup airports <fingerprint>}, {@code zone rules <hash>}. Part of every
   * fingerprint.
   */
  List<String> semantics();

  /**
   * One value per row. A row whose evaluation fails (a division of integers by zero, an overflow)
   * gives null, as SQL's {@code TRY_CAST} would; what must not be null says so in its contract.
   */
  Column evaluate(Batch batch);
}
