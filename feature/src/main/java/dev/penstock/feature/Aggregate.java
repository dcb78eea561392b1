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
 * A function over the rows of a window: {@code mean(delay) where distance > 0}. With {@code by} it
 * gives one value for each category that a row of the window has, as the text of a JSON object in
 * the order of categories: {@code {"AA":4.5,"DL":null}}.
 *
 * @param arguments as many as the function takes
 * @param by what rows are divided by; a row where it is null is in no category. Null without one
 * @param where only rows where this is true count (null is not true); all rows without it
 * @param parameters the numbers that stand behind the arguments, as many as the function has; a
 *     limit may be left out
 * @param otherwise the value in place of null, of the function's type; with {@code by} in place of
 *     a category's null. Null without one
 */
public record Aggregate(
    AggregateFunction function,
    List<Expression> arguments,
    @Nullable Expression by,
    @Nullable Expression where,
    List<Double> parameters,
    @Nullable Object otherwise) {
  /** The most categories that a window may hold; one with more is an error. */
  public static final int MOST_CATEGORIES = 1_000;

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
    if (by != null) {
      Signature.checkBy(function, arguments, by);
    }
  }

  /** An aggregate without a default. */
  public Aggregate(
      AggregateFunction function,
      List<Expression> arguments,
      @Nullable Expression where,
      List<Double> parameters) {
    this(function, arguments, null, where, parameters, null);
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
    return new Aggregate(function, arguments, by, condition, parameters, otherwise);
  }

  /** This aggregate with one value for each category. */
  public Aggregate by(Expression category) {
    return new Aggregate(function, arguments, category, where, parameters, otherwise);
  }

  /** This aggregate without categories: what each of them has. */
  public Aggregate ofOneCategory() {
    return new Aggregate(function, arguments, null, where, parameters, otherwise);
  }

  /** This aggregate with a default, as it is written: {@code 0}, {@code 'none'}. */
  public Aggregate withDefault(String written) {
    return new Aggregate(
        function,
        arguments,
        by,
        where,
        parameters,
        Literal.parse(function, Signature.resultType(function, arguments), written));
  }

  /** The first parameter, 0 without one. */
  public double parameter() {
    return parameters.isEmpty() ? 0 : parameters.get(0);
  }

  public Type resultType() {
    return by == null ? Signature.resultType(function, arguments) : Scalar.STRING;
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
        + (by == null ? "" : " by " + by.text())
        + (where == null ? "" : " where " + where.text())
        + (otherwise == null ? "" : " default " + Literal.text(otherwise));
  }

  /** What the meaning rests on besides the text, see {@link Expression#semantics()}. */
  public List<String> semantics() {
    Set<String> lines = new TreeSet<>();
    lines.add("aggregate " + function + " " + function.semanticsVersion());
    if (by != null) {
      lines.add("aggregate by 1");
    }
    expressions().forEach(expression -> lines.addAll(expression.semantics()));
    return List.copyOf(lines);
  }

  /** The arguments, the category and the condition, as far as there are any. */
  public List<Expression> expressions() {
    List<Expression> all = new ArrayList<>(arguments);
    if (by != null) {
      all.add(by);
    }
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
