package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The arguments of one call, asked for by type; what does not fit is an error at its place. */
record Arguments(Checker checker, Syntax.Call call, List<Node> nodes, String usage) {
  int size() {
    return nodes.size();
  }

  Arguments require(int least, int most) {
    if (size() < least || size() > most) {
      throw checker.error(
          ErrorCode.TYPE_MISMATCH,
          call.offset(),
          call.function() + " does not take " + size() + (size() == 1 ? " argument" : " arguments"),
          "write " + usage);
    }
    return this;
  }

  Node as(int index, Type type) {
    return checker.to(nodes.get(index), type, call.function(), offset(index));
  }

  /** As int64 or float64. */
  Node wholeOrFloat(int index) {
    return as(index, Operators.isWhole(type(index)) ? Scalar.INT64 : Scalar.FLOAT64);
  }

  /** As int64, float64 or the decimal it is. */
  Node number(int index) {
    return type(index) instanceof Type.Decimal ? nodes.get(index) : wholeOrFloat(index);
  }

  /** A TIMESTAMP or LOCAL_TIMESTAMP; a date becomes its first moment. */
  Node moment(int index) {
    Type type = type(index);
    return type == Scalar.TIMESTAMP ? nodes.get(index) : as(index, Scalar.LOCAL_TIMESTAMP);
  }

  /** A DATE, TIMESTAMP or LOCAL_TIMESTAMP. */
  Node time(int index) {
    return type(index) == Scalar.DATE ? nodes.get(index) : moment(index);
  }

  /** All of them as one type. */
  List<Node> unified(int least) {
    require(least, Integer.MAX_VALUE);
    return Operators.unify(checker, nodes, call.function(), call.offset());
  }

  /** All of them as one type that has an order. */
  List<Node> ordered(int least) {
    List<Node> unified = unified(least);
    Operators.requireOrder(checker, unified.get(0).type(), call.function(), call.offset());
    return unified;
  }

  int wholeLiteral(int index, int most) {
    BigDecimal literal = Checker.literal(nodes.get(index));
    boolean small = literal != null && literal.abs().compareTo(BigDecimal.valueOf(most)) <= 0;
    if (!small || literal == null || type(index) != Scalar.INT64) {
      throw error(index, "digits are a whole number between -" + most + " and " + most, "");
    }
    return literal.intValue();
  }

  <E extends Enum<E>> E word(int index, Class<E> words) {
    if (nodes.get(index) instanceof ConstantNode constant
        && constant.value() instanceof String word) {
      return named(words, word, checker, offset(index));
    }
    throw error(index, call.function() + " takes a unit in single quotes", "write " + usage);
  }

  static <E extends Enum<E>> E named(Class<E> words, String word, Checker checker, int offset) {
    List<String> known =
        Arrays.stream(words.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    int index = known.indexOf(word.toLowerCase(Locale.ROOT));
    if (index < 0) {
      throw checker.error(
          ErrorCode.TYPE_MISMATCH,
          offset,
          "a time has no '" + word + "'",
          Suggestion.among(word, known));
    }
    return words.getEnumConstants()[index];
  }

  PenstockException error(int index, String what, String hint) {
    return checker.error(ErrorCode.TYPE_MISMATCH, offset(index), what, hint);
  }

  private Type type(int index) {
    return nodes.get(index).type();
  }

  private int offset(int index) {
    return call.arguments().get(index).offset();
  }
}
