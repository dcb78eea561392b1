package dev.penstock.feature;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What each aggregate may be made of, and the type of what it makes. */
final class Signature {
  /** One of each kind, as messages name them. */
  private static final Map<Type, String> TYPES = types();

  private Signature() {}

  private static Map<Type, String> types() {
    Map<Type, String> types = new LinkedHashMap<>();
    Stream.of(Scalar.values()).forEach(scalar -> types.put(scalar, scalar.toString()));
    types.put(new Type.Decimal(Type.Decimal.MOST_DIGITS, 0), "decimal");
    types.put(new Type.Vector(0), "vector");
    return types;
  }

  /** What an argument may be, in words. */
  private static String taken(AggregateFunction function, int argument) {
    List<String> taken = new ArrayList<>();
    TYPES.forEach(
        (type, name) -> {
          if (takes(function, argument, type)) {
            taken.add(name);
          }
        });
    if (taken.equals(List.of(Scalar.BOOLEAN.toString()))) {
      return "a condition";
    }
    boolean numbers = taken.contains(Scalar.INT64.toString());
    boolean moments = taken.contains(Scalar.DATE.toString());
    return String.join(", ", taken) + (numbers && !moments ? "; write cast(… as double)" : "");
  }

  static String arguments(AggregateFunction function) {
    return switch (function.arguments()) {
      case 1 -> function.leastArguments() == 0 ? "one argument or none" : "one argument";
      case 2 -> "two arguments";
      default -> function.arguments() + " arguments";
    };
  }

  static String takes(AggregateFunction function) {
    List<String> parts = new ArrayList<>();
    parts.add(function.arguments() == 1 ? "an expression" : "two expressions");
    function.parameters().forEach(parameter -> parts.add("a " + parameter));
    String last = parts.remove(parts.size() - 1);
    return parts.isEmpty() ? last : String.join(", ", parts) + " and " + last;
  }

  static String example(AggregateFunction function) {
    List<String> inside = new ArrayList<>();
    inside.add(
        takes(function, 0, Scalar.BOOLEAN) && !takes(function, 0, Scalar.INT64)
            ? "delay > 15"
            : "delay");
    if (function.arguments() == 2) {
      inside.add("distance");
    }
    for (AggregateParameter parameter : function.parameters()) {
      switch (parameter) {
        case SHARE -> inside.add("0.9");
        case COUNT -> inside.add("3");
        case LIMIT -> {}
        case HALF_LIFE -> inside.add("7d");
        case CELL -> inside.add("1h");
      }
    }
    return function + "(" + String.join(", ", inside) + ")";
  }

  /** The parameters with the usual limit, if one is wanted and none is there. */
  static List<Double> complete(AggregateFunction function, List<Double> parameters) {
    List<AggregateParameter> wanted = function.parameters();
    List<Double> complete = new ArrayList<>(parameters);
    if (parameters.size() + 1 == wanted.size()
        && wanted.get(parameters.size()) == AggregateParameter.LIMIT) {
      complete.add(AggregateParameter.USUAL_LIMIT);
    }
    return List.copyOf(complete);
  }

  static void check(AggregateFunction function, List<Double> parameters) {
    List<AggregateParameter> wanted = function.parameters();
    boolean right = parameters.size() == wanted.size();
    for (int i = 0; right && i < parameters.size(); i++) {
      right = wanted.get(i).allows(parameters.get(i));
    }
    if (!right) {
      throw new PenstockException(
          ErrorCode.DEFINITION_VALUE,
          function
              + " cannot have the parameter"
              + (parameters.size() == 1 ? " " + parameters.get(0) : "s " + parameters),
          wanted.isEmpty()
              ? function + " has none"
              : wanted.stream()
                  .map(parameter -> parameter + " is " + parameter.bounds())
                  .collect(Collectors.joining(", ", "write " + example(function) + ": ", "")));
    }
  }

