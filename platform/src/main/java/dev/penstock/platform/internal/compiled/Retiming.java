package dev.penstock.platform.internal.compiled;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Expression;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Scalar;
import dev.penstock.data.SystemColumns;
import dev.penstock.data.Type;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.compiled.CompiledTransform;
import dev.penstock.source.NamedExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The event time that a transform gives a source's row, as an expression over that row, so that
 * acceptance can refuse a row whose new time is missing or in the future. A row that the transform
 * filters out has the beginning of time, which is always valid.
 */
final class Retiming implements Expression {
  private final RowTransform transform;

  private Retiming(RowTransform transform) {
    this.transform = transform;
  }

  /** The source with the times that these transforms, as far as they read it, give its rows. */
  static CompiledSource into(CompiledSource source, Collection<CompiledTransform> transforms) {
    if (source.spec() == null) {
      return source;
    }
    List<NamedExpression> retimings = new ArrayList<>();
    for (CompiledTransform transform : transforms) {
      if (source.name().equals(transform.rootSource())
          && transform.definition().eventTime() != null
          && transform.fromRoot() != null) {
        retimings.add(new NamedExpression(transform.name(), new Retiming(transform.fromRoot())));
      }
    }
    return new CompiledSource(
        source.definition(), source.spec().retimings(retimings), source.schema(), source.checks());
  }

  @Override
  public String text() {
    return "event time of " + transform.text();
  }

  @Override
  public Type type() {
    return Scalar.TIMESTAMP;
  }

  @Override
  public Set<String> columns() {
    return transform.columns();
  }

  @Override
  public List<String> semantics() {
    return transform.semantics();
  }

  @Override
  public Column evaluate(Batch batch) {
    int rows = batch.rows();
    List<String> own =
        batch.schema().names().stream().filter(name -> !SystemColumns.contains(name)).toList();
    Batch out = transform.apply(batch.select(own).with(SystemColumns.FIELDS, numbered(rows)));
    long[] offsets = ((LongColumn) out.column(SystemColumns.OFFSET)).values();
    LongColumn times = (LongColumn) out.column(SystemColumns.EVENT_TIME);
    long[] values = new long[rows];
    boolean[] nulls = new boolean[rows];
    for (int i = 0; i < offsets.length; i++) {
      int row = Math.toIntExact(offsets[i]);
      values[row] = times.values()[i];
      nulls[row] = times.isNull(i);
    }
    return new LongColumn(Scalar.TIMESTAMP, values, nulls);
  }

  /** System columns whose offset is the row's number. */
  private static List<Column> numbered(int rows) {
    long[] offsets = new long[rows];
    Arrays.setAll(offsets, row -> row);
    Object[] ids = new Object[rows];
    Arrays.fill(ids, "");
    return List.of(
        new LongColumn(Scalar.TIMESTAMP, new long[rows], null),
        new LongColumn(Scalar.TIMESTAMP, new long[rows], null),
        new IntColumn(Scalar.INT32, new int[rows], null),
        new LongColumn(Scalar.INT64, offsets, null),
        new ObjectColumn(Scalar.STRING, ids));
  }
}
