package dev.penstock.sql;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Expressions made at random, each in two spellings: ours, and one that must mean the same to
 * DuckDB. Where DuckDB fails (an overflow) its spelling says TRY, where it keeps a negative zero or
 * divides integers by zero it is told not to.
 */
final class RandomExpressions {
  /** One meaning twice; {@code close} when the last bits may differ. */
  record Pair(String ours, String duck, boolean close) {}

  private final SplittableRandom random;

  RandomExpressions(SplittableRandom random) {
    this.random = random;
  }

  Pair any() {
    return switch (random.nextInt(8)) {
      case 0 -> whole(3);
      case 1 -> number(3);
      case 2 -> text(3);
      case 3 -> time(2);
      case 4 -> date(2);
      case 5 -> decimal(2);
      case 6 -> transcendental();
      default -> truth(3);
    };
  }

  private Pair transcendental() {
    Pair x = number(1);
    return switch (random.nextInt(5)) {
      case 0 -> close("ln(%s)", x);
      case 1 ->
          close(
              "exp(%s)",
              new Pair(
                  "%s %% 300".formatted(wrap(x.ours)), "%s %% 300".formatted(wrap(x.duck)), false));
      case 2 -> close("atan2(%s, %s)", x, number(1));
      case 3 -> close("degrees(%s)", x);
      default -> close("power(abs(%s), 0.37)", x);
    };
  }

