package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.Place;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.sql.Lookups;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An expression ready to be evaluated. */
public final class CompiledExpression implements Expression {
  /** Raised when an operator, a cast or a literal comes to mean something else. */
  private static final String LANGUAGE = "expressions 1";

  private final String text;
  private final Node root;
  private final Set<String> columns;
  private final List<String> semantics;

  private CompiledExpression(String text, Node root, Set<String> columns, Set<String> semantics) {
    this.text = text;
    this.root = root;
    this.columns = Collections.unmodifiableSet(new LinkedHashSet<>(columns));
    List<String> lines = new ArrayList<>(List.of(LANGUAGE));
    lines.addAll(semantics);
    this.semantics = List.copyOf(lines);
  }

  public static CompiledExpression compile(
      String text, Schema schema, Lookups lookups, Place place) {
    SourceText source = new SourceText(text, place);
    return compile(Parser.parse(source), source, schema, lookups);
  }

  static CompiledExpression compile(
      Syntax syntax, SourceText source, Schema schema, Lookups lookups) {
    Checker checker = new Checker(source, schema, lookups);
    Node root = checker.check(syntax);
    if (Checker.isUntyped(root) && syntax instanceof Syntax.Null) {
      throw source.error(
          ErrorCode.TYPE_MISMATCH,
          syntax.offset(),
          "NULL alone has no type",
          "CAST(NULL AS int64)");
    }
    return new CompiledExpression(
        Canonical.text(syntax), root, checker.columns(), checker.semantics());
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Type type() {
    return root.type();
  }

  @Override
  public Set<String> columns() {
    return columns;
  }

  @Override
  public List<String> semantics() {
    return semantics;
  }

  @Override
  public Column evaluate(Batch batch) {
    // Operations on NaN leave bits that differ between processors.
    return Values.canonical(root.evaluate(batch));
  }

  @Override
  public String toString() {
    return text;
  }
}
