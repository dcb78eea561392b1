package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The typing rules of operators: which types meet, and as what. */
final class Operators {
  /** Whole numbers up to here are exact in float32. */
  private static final long MOST_EXACT_FLOAT = 1 << 24;

  private Operators() {}

  /** The nodes as one type that holds all of their values. */
  static List<Node> unify(Checker checker, List<Node> nodes, String user, int offset) {
    Type target = null;
    for (Node node : nodes) {
      if (!isFlexible(node)) {
        Type met = target == null ? node.type() : common(target, node.type());
        target = met == null ? mismatch(checker, target, node.type(), user, offset) : met;
      }
    }
    for (Node node : nodes) {
      if (isFlexible(node) && !Checker.isUntyped(node)) {
        Type met = target == null ? node.type() : commonWithLiteral(target, (ConstantNode) node);
        target = met == null ? mismatch(checker, target, node.type(), user, offset) : met;
      }
    }
    if (target == null) {
      throw checker.error(
          ErrorCode.TYPE_MISMATCH, offset, user + " of nothing but NULL", "CAST(NULL AS a type)");
    }
    Type type = target;
    return nodes.stream().map(node -> checker.convertLiteral(node, type, offset)).toList();
  }

  private static Type mismatch(Checker checker, @Nullable Type a, Type b, String user, int offset) {
    boolean times =
        (a == Scalar.TIMESTAMP && b == Scalar.LOCAL_TIMESTAMP)
            || (a == Scalar.LOCAL_TIMESTAMP && b == Scalar.TIMESTAMP);
    throw checker.error(
        ErrorCode.TYPE_MISMATCH,
        offset,
        user + " cannot take " + a + " and " + b + " together",
        times
            ? "a local time needs its zone: to_utc(local_timestamp, zone)"
            : "cast one of them: CAST(… AS " + a + ")");
  }

  /** Literals and NULL take the type of what stands beside them. */
  private static boolean isFlexible(Node node) {
    return Checker.isUntyped(node)
        || Checker.literal(node) != null
        || (node instanceof ConstantNode constant && constant.value() instanceof String);
  }

  private static @Nullable Type common(Type a, Type b) {
    if (a.equals(b)) {
      return a;
    } else if (a.isNumeric() && b.isNumeric()) {
      if (isFloat(a) || isFloat(b)) {
        return Scalar.FLOAT64;
      }
      Type.Decimal x = Decimals.of(a);
      Type.Decimal y = Decimals.of(b);
      boolean integers = a instanceof Scalar && b instanceof Scalar;
      return integers || x == null || y == null ? Scalar.INT64 : Decimals.common(x, y);
    } else if ((a == Scalar.DATE && b == Scalar.LOCAL_TIMESTAMP)
        || (a == Scalar.LOCAL_TIMESTAMP && b == Scalar.DATE)) {
      return Scalar.LOCAL_TIMESTAMP;
    }
    return null;
  }

  private static @Nullable Type commonWithLiteral(Type target, ConstantNode node) {
    BigDecimal literal = node.literal();
    if (literal == null) {
      return isTime(target) ? target : common(target, node.type());
    }
    boolean whole = node.type() == Scalar.INT64;
    if (target instanceof Type.Decimal decimal) {
      Type.Decimal own = Decimals.of(literal);
      return own == null ? Scalar.FLOAT64 : Decimals.common(decimal, own);
    } else if (target == Scalar.INT32 && whole) {
      boolean fits = literal.intValue() == literal.longValue();
      return fits ? Scalar.INT32 : Scalar.INT64;
    } else if (target == Scalar.FLOAT32) {
      boolean exact = !whole || Math.abs(literal.longValue()) <= MOST_EXACT_FLOAT;
      return exact ? Scalar.FLOAT32 : Scalar.FLOAT64;
    }
    return common(target, node.type());
  }

