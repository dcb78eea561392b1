package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Place;
import dev.penstock.data.RowTransform;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.sql.Lookups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A row-wise transform ready to be applied: one expression per output, and a condition. */
public final class CompiledTransform implements RowTransform {
  private final Schema schema;
  private final List<CompiledExpression> outputs;
  private final @Nullable CompiledExpression where;
  private final String text;
  private final List<String> semantics;
  private final Set<String> columns;

  /** What the outputs read: all that is copied once the condition has been judged. */
  private final Set<String> outputColumns = new TreeSet<>();

  private CompiledTransform(
      Schema schema,
      List<CompiledExpression> outputs,
      @Nullable CompiledExpression where,
      String input) {
    this.schema = schema;
    this.outputs = List.copyOf(outputs);
    this.where = where;
    Set<String> lines = new TreeSet<>();
    StringBuilder written = new StringBuilder("SELECT ");
    for (int i = 0; i < outputs.size(); i++) {
      String expression = outputs.get(i).text();
      String name = Canonical.name(schema.field(i).name());
      written.append(i == 0 ? "" : ", ").append(expression);
      written.append(expression.equals(name) ? "" : " AS " + name);
      lines.addAll(outputs.get(i).semantics());
      outputColumns.addAll(outputs.get(i).columns());
    }
    Set<String> read = new TreeSet<>(outputColumns);
    written.append(" FROM ").append(Canonical.name(input));
    if (where != null) {
      written.append(" WHERE ").append(where.text());
      lines.addAll(where.semantics());
      read.addAll(where.columns());
    }
    read.removeIf(SystemColumns::contains);
    this.columns = Collections.unmodifiableSet(read);
    this.text = written.toString();
    this.semantics = List.copyOf(lines);
  }

  public static CompiledTransform compile(
      String sql, String inputName, Schema input, Lookups lookups, Place place) {
    SourceText source = new SourceText(sql, place);
    RowSelect select = RowSelect.parse(source);
    if (!select.input().equals(inputName)) {
      throw source.error(
          ErrorCode.NOT_FOUND,
          select.inputOffset(),
          "this reads '" + select.input() + "'",
          "its input is '" + inputName + "'");
    }
    List<Field> fields = new ArrayList<>();
    List<CompiledExpression> outputs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (RowSelect.Item item : expand(select.items(), input)) {
      Syntax expression = item.expression();
      if (expression == null) {
        throw new AssertionError("every * was expanded");
      } else if (!names.add(item.name())) {
        throw source.error(
            ErrorCode.DEFINITION_DUPLICATE,
            item.offset(),
            "two outputs are named '" + item.name() + "'",
            "give one another name with AS");
      } else if (SystemColumns.contains(item.name())) {
        throw source.error(
            ErrorCode.DEFINITION_VALUE,
            item.offset(),
            "'" + item.name() + "' is a name Penstock keeps for itself",
            "give it another name with AS");
      }
      CompiledExpression compiled = CompiledExpression.compile(expression, source, input, lookups);
      boolean required =
          expression instanceof Syntax.Name column && !input.field(column.name()).nullable();
      fields.add(new Field(item.name(), compiled.type(), !required));
      outputs.add(compiled);
    }
    return new CompiledTransform(
        new Schema(fields), outputs, where(select, source, input, lookups), inputName);
  }

  private static @Nullable CompiledExpression where(
      RowSelect select, SourceText source, Schema input, Lookups lookups) {
    if (select.where() == null) {
      return null;
    }
    CompiledExpression where = CompiledExpression.compile(select.where(), source, input, lookups);
    if (where.type() != Scalar.BOOLEAN) {
      throw source.error(
          ErrorCode.TYPE_MISMATCH,
          select.where().offset(),
          "WHERE takes boolean, not " + where.type(),
          "");
    }
    return where;
  }

  private static List<RowSelect.Item> expand(List<RowSelect.Item> items, Schema input) {
    List<RowSelect.Item> expanded = new ArrayList<>();
    for (RowSelect.Item item : items) {
      if (item.expression() != null) {
        expanded.add(item);
        continue;
      }
      for (Field field : input.fields()) {
        if (!SystemColumns.contains(field.name())) {
          Syntax column = new Syntax.Name(field.name(), item.offset());
          expanded.add(new RowSelect.Item(column, field.name(), item.offset()));
        }
      }
    }
    return expanded;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Set<String> columns() {
    return columns;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public List<String> semantics() {
    return semantics;
  }

  @Override
  public Batch apply(Batch batch) {
    Batch rows = where == null ? batch : selected(batch, where);
    List<Column> values = new ArrayList<>();
    for (CompiledExpression output : outputs) {
      values.add(output.evaluate(rows));
    }
    List<Field> carried = new ArrayList<>();
    for (Field field : rows.schema().fields()) {
      if (SystemColumns.contains(field.name())) {
        carried.add(field);
        values.add(rows.column(field.name()));
      }
    }
    return new Batch(schema.with(carried), values);
  }

  private Batch selected(Batch batch, CompiledExpression condition) {
    BooleanColumn column = (BooleanColumn) condition.evaluate(batch);
    boolean[] values = column.values();
    int[] rows = new int[batch.rows()];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      rows[count] = i;
      count += values[i] && !column.isNull(i) ? 1 : 0;
    }
    if (count == rows.length) {
      return batch;
    }
    // Only what the outputs read, and what is carried, is worth copying; constants need a column.
    List<String> needed =
        batch.schema().names().stream()
            .filter(name -> outputColumns.contains(name) || SystemColumns.contains(name))
            .toList();
    List<String> kept = needed.isEmpty() ? batch.schema().names() : needed;
    return batch.select(kept).gather(Arrays.copyOf(rows, count));
  }
}
