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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A function over the rows of a window: {@code mean(delay) where distance > 0}.
 *
 * @param arguments none or one for {@code count}, one for every other function
 * @param where only rows where this is true count (null is not true); all rows without it
 * @param parameter of {@code percentile} its q in [0, 1]; 0 for every other function
 */
public record Aggregate(
    AggregateFunction function,
    List<Expression> arguments,
    @Nullable Expression where,
    double parameter) {
  public Aggregate {
    arguments = List.copyOf(arguments);
    int least = function == AggregateFunction.COUNT ? 0 : 1;
    if (arguments.size() < least || arguments.size() > 1) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          function + " takes one argument, not " + arguments.size(),
          "write " + function + "(column)");
    }
    if (where != null && where.type() != Scalar.BOOLEAN) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "where " + where.text() + " is " + where.type(),
          "write a condition that is true or false");
    }
    if (function != AggregateFunction.PERCENTILE ? parameter != 0 : !inUnitInterval(parameter)) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          function + " cannot have the parameter " + parameter,
          "only percentile has one, between 0 and 1");
    }
    resultType(function, arguments);
  }

  public static Aggregate count() {
    return new Aggregate(AggregateFunction.COUNT, List.of(), null, 0);
  }

  public static Aggregate of(AggregateFunction function, Expression argument) {
    return new Aggregate(function, List.of(argument), null, 0);
  }

  public static Aggregate percentile(Expression argument, double q) {
    return new Aggregate(AggregateFunction.PERCENTILE, List.of(argument), null, q);
  }

  /** This aggregate over the rows where a condition is true. */
  public Aggregate where(Expression condition) {
    return new Aggregate(function, arguments, condition, parameter);
  }

  public Type resultType() {
    return resultType(function, arguments);
  }

  /** The canonical text: {@code percentile(delay, 0.9) where distance > 0}. */
  public String text() {
    String inside = arguments.stream().map(Expression::text).collect(Collectors.joining(", "));
    if (function == AggregateFunction.PERCENTILE) {
      inside += ", " + parameter;
    }
    return function + "(" + inside + ")" + (where == null ? "" : " where " + where.text());
  }

  /** What the meaning rests on besides the text, see {@link Expression#semantics()}. */
  public List<String> semantics() {
    Set<String> lines = new TreeSet<>();
    lines.add("aggregate " + function + " " + function.semanticsVersion());
    expressions().forEach(expression -> lines.addAll(expression.semantics()));
    return List.copyOf(lines);
  }

  /** The argument, if any, and the condition, if any. */
  public List<Expression> expressions() {
    List<Expression> all = new ArrayList<>(arguments);
    if (where != null) {
      all.add(where);
    }
    return all;
  }

  private static boolean inUnitInterval(double q) {
    return q >= 0 && q <= 1;
  }

  private static Type resultType(AggregateFunction function, List<Expression> arguments) {
    if (function == AggregateFunction.COUNT) {
      return Scalar.INT64;
    }
    Type argument = arguments.get(0).type();
    boolean whole = argument == Scalar.INT32 || argument == Scalar.INT64;
    boolean number = whole || argument == Scalar.FLOAT32 || argument == Scalar.FLOAT64;
    boolean moment =
        argument == Scalar.DATE
            || argument == Scalar.TIMESTAMP
            || argument == Scalar.LOCAL_TIMESTAMP;
    boolean fits =
        switch (function) {
          case COUNT, LAST -> true;
          case SUM, MEAN, PERCENTILE -> number;
          case MIN, MAX -> number || moment;
          case SHARE -> argument == Scalar.BOOLEAN;
        };
    if (!fits) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          function + "(" + arguments.get(0).text() + ") over " + argument,
          function == AggregateFunction.SHARE
              ? "share takes a condition"
              : function + " takes int32, int64, float32 or float64; write cast(… as double)");
    }
    return switch (function) {
      case COUNT -> Scalar.INT64;
      case SUM -> whole ? Scalar.INT64 : Scalar.FLOAT64;
      case MEAN, SHARE, PERCENTILE -> Scalar.FLOAT64;
      case MIN, MAX, LAST -> argument;
    };
  }

  @Override
  public String toString() {
    return text();
  }
}
