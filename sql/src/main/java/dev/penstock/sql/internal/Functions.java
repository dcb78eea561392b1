package dev.penstock.sql.internal;

import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.sql.LookupTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The functions of row expressions. To add one: its usage in {@link #USAGE}, its case in {@link
 * #bind}, its section in {@code docs/reference/expressions.md}, its tests. When what one computes
 * changes, {@link #bind} has to give it a version of its own.
 */
public final class Functions {
  /** Every function by name, with how it is written. */
  private static final Map<String, String> USAGE = new LinkedHashMap<>();

  static {
    for (String usage :
        List.of(
            "coalesce(value, …)",
            "nullif(value, other)",
            "least(value, …)",
            "greatest(value, …)",
            "abs(number)",
            "floor(number)",
            "ceil(number)",
            "round(number[, digits])",
            "sqrt(number)",
            "ln(number)",
            "log10(number)",
            "exp(number)",
            "power(base, exponent)",
            "sin(radians)",
            "cos(radians)",
            "tan(radians)",
            "asin(number)",
            "acos(number)",
            "atan(number)",
            "atan2(y, x)",
            "radians(degrees)",
            "degrees(radians)",
            "upper(text)",
            "lower(text)",
            "trim(text)",
            "length(text)",
            "substring(text, start[, length])",
            "date_trunc('unit', time)",
            "to_utc(local_timestamp, zone)",
            "to_local(timestamp, zone)",
            "plus_minutes(time, number)",
            "plus_seconds(time, number)",
            "seconds_between(start, end)",
            "lookup(table, key, column)")) {
      USAGE.put(usage.substring(0, usage.indexOf('(')), usage);
    }
  }

  private static final Set<String> CLOCK =
      Set.of(
          "current_timestamp",
          "current_date",
          "current_time",
          "localtimestamp",
          "localtime",
          "today",
          "now");

  private static final Set<String> NOT_DETERMINISTIC =
      Set.of(
          "now",
          "today",
          "get_current_timestamp",
          "get_current_time",
          "transaction_timestamp",
          "current_localtimestamp",
          "current_localtime",
          "random",
          "rand",
          "setseed",
          "uuid",
          "gen_random_uuid",
          "uuidv4",
          "uuidv7",
          "nextval",
          "currval",
          "txid_current");

  private static final Set<String> AGGREGATES =
      Set.of(
          "count",
          "sum",
          "avg",
          "mean",
          "min",
          "max",
          "first",
          "last",
          "share",
          "percentile",
          "median",
          "stddev",
          "variance",
          "any_value",
          "list",
          "array_agg",
          "string_agg",
          "mode");

  private Functions() {}

  /** The names of all functions. */
  public static List<String> names() {
    return List.copyOf(USAGE.keySet());
  }

  static boolean isKnown(String name) {
    return USAGE.containsKey(canonicalName(name));
  }

  /** The one name of a function that has several. */
  static String canonicalName(String written) {
    String name = written.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "pow" -> "power";
      case "ceiling" -> "ceil";
      case "substr" -> "substring";
      case "char_length", "character_length", "len" -> "length";
      case "ifnull" -> "coalesce";
      case "datetrunc" -> "date_trunc";
      default -> name;
    };
  }

  static boolean isClock(String word) {
    return CLOCK.contains(word.toLowerCase(Locale.ROOT));
  }

  static boolean isNotDeterministic(String function) {
    String name = function.toLowerCase(Locale.ROOT);
    return NOT_DETERMINISTIC.contains(name) || isClock(name);
  }

  static PenstockException unknown(SourceText source, int offset, String name) {
    if (isNotDeterministic(name)) {
      return source.error(
          ErrorCode.EXPRESSION_NOT_DETERMINISTIC,
          offset,
          "'" + name + "' gives another value each time",
          "time and seeds are inputs: use a column such as the event time or request_time");
    } else if (AGGREGATES.contains(name)) {
      return source.error(
          ErrorCode.FUNCTION_NOT_FOUND,
          offset,
          "'" + name + "' is an aggregate, and a row expression sees one row",
          "aggregates stand in a feature view, or in SQL that is not row-wise");
    }
    return source.error(
        ErrorCode.FUNCTION_NOT_FOUND,
        offset,
        "there is no function '" + name + "'",
        Suggestion.among(name, USAGE.keySet()));
  }

  static Node bind(Checker checker, Syntax.Call call) {
    if (!USAGE.containsKey(call.function())) {
      throw checker.unknownFunction(call);
    }
    checker.semantics().add("function " + call.function() + " 1");
    if (call.function().equals("lookup")) {
      return lookup(checker, call);
    }
    List<Node> nodes = new ArrayList<>();
    call.arguments().forEach(argument -> nodes.add(checker.check(argument)));
    Arguments arguments = new Arguments(checker, call, nodes, usage(call));
    return switch (call.function()) {
      case "coalesce" -> {
        List<Node> values = arguments.unified(1);
        yield new Choice.Coalesce(values, values.get(0).type());
      }
      case "nullif" -> {
        arguments.require(2, 2);
        List<Node> unified = arguments.ordered(2);
        Node value = Checker.isUntyped(nodes.get(0)) ? unified.get(0) : nodes.get(0);
        yield new Choice.NullIf(value, unified.get(1), unified.get(0));
      }
      case "least", "greatest" -> {
        List<Node> values = arguments.ordered(1);
        boolean greatest = call.function().equals("greatest");
        yield new Choice.Extreme(greatest, values, values.get(0).type());
      }
      case "abs" -> {
        Node number = arguments.require(1, 1).number(0);
        yield number.type() == Scalar.FLOAT64
            ? new MathNode(MathNode.Function.ABS, number)
            : new WholeAbs(number);
      }
      case "floor", "ceil" -> {
        Node number = arguments.require(1, 1).wholeOrFloat(0);
        boolean floor = call.function().equals("floor");
        yield number.type() == Scalar.INT64
            ? number
            : new MathNode(floor ? MathNode.Function.FLOOR : MathNode.Function.CEIL, number);
      }
      case "round" ->
          new Round(
              arguments.require(1, 2).wholeOrFloat(0),
              arguments.size() == 1 ? 0 : arguments.wholeLiteral(1, Round.MOST_DIGITS));
      case "sqrt",
          "ln",
          "log10",
          "exp",
          "sin",
          "cos",
          "tan",
          "asin",
          "acos",
          "atan",
          "radians",
          "degrees" ->
          new MathNode(
              MathNode.Function.valueOf(call.function().toUpperCase(Locale.ROOT)),
              arguments.require(1, 1).as(0, Scalar.FLOAT64));
      case "power", "atan2" ->
          new MathOfTwo(
              call.function().equals("power"),
              arguments.require(2, 2).as(0, Scalar.FLOAT64),
              arguments.as(1, Scalar.FLOAT64));
      case "upper", "lower" ->
          new TextNode.ChangeCase(
              call.function().equals("upper"), arguments.require(1, 1).as(0, Scalar.STRING));
      case "trim" -> new TextNode.Trim(arguments.require(1, 1).as(0, Scalar.STRING));
      case "length" -> new TextNode.Length(arguments.require(1, 1).as(0, Scalar.STRING));
      case "substring" ->
          new TextNode.Substring(
              arguments.require(2, 3).as(0, Scalar.STRING),
              arguments.as(1, Scalar.INT64),
              arguments.size() == 2 ? null : arguments.as(2, Scalar.INT64));
      case "date_trunc" -> truncate(arguments.require(2, 2));
      case "to_utc", "to_local" -> zone(checker, call, arguments.require(2, 2));
      case "plus_minutes", "plus_seconds" ->
          new ShiftTime(
              arguments.require(2, 2).moment(0),
              arguments.wholeOrFloat(1),
              call.function().equals("plus_minutes") ? Civil.MINUTE : Civil.SECOND);
      case "seconds_between" -> {
        List<Node> moments = List.of(arguments.require(2, 2).moment(0), arguments.moment(1));
        List<Node> times = Operators.unify(checker, moments, call.function(), call.offset());
        yield new SecondsBetween(times.get(0), times.get(1));
      }
      default -> throw new AssertionError(call.function());
    };
  }

  private static String usage(Syntax.Call call) {
    return USAGE.getOrDefault(call.function(), call.function());
  }

  private static Node truncate(Arguments arguments) {
    TruncateTime.Unit unit = arguments.word(0, TruncateTime.Unit.class);
    Node time = arguments.time(1);
    if (time.type() == Scalar.DATE && unit.ofClock()) {
      throw arguments.error(1, "a date has no " + unit.name().toLowerCase(Locale.ROOT), "");
    }
    return new TruncateTime(unit, time);
  }

  static Node extract(Checker checker, Syntax.Extract extract) {
    checker.semantics().add("function extract 1");
    Node operand = checker.check(extract.operand());
    Syntax.Call call = new Syntax.Call("extract", List.of(extract.operand()), extract.offset());
    Arguments arguments =
        new Arguments(checker, call, List.of(operand), "extract(field FROM time)");
    TimePart.Field field =
        Arguments.named(TimePart.Field.class, extract.field(), checker, extract.offset());
    Node time = arguments.time(0);
    if (time.type() == Scalar.DATE && field.ofClock()) {
      throw arguments.error(0, "a date has no " + extract.field(), "");
    }
    return new TimePart(field, time);
  }

  private static Node zone(Checker checker, Syntax.Call call, Arguments arguments) {
    boolean toUtc = call.function().equals("to_utc");
    Node time = arguments.as(0, toUtc ? Scalar.LOCAL_TIMESTAMP : Scalar.TIMESTAMP);
    Node zone = arguments.as(1, Scalar.STRING);
    if (zone instanceof ConstantNode constant) {
      if (constant.value() instanceof String name) {
        if (Zone.named(name) == null) {
          throw arguments.error(1, "there is no time zone '" + name + "'", "such as Europe/Berlin");
        }
        checker.semantics().add(ZoneRulesHash.line(List.of(name)));
      }
    } else if (zone instanceof LookupNode lookup) {
      checker.semantics().add(ZoneRulesHash.line(strings(lookup.found())));
    } else {
      checker.semantics().add(ZoneRulesHash.lineOfAll());
    }
    return new ZoneNode(toUtc, time, zone);
  }

  private static Set<String> strings(Column column) {
    Set<String> strings = new TreeSet<>();
    Arrays.stream(Values.objects(column))
        .forEach(
            value -> {
              if (value instanceof String string) {
                strings.add(string);
              }
            });
    return strings;
  }

  private static Node lookup(Checker checker, Syntax.Call call) {
    if (call.arguments().size() != 3
        || !(call.arguments().get(0) instanceof Syntax.Name tableName)
        || !(call.arguments().get(2) instanceof Syntax.Name columnName)) {
      throw checker.error(
          ErrorCode.EXPRESSION_SYNTAX,
          call.offset(),
          "lookup takes a table, a key and a column of the table",
          "write " + usage(call));
    }
    LookupTable table = checker.lookups().table(tableName.name());
    if (table == null) {
      throw checker.error(
          ErrorCode.NOT_FOUND,
          tableName.offset(),
          "there is no lookup table '" + tableName.name() + "'",
          "a lookup reads a source that has a file and a primary_key");
    } else if (!table.schema().contains(columnName.name())) {
      throw checker.error(
          ErrorCode.COLUMN_NOT_FOUND,
          columnName.offset(),
          "lookup table '" + table.name() + "' has no column '" + columnName.name() + "'",
          Suggestion.among(columnName.name(), table.schema().names()));
    }
    Type keyType = table.schema().field(table.keyColumn()).type();
    Node key =
        checker.to(
            checker.check(call.arguments().get(1)),
            keyType == Scalar.STRING ? Scalar.STRING : Scalar.INT64,
            "the key of " + table.name(),
            call.arguments().get(1).offset());
    checker
        .semantics()
        .add(
            "lookup "
                + table.name()
                + " "
                + columnName.name()
                + " "
                + table.fingerprint(columnName.name()));
    return LookupNode.of(key, table.index(), table.rows().column(columnName.name()));
  }
}