  /** Whether a node can be that type without loss and without being asked. */
  static boolean fits(Node node, Type type) {
    if (Checker.isUntyped(node) || node.type().equals(type)) {
      return true;
    } else if (isFlexible(node) && node.type() == Scalar.STRING) {
      return isTime(type);
    } else if (type == Scalar.FLOAT64) {
      return node.type().isNumeric();
    }
    return (type == Scalar.INT64 && node.type() == Scalar.INT32)
        || (type == Scalar.LOCAL_TIMESTAMP && node.type() == Scalar.DATE);
  }

  static boolean isFloat(Type type) {
    return type == Scalar.FLOAT32 || type == Scalar.FLOAT64;
  }

  static boolean isWhole(Type type) {
    return type == Scalar.INT32 || type == Scalar.INT64;
  }

  private static boolean isTime(Type type) {
    return type == Scalar.DATE || type == Scalar.TIMESTAMP || type == Scalar.LOCAL_TIMESTAMP;
  }

  static void requireOrder(Checker checker, Type type, String user, int offset) {
    if (type instanceof Type.Vector) {
      throw checker.error(ErrorCode.TYPE_MISMATCH, offset, user + " cannot compare vectors", "");
    }
  }

  /** Integers are computed as int64, floats as float64, decimals as wide as they need to be. */
  static Node arithmetic(
      Checker checker, Syntax.Operator operator, Node left, Node right, int offset) {
    Type a = Checker.isUntyped(left) ? right.type() : left.type();
    Type b = Checker.isUntyped(right) ? a : right.type();
    if (!a.isNumeric() || !b.isNumeric()) {
      throw checker.error(
          ErrorCode.TYPE_MISMATCH,
          offset,
          "'" + operator.symbol() + "' takes numbers, not " + a + " and " + b,
          hint(operator, a, b));
    }
    Type.Decimal x = decimal(left, a, b);
    Type.Decimal y = decimal(right, b, a);
    if (x != null && y != null && operator != Syntax.Operator.DIVIDE) {
      Type.Decimal type =
          switch (operator) {
            case PLUS, MINUS -> Decimals.sum(x, y);
            case TIMES -> Decimals.product(x, y);
            default -> null;
          };
      if (type == null) {
        throw checker.error(
            ErrorCode.TYPE_MISMATCH,
            offset,
            "'" + operator.symbol() + "' of " + x + " and " + y + " is no decimal",
            "cast one of them to float64");
      }
      return new Arithmetic(operator, checker.convert(left, x), checker.convert(right, y), type);
    }
    if (isWhole(a) && isWhole(b)) {
      return new Arithmetic(
          operator,
          checker.convert(left, Scalar.INT64),
          checker.convert(right, Scalar.INT64),
          operator == Syntax.Operator.DIVIDE ? Scalar.FLOAT64 : Scalar.INT64);
    }
    return new Arithmetic(
        operator,
        checker.convert(left, Scalar.FLOAT64),
        checker.convert(right, Scalar.FLOAT64),
        Scalar.FLOAT64);
  }

  /** The decimal type a side takes part with, or null when the operation is none of decimals. */
  private static Type.@Nullable Decimal decimal(Node node, Type own, Type other) {
    if (own instanceof Type.Decimal decimal) {
      return decimal;
    } else if (!(other instanceof Type.Decimal)) {
      return null;
    }
    BigDecimal literal = Checker.literal(node);
    return literal == null ? Decimals.of(own) : Decimals.of(literal);
  }

  private static String hint(Syntax.Operator operator, Type a, Type b) {
    if (operator == Syntax.Operator.PLUS && (a == Scalar.STRING || b == Scalar.STRING)) {
      return "'||' joins strings";
    } else if (operator == Syntax.Operator.MINUS && isTime(a) && isTime(b)) {
      return "seconds_between(start, end) gives the time between two";
    } else if (isTime(a) || isTime(b)) {
      return "plus_minutes(time, number) and plus_seconds(time, number) move a time";
    }
    return "";
  }
}