  private Pair whole(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> wholeLiteral();
        case 1 -> column("a");
        case 2 -> column("b");
        default -> column("big");
      };
    }
    Pair a = whole(depth - 1);
    Pair b = whole(depth - 1);
    return switch (random.nextInt(15)) {
      case 0 -> tried("%s + %s", a, b);
      case 1 -> tried("%s - %s", a, b);
      case 2 -> tried("%s * %s", a, b);
      case 3 ->
          new Pair(
              "(%s %% %s)".formatted(a.ours, b.ours),
              "CASE WHEN %2$s = -1 THEN %1$s - %1$s ELSE TRY(%1$s %% %2$s) END"
                  .formatted(wrap(a.duck), wrap(b.duck)),
              false);
      case 4 -> tried("-%s", a);
      case 5 -> tried("abs(%s)", a);
      case 6 -> same("coalesce(%s, %s)", a, b);
      case 7 -> same("nullif(%s, %s)", a, b);
      case 8 -> same(random.nextBoolean() ? "least(%s, %s)" : "greatest(%s, %s)", a, b);
      case 9 -> same("CASE WHEN %s THEN %s ELSE %s END", truth(depth - 1), a, b);
      case 10 -> same("length(%s)", text(depth - 1));
      case 11 -> {
        String field =
            pick(
                "second", "minute", "hour", "day", "dow", "isodow", "doy", "week", "month",
                "quarter", "year");
        yield same("extract(" + field + " FROM %s)", time(depth - 1));
      }
      case 12 -> {
        String field = pick("day", "dow", "isodow", "doy", "week", "month", "quarter", "year");
        yield same("extract(" + field + " FROM %s)", date(depth - 1));
      }
      case 13 -> {
        Pair x = number(depth - 1);
        yield new Pair(
            "CAST(%s AS int64)".formatted(x.ours),
            "TRY_CAST(%s AS BIGINT)".formatted(x.duck),
            false);
      }
      default -> tried("round(%s, -2)", a);
    };
  }

  private Pair number(int depth) {
    if (depth == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> {
          String literal = pick("0.0", "1.5", "7.6", "0.1", "1000000.25");
          yield new Pair(literal, "CAST(" + literal + " AS DOUBLE)", false);
        }
        case 1 -> column("x");
        default -> column("y");
      };
    }
    Pair x = number(depth - 1);
    Pair y = number(depth - 1);
    return switch (random.nextInt(13)) {
      case 0 -> unsigned("%s + %s", x, y);
      case 1 -> unsigned("%s - %s", x, y);
      case 2 -> unsigned("%s * %s", x, y);
      case 3 -> unsigned("%s / %s", x, y);
      case 4 -> {
        Pair a = whole(depth - 1);
        Pair b = whole(depth - 1);
        yield new Pair(
            "(%s / %s)".formatted(a.ours, b.ours),
            zero("%s / nullif(%s, 0)".formatted(wrap(a.duck), wrap(b.duck))),
            false);
      }
      case 5 -> unsigned("abs(%s)", x);
      case 6 -> unsigned(pick("floor(%s)", "ceil(%s)"), x);
      case 7 -> unsigned("round(%s, " + (random.nextInt(7) - 3) + ")", x);
      case 8 -> unsigned("sqrt(abs(%s))", x);
      case 9 -> same("coalesce(%s, %s)", x, y);
      case 10 -> same(random.nextBoolean() ? "least(%s, %s)" : "greatest(%s, %s)", x, y);
      case 11 -> {
        Pair a = whole(depth - 1);
        yield new Pair(
            "CAST(%s AS float64)".formatted(a.ours), "CAST(%s AS DOUBLE)".formatted(a.duck), false);
      }
      default -> same("CASE WHEN %s THEN %s ELSE %s END", truth(depth - 1), x, y);
    };
  }

  private Pair text(int depth) {
    if (depth == 0) {
      return random.nextInt(3) == 0
          ? literal(pick("", "a", "ATL", "é😀", "x y"))
          : column(pick("s", "t"));
    }
    Pair a = text(depth - 1);
    Pair b = text(depth - 1);
    return switch (random.nextInt(9)) {
      case 0 -> same("upper(%s)", a);
      case 1 -> same("lower(%s)", a);
      case 2 -> same("trim(%s)", a);
      case 3 -> same("(%s || %s)", a, b);
      case 4 ->
          same("substring(%s, " + (random.nextInt(9) - 4) + ", " + random.nextInt(5) + ")", a);
      case 5 -> same("coalesce(%s, %s)", a, b);
      case 6 -> {
        Pair n = whole(depth - 1);
        yield new Pair(
            "CAST(%s AS string)".formatted(n.ours), "CAST(%s AS VARCHAR)".formatted(n.duck), false);
      }
      case 7 -> {
        Pair n = random.nextBoolean() ? time(depth - 1) : date(depth - 1);
        yield new Pair(
            "CAST(%s AS string)".formatted(n.ours), "CAST(%s AS VARCHAR)".formatted(n.duck), false);
      }
      default -> same("CASE WHEN %s THEN %s END", truth(depth - 1), a);
    };
  }

  private Pair time(int depth) {
    if (depth == 0) {
      return column("happened");
    }
    Pair a = time(depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> {
        String unit = pick("second", "minute", "hour", "day", "week", "month", "quarter", "year");
        String duck = "CAST(date_trunc('" + unit + "', " + a.duck + ") AS TIMESTAMP)";
        yield new Pair("date_trunc('" + unit + "', " + a.ours + ")", duck, false);
      }
      case 1 -> {
        int minutes = random.nextInt(-100_000, 100_000);
        yield new Pair(
            "plus_minutes(%s, %d)".formatted(a.ours, minutes),
            "(%s + to_minutes(%d))".formatted(wrap(a.duck), minutes),
            false);
      }
      case 2 -> {
        Pair d = date(depth - 1);
        yield new Pair(
            "CAST(%s AS local_timestamp)".formatted(d.ours),
            "CAST(%s AS TIMESTAMP)".formatted(d.duck),
            false);
      }
      default -> same("greatest(%s, %s)", a, time(depth - 1));
    };
  }

  private Pair date(int depth) {
    if (depth == 0) {
      return column("d");
    }
    return switch (random.nextInt(3)) {
      case 0 -> same("CAST(%s AS date)", time(depth - 1));
      case 1 -> {
        String unit = pick("day", "week", "month", "quarter", "year");
        Pair d = date(depth - 1);
        yield new Pair(
            "date_trunc('" + unit + "', " + d.ours + ")",
            "CAST(date_trunc('" + unit + "', " + d.duck + ") AS DATE)",
            false);
      }
      default -> same("coalesce(%s, DATE '2001-02-28')", date(depth - 1));
    };
  }

  private Pair decimal(int depth) {
    if (depth == 0) {
      return column(pick("p", "q"));
    }
    Pair a = decimal(depth - 1);
    Pair b = decimal(depth - 1);
    return switch (random.nextInt(6)) {
      case 0 -> tried("%s + %s", a, b);
      case 1 -> tried("%s - %s", a, b);
      case 2 -> tried("%s * %s", a, b);
      case 3 -> same("abs(%s)", a);
      case 4 ->
          new Pair(
              "CAST(%s AS decimal(12,1))".formatted(a.ours),
              "TRY_CAST(%s AS DECIMAL(12,1))".formatted(a.duck),
              false);
      default -> same("least(%s, %s)", a, b);
    };
  }

  private Pair truth(int depth) {
    if (depth == 0) {
      return random.nextInt(4) == 0 ? new Pair("TRUE", "TRUE", false) : column("yes");
    }
    int next = depth - 1;
    String comparison =
        pick("=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM");
    return switch (random.nextInt(14)) {
      case 0 -> same("(%s " + comparison + " %s)", whole(next), whole(next));
      case 1, 2 -> same("(%s " + comparison + " %s)", number(next), number(next));
      case 3 -> same("(%s " + comparison + " %s)", text(next), text(next));
      case 4 -> same("(%s " + comparison + " %s)", time(next), time(next));
      case 5 -> same("(%s " + comparison + " %s)", truth(next), truth(next));
      case 6 -> same("(%s " + comparison + " %s)", decimal(next), decimal(next));
      case 7 -> same("(%s AND %s)", truth(next), truth(next));
      case 8 -> same("(%s OR %s)", truth(next), truth(next));
      case 9 -> same("(NOT %s)", truth(next));
      case 10 -> same("(%s IS NULL)", pickPair(next));
      case 11 -> same("(%s BETWEEN %s AND %s)", number(next), number(next), number(next));
      case 12 ->
          same(
              random.nextBoolean() ? "(%s IN (%s, %s, NULL))" : "(%s NOT IN (%s, %s))",
              whole(next),
              whole(next),
              wholeLiteral());
      default ->
          same("(%s LIKE '" + pick("%%", "a%%", "_", "%%a%%", "A_L", "%%é_", "") + "')", text(next));
    };
  }

  private Pair pickPair(int depth) {
    return List.of(whole(depth), number(depth), text(depth), truth(depth)).get(random.nextInt(4));
  }

  private Pair wholeLiteral() {
    int value = random.nextInt(-20, 20);
    return new Pair("(" + value + ")", "CAST(" + value + " AS BIGINT)", false);
  }

  private static Pair literal(String text) {
    return new Pair("'" + text + "'", "'" + text + "'", false);
  }

  private static Pair column(String name) {
    return new Pair(name, name, false);
  }

  private static Pair same(String form, Pair... parts) {
    return new Pair(form.formatted(ours(parts)), form.formatted(duck(parts)), false);
  }

  private static Pair close(String form, Pair... parts) {
    return new Pair(form.formatted(ours(parts)), form.formatted(duck(parts)), true);
  }

  private static Pair tried(String form, Pair... parts) {
    return new Pair(
        "(" + form.formatted(ours(parts)) + ")", "TRY(" + form.formatted(duck(parts)) + ")", false);
  }

  private static Pair unsigned(String form, Pair... parts) {
    return new Pair(
        "(" + form.formatted(ours(parts)) + ")", zero(form.formatted(duck(parts))), false);
  }

  /** Zero without its sign. */
  private static String zero(String duck) {
    return "CASE WHEN (" + duck + ") = 0 THEN CAST(0 AS DOUBLE) ELSE (" + duck + ") END";
  }

  private static String wrap(String text) {
    return "(" + text + ")";
  }

  private static Object[] ours(Pair... parts) {
    return java.util.Arrays.stream(parts).map(part -> wrap(part.ours)).toArray();
  }

  private static Object[] duck(Pair... parts) {
    return java.util.Arrays.stream(parts).map(part -> wrap(part.duck)).toArray();
  }

  private String pick(String... options) {
    return options[random.nextInt(options.length)];
  }
}