  static Type resultType(AggregateFunction function, List<Expression> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      if (!takes(function, i, arguments.get(i).type())) {
        throw new PenstockException(
            ErrorCode.TYPE_MISMATCH,
            function + "(" + arguments.get(i).text() + ") over " + arguments.get(i).type(),
            function + " takes " + taken(function, i));
      }
    }
    return switch (function) {
      case COUNT, DISTINCT_COUNT, APPROX_DISTINCT -> Scalar.INT64;
      case TOP_K, FIRST_N, LAST_N, COLLECT_LIST, COLLECT_SET, HISTOGRAM -> Scalar.STRING;
      case SUM -> sumType(arguments.get(0).type());
      case MIN, MAX, FIRST, LAST, MIN_BY, MAX_BY, VECTOR_SUM, VECTOR_MEAN ->
          arguments.get(0).type();
      case ANY, ALL -> Scalar.BOOLEAN;
      case MEAN,
          SHARE,
          PERCENTILE,
          VAR_POP,
          VAR_SAMP,
          STDDEV_POP,
          STDDEV_SAMP,
          SKEW,
          KURTOSIS,
          TIME_SINCE_FIRST,
          TIME_SINCE_LAST,
          RATIO,
          COVAR_POP,
          COVAR_SAMP,
          CORR,
          SLOPE,
          DECAY_SUM,
          DECAY_MEAN ->
          Scalar.FLOAT64;
    };
  }

  /** Checks that there can be a value of the function for each category. */
  static void checkBy(AggregateFunction function, List<Expression> arguments, Expression by) {
    boolean isText =
        switch (function) {
          case TOP_K, FIRST_N, LAST_N, COLLECT_LIST, COLLECT_SET, HISTOGRAM -> true;
          default -> false;
        };
    Type type = resultType(function, arguments);
    if (isText || type instanceof Type.Vector || type == Scalar.BINARY) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          function + " cannot be divided by " + by.text(),
          "its value is " + (isText ? "a list" : type) + "; by takes functions of one value");
    }
    if (by.type() instanceof Type.Vector || by.type() == Scalar.BINARY) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "by " + by.text() + " is " + by.type(),
          "divide by text, a number, a time or true and false");
    }
  }

  private static boolean takes(AggregateFunction function, int argument, Type type) {
    return switch (function) {
      case COUNT, FIRST, LAST, TIME_SINCE_FIRST, TIME_SINCE_LAST, APPROX_DISTINCT -> true;
      case MIN_BY, MAX_BY -> argument == 0 || type.isNumeric() || isMoment(type);
      case DISTINCT_COUNT -> !(type instanceof Type.Vector);
      case TOP_K, FIRST_N, LAST_N, COLLECT_LIST, COLLECT_SET, HISTOGRAM ->
          !(type instanceof Type.Vector) && type != Scalar.BINARY;
      case VECTOR_SUM, VECTOR_MEAN -> type instanceof Type.Vector;
      case MIN, MAX -> type.isNumeric() || isMoment(type);
      case SHARE, ANY, ALL -> type == Scalar.BOOLEAN;
      case SUM,
          MEAN,
          PERCENTILE,
          VAR_POP,
          VAR_SAMP,
          STDDEV_POP,
          STDDEV_SAMP,
          SKEW,
          KURTOSIS,
          RATIO,
          COVAR_POP,
          COVAR_SAMP,
          CORR,
          SLOPE,
          DECAY_SUM,
          DECAY_MEAN ->
          type.isNumeric() && argument < function.arguments();
    };
  }

  private static Type sumType(Type type) {
    if (type instanceof Type.Decimal decimal) {
      return new Type.Decimal(Type.Decimal.MOST_DIGITS, decimal.scale());
    }
    boolean isWhole = type == Scalar.INT32 || type == Scalar.INT64;
    return isWhole ? Scalar.INT64 : Scalar.FLOAT64;
  }

  private static boolean isMoment(Type type) {
    return type == Scalar.DATE || type == Scalar.TIMESTAMP || type == Scalar.LOCAL_TIMESTAMP;
  }
}
