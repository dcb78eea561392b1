package dev.penstock.sql.internal;

import dev.penstock.data.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as it is written, before names and types are known. Spellings of one meaning have
 * one form: {@code x NOT IN (…)} is {@code Not(In)}, {@code CASE x WHEN 1} is {@code CASE WHEN x =
 * 1}.
 */
sealed interface Syntax {
  /** Where errors about it point. */
  int offset();

  record Name(String name, int offset) implements Syntax {}

  /** A number, with its sign. Whole if it has neither point nor exponent. */
  record Numeral(String text, int offset) implements Syntax {
    boolean whole() {
      return text.indexOf('.') < 0 && text.indexOf('e') < 0;
    }
  }

  record Text(String value, int offset) implements Syntax {}

  record Truth(boolean value, int offset) implements Syntax {}

  record Null(int offset) implements Syntax {}

  record Negative(Syntax operand, int offset) implements Syntax {}

  record Not(Syntax operand, int offset) implements Syntax {}

  record Binary(Operator operator, Syntax left, Syntax right, int offset) implements Syntax {}

  record Call(String function, List<Syntax> arguments, int offset) implements Syntax {}

  record Extract(String field, Syntax operand, int offset) implements Syntax {}

  record When(Syntax condition, Syntax value) {}

  record Case(List<When> branches, @Nullable Syntax otherwise, int offset) implements Syntax {}

  record Cast(Syntax operand, Type type, int offset) implements Syntax {}

  record In(Syntax operand, List<Syntax> options, int offset) implements Syntax {}

  record Between(Syntax operand, Syntax low, Syntax high, int offset) implements Syntax {}

  record Like(Syntax operand, String pattern, @Nullable Integer escape, int offset)
      implements Syntax {}

  record IsNull(Syntax operand, int offset) implements Syntax {}

  /** A binary operator; a higher precedence binds tighter. */
  enum Operator {
    OR("OR", 1),
    AND("AND", 2),
    EQUAL("=", 5),
    NOT_EQUAL("<>", 5),
    LESS("<", 5),
    LESS_OR_EQUAL("<=", 5),
    GREATER(">", 5),
    GREATER_OR_EQUAL(">=", 5),
    DISTINCT("IS DISTINCT FROM", 4),
    CONCAT("||", 7),
    PLUS("+", 8),
    MINUS("-", 8),
    TIMES("*", 9),
    DIVIDE("/", 9),
    MODULO("%", 9);

    private final String symbol;
    private final int precedence;

    Operator(String symbol, int precedence) {
      this.symbol = symbol;
      this.precedence = precedence;
    }

    String symbol() {
      return symbol;
    }

    int precedence() {
      return precedence;
    }

    boolean isComparison() {
      return precedence == 5;
    }

    /** Whether {@code a ∘ (b ∘ c)} always equals {@code (a ∘ b) ∘ c}. */
    boolean isAssociative() {
      return this == AND || this == OR || this == CONCAT;
    }

    static @Nullable Operator comparison(String symbol) {
      return switch (symbol) {
        case "=", "==" -> EQUAL;
        case "<>", "!=" -> NOT_EQUAL;
        case "<" -> LESS;
        case "<=" -> LESS_OR_EQUAL;
        case ">" -> GREATER;
        case ">=" -> GREATER_OR_EQUAL;
        default -> null;
      };
    }
  }
}
