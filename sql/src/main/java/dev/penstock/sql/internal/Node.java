package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Type;

/**
 * A checked part of an expression: a batch in, a column of its rows out. Evaluates every row, also
 * those that a CASE around it does not ask for: nothing here can fail, what has no result is null.
 * Immutable and thread-safe.
 */
interface Node {
  Type type();

  Column evaluate(Batch batch);
}
