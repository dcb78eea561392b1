package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.sql.Lookups;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives an expression's names and operators their meaning: from {@link Syntax} to {@link Node}. */
final class Checker {
  private final SourceText source;
  private final Schema schema;
  private final Lookups lookups;
  private final Set<String> columns = new TreeSet<>();
  private final Set<String> semantics = new TreeSet<>();

  Checker(SourceText source, Schema schema, Lookups lookups) {
    this.source = source;
    this.schema = schema;
    this.lookups = lookups;
  }

  /** Names of the columns that what was checked reads. */
  Set<String> columns() {
    return columns;
  }

  /** Lines of {@link dev.penstock.data.Expression#semantics()}. */
  Set<String> semantics() {
    return semantics;
  }

  Lookups lookups() {
    return lookups;
  }

  Node check(Syntax syntax) {
    int offset = syntax.offset();
    if (syntax instanceof Syntax.Name name) {
      return column(name);
    } else if (syntax instanceof Syntax.Numeral number) {
      return number(number);
    } else if (syntax instanceof Syntax.Text text) {
      return ConstantNode.of(Scalar.STRING, text.value());
    } else if (syntax instanceof Syntax.Truth truth) {
      return ConstantNode.of(Scalar.BOOLEAN, truth.value());
    } else if (syntax instanceof Syntax.Null) {
      return ConstantNode.untyped();
    } else if (syntax instanceof Syntax.Negative negative) {
      Node operand = check(negative.operand());
      Node zero = ConstantNode.ofNumber(Scalar.INT64, 0L, BigDecimal.ZERO);
      Node negated = Operators.arithmetic(this, Syntax.Operator.MINUS, zero, operand, offset);
      return operand.type() instanceof Type.Decimal ? convert(negated, operand.type()) : negated;
    } else if (syntax instanceof Syntax.Not not) {
      return new Logic.Not(condition(not.operand(), "NOT"));
    } else if (syntax instanceof Syntax.Binary binary) {
      return binary(binary);
    } else if (syntax instanceof Syntax.Call call) {
      return Functions.bind(this, call);
    } else if (syntax instanceof Syntax.Extract extract) {
      return Functions.extract(this, extract);
    } else if (syntax instanceof Syntax.Case cases) {
      return cases(cases);
    } else if (syntax instanceof Syntax.Cast cast) {
      return cast(cast);
    } else if (syntax instanceof Syntax.In in) {
      return in(in);
    } else if (syntax instanceof Syntax.Between between) {
      List<Node> nodes =
          Operators.unify(
              this,
              List.of(check(between.operand()), check(between.low()), check(between.high())),
              "BETWEEN",
              offset);
      Operators.requireOrder(this, nodes.get(0).type(), "BETWEEN", offset);
      return new Logic.Between(nodes.get(0), nodes.get(1), nodes.get(2));
    } else if (syntax instanceof Syntax.Like like) {
      int[] pattern = Like.compile(like.pattern(), like.escape());
      if (pattern == null) {
        throw error(ErrorCode.EXPRESSION_SYNTAX, offset, "the pattern ends with its escape", "");
      }
      return new Like(to(check(like.operand()), Scalar.STRING, "LIKE", offset), pattern);
    } else if (syntax instanceof Syntax.IsNull isNull) {
      return new Logic.IsNull(check(isNull.operand()));
    }
    throw new AssertionError(syntax);
  }

  private Node column(Syntax.Name name) {
    int index = schema.indexOf(name.name());
    if (index < 0) {
      if (Functions.isClock(name.name())) {
        throw Functions.unknown(source, name.offset(), name.name().toLowerCase(Locale.ROOT));
      }
      throw error(
          ErrorCode.COLUMN_NOT_FOUND,
          name.offset(),
          "there is no column '" + name.name() + "'",
          schema.contains(name.name().substring(name.name().lastIndexOf('.') + 1))
              ? "a row expression has one input: write the column alone"
              : Suggestion.among(name.name(), schema.names()));
    }
    Field field = schema.field(index);
    columns.add(field.name());
    return new ColumnNode(field.name(), field.type());
  }

  private Node number(Syntax.Numeral number) {
    BigDecimal exact = new BigDecimal(number.text());
    if (!number.whole()) {
      double value = Double.parseDouble(number.text()) + 0.0;
      if (Double.isInfinite(value)) {
        throw error(
            ErrorCode.TYPE_MISMATCH,
            number.offset(),
            number.text() + " is beyond the range of float64",
            "");
      }
      return number.text().indexOf('e') < 0
          ? ConstantNode.ofNumber(Scalar.FLOAT64, value, exact)
          : ConstantNode.of(Scalar.FLOAT64, value);
    }
    if (exact.compareTo(BigDecimal.valueOf(exact.longValue())) != 0) {
      throw error(
          ErrorCode.TYPE_MISMATCH,
          number.offset(),
          number.text() + " is beyond the range of int64",
          "write it with a point (float64), or CAST('" + number.text() + "' AS decimal(38,0))");
    }
    return ConstantNode.ofNumber(Scalar.INT64, exact.longValue(), exact);
  }

  private Node binary(Syntax.Binary binary) {
    Syntax.Operator operator = binary.operator();
    int offset = binary.offset();
    return switch (operator) {
      case AND -> new Logic.And(condition(binary.left(), "AND"), condition(binary.right(), "AND"));
      case OR -> new Logic.Or(condition(binary.left(), "OR"), condition(binary.right(), "OR"));
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, DISTINCT -> {
        List<Node> sides =
            Operators.unify(
                this,
                List.of(check(binary.left()), check(binary.right())),
                "'" + operator.symbol() + "'",
                offset);
        Operators.requireOrder(this, sides.get(0).type(), "'" + operator.symbol() + "'", offset);
        yield operator == Syntax.Operator.DISTINCT
            ? new Logic.Distinct(sides.get(0), sides.get(1))
            : new Compare(operator, sides.get(0), sides.get(1));
      }
      case CONCAT ->
          new TextNode.Concat(
              to(check(binary.left()), Scalar.STRING, "'||'", binary.left().offset()),
              to(check(binary.right()), Scalar.STRING, "'||'", binary.right().offset()));
      case PLUS, MINUS, TIMES, DIVIDE, MODULO ->
          Operators.arithmetic(this, operator, check(binary.left()), check(binary.right()), offset);
    };
  }

