package dev.penstock.feature;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A function over the rows of a window: {@code mean(delay) where distance > 0}.
 *
 * @param arguments as many as the function takes
 * @param where only rows where this is true count (null is not true); all rows without it
 * @param parameters the numbers that stand behind the arguments, as many as the function has; a
 *     limit may be left out
 * @param otherwise the value in place of null, of the result's type; null without one
 */
public record Aggregate(
    AggregateFunction function,
    List<Expression> arguments,
    @Nullable Expression where,
    List<Double> parameters,
    @Nullable Object otherwise) {
  public Aggregate {
    arguments = List.copyOf(arguments);
    parameters = Signature.complete(function, parameters);
    if (arguments.size() < function.leastArguments() || arguments.size() > function.arguments()) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          function + " takes " + Signature.arguments(function) + ", not " + arguments.size(),
          "write " + Signature.example(function));
    }
    if (where != null && where.type() != Scalar.BOOLEAN) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "where " + where.text() + " is " + where.type(),
          "write a condition that is true or false");
    }
    Signature.check(function, parameters);
    Literal.check(function, Signature.resultType(function, arguments), otherwise);
  }

  /** An aggregate without a default. */
  public Aggregate(
      AggregateFunction function,
      List<Expression> arguments,
      @Nullable Expression where,
      List<Double> parameters) {
    this(function, arguments, where, parameters, null);
  }

  /** An aggregate without parameters. */
  public Aggregate(
      AggregateFunction function, List<Expression> arguments, @Nullable Expression where) {
    this(function, arguments, where, List.of());
  }

  public static Aggregate count() {
    return new Aggregate(AggregateFunction.COUNT, List.of(), null);
  }

  public static Aggregate of(AggregateFunction function, Expression... arguments) {
    return new Aggregate(function, List.of(arguments), null);
  }

  public static Aggregate of(
      AggregateFunction function, List<Double> parameters, Expression... arguments) {
    return new Aggregate(function, List.of(arguments), null, parameters);
  }

  public static Aggregate percentile(Expression argument, double q) {
    return of(AggregateFunction.PERCENTILE, List.of(q), argument);
  }

  /** This aggregate over the rows where a condition is true. */
  public Aggregate where(Expression condition) {
    return new Aggregate(function, arguments, condition, parameters, otherwise);
  }

  /** This aggregate with a default, as it is written: {@code 0}, {@code 'none'}. */
  public Aggregate withDefault(String written) {
    return new Aggregate(
        function, arguments, where, parameters, Literal.parse(function, resultType(), written));
  }

  /** The first parameter, 0 without one. */
  public double parameter() {
    return parameters.isEmpty() ? 0 : parameters.get(0);
  }

  public Type resultType() {
    return Signature.resultType(function, arguments);
  }

  /** The canonical text: {@code percentile(delay, 0.9) where distance > 0}. */
  public String text() {
    List<String> inside = new ArrayList<>(arguments.stream().map(Expression::text).toList());
    for (int i = 0; i < parameters.size(); i++) {
      inside.add(function.parameters().get(i).text(parameters.get(i)));
    }
    return function
        + "("
        + String.join(", ", inside)
        + ")"
        + (where == null ? "" : " where " + where.text())
        + (otherwise == null ? "" : " default " + Literal.text(otherwise));
  }

  /** What the meaning rests on besides the text, see {@link Expression#semantics()}. */
  public List<String> semantics() {
    Set<String> lines = new TreeSet<>();
    lines.add("aggregate " + function + " " + function.semanticsVersion());
    expressions().forEach(expression -> lines.addAll(expression.semantics()));
    return List.copyOf(lines);
  }

  /** The arguments, if any, and the condition, if any. */
  public List<Expression> expressions() {
    List<Expression> all = new ArrayList<>(arguments);
    if (where != null) {
      all.add(where);
    }
    return all;
  }

  @Override
  public String toString() {
    return text();
  }
}