  private Node cases(Syntax.Case cases) {
    List<Node> conditions = new ArrayList<>();
    List<Node> values = new ArrayList<>();
    for (Syntax.When when : cases.branches()) {
      conditions.add(condition(when.condition(), "WHEN"));
      values.add(check(when.value()));
    }
    values.add(cases.otherwise() == null ? ConstantNode.untyped() : check(cases.otherwise()));
    List<Node> unified = Operators.unify(this, values, "CASE", cases.offset());
    return new Choice.Case(conditions, unified, unified.get(0).type());
  }

  private Node cast(Syntax.Cast cast) {
    Node operand = check(cast.operand());
    if (!isUntyped(operand) && !Cast.isPossible(operand.type(), cast.type())) {
      throw error(
          ErrorCode.TYPE_MISMATCH,
          cast.offset(),
          "no cast from " + operand.type() + " to " + cast.type(),
          castHint(operand.type(), cast.type()));
    }
    if (operand instanceof ConstantNode constant
        && constant.value() instanceof String text
        && ValueCasts.convert(text, Scalar.STRING, cast.type()) == null) {
      throw error(
          ErrorCode.TYPE_MISMATCH,
          cast.operand().offset(),
          "'" + text + "' is no " + cast.type(),
          "");
    }
    return convert(operand, cast.type());
  }

  private static String castHint(Type from, Type to) {
    if (to == Scalar.STRING && (from == Scalar.FLOAT32 || from == Scalar.FLOAT64)) {
      return "a float has no one text: cast it to decimal(p,s) first";
    } else if (from == Scalar.LOCAL_TIMESTAMP && to == Scalar.TIMESTAMP) {
      return "write to_utc(local_timestamp, zone)";
    } else if (from == Scalar.TIMESTAMP && to == Scalar.LOCAL_TIMESTAMP) {
      return "write to_local(timestamp, zone)";
    }
    return "";
  }

  private Node in(Syntax.In in) {
    if (in.options().isEmpty()) {
      throw error(ErrorCode.EXPRESSION_SYNTAX, in.offset(), "IN () lists nothing", "list a value");
    }
    List<Node> nodes = new ArrayList<>();
    nodes.add(check(in.operand()));
    in.options().forEach(option -> nodes.add(check(option)));
    List<Node> unified = Operators.unify(this, nodes, "IN", in.offset());
    Operators.requireOrder(this, unified.get(0).type(), "IN", in.offset());
    List<Node> options = unified.subList(1, unified.size());
    boolean strings =
        options.stream()
            .allMatch(option -> option instanceof ConstantNode c && c.value() instanceof String);
    if (strings) {
      Set<String> values =
          options.stream()
              .map(option -> String.valueOf(((ConstantNode) option).value()))
              .collect(Collectors.toSet());
      return new Logic.InStrings(unified.get(0), values);
    }
    return new Logic.In(unified.get(0), List.copyOf(options));
  }

  /** The operand of AND, NOT, WHEN, WHERE: a boolean. */
  Node condition(Syntax syntax, String user) {
    return to(check(syntax), Scalar.BOOLEAN, user, syntax.offset());
  }

  /** The node as that type, if it can be without loss. */
  Node to(Node node, Type type, String user, int offset) {
    if (!Operators.fits(node, type)) {
      throw error(
          ErrorCode.TYPE_MISMATCH,
          offset,
          user + " takes " + type + ", not " + node.type(),
          Cast.isPossible(node.type(), type) ? "write CAST(… AS " + type + ")" : "");
    }
    return convertLiteral(node, type, offset);
  }

  /** As {@link #convert}, but a literal that is no such value is an error, not a null. */
  Node convertLiteral(Node node, Type type, int offset) {
    Node converted = convert(node, type);
    if (node instanceof ConstantNode before
        && before.value() != null
        && converted instanceof ConstantNode after
        && after.value() == null) {
      throw error(ErrorCode.TYPE_MISMATCH, offset, "'" + before.value() + "' is no " + type, "");
    }
    return converted;
  }

  /** The node as that type; {@link Cast#isPossible} holds. */
  Node convert(Node node, Type type) {
    if (isUntyped(node)) {
      return ConstantNode.of(type, null);
    } else if (node.type().equals(type)) {
      return node;
    } else if (node instanceof ConstantNode constant) {
      BigDecimal literal = constant.literal();
      boolean exact = literal != null && (type instanceof Type.Decimal || Operators.isFloat(type));
      return ConstantNode.of(
          type,
          exact && literal != null
              ? ValueCasts.convert(literal, constant.type(), type)
              : Cast.convert(constant.column(1), type).value(0));
    }
    return new Cast(node, type);
  }

  static boolean isUntyped(Node node) {
    return node instanceof ConstantNode constant && constant.isUntyped();
  }

  PenstockException error(ErrorCode code, int offset, String what, String hint) {
    return source.error(code, offset, what, hint);
  }

  PenstockException unknownFunction(Syntax.Call call) {
    return Functions.unknown(source, call.offset(), call.function());
  }

  static @Nullable BigDecimal literal(Node node) {
    return node instanceof ConstantNode constant ? constant.literal() : null;
  }
}
