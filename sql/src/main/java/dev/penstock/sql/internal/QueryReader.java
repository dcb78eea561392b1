package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.sql.Query;
import dev.penstock.sql.TableReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole query by its words: it need not understand DuckDB's grammar, only find the tables
 * ({@link TableFinder}), the {@code AS OF}s, and what may not be there.
 */
public final class QueryReader {
  private static final Set<String> READING =
      Set.of("select", "with", "from", "values", "describe", "summarize", "explain");

  private static final Set<String> KEYWORDS =
      Set.of(
          "select",
          "from",
          "where",
          "group",
          "by",
          "having",
          "order",
          "limit",
          "offset",
          "with",
          "recursive",
          "as",
          "on",
          "using",
          "join",
          "inner",
          "left",
          "right",
          "full",
          "outer",
          "cross",
          "natural",
          "asof",
          "semi",
          "anti",
          "union",
          "intersect",
          "except",
          "all",
          "distinct",
          "and",
          "or",
          "not",
          "in",
          "is",
          "null",
          "true",
          "false",
          "between",
          "like",
          "ilike",
          "case",
          "when",
          "then",
          "else",
          "end",
          "cast",
          "over",
          "partition",
          "rows",
          "range",
          "preceding",
          "following",
          "unbounded",
          "current",
          "row",
          "filter",
          "qualify",
          "window",
          "values",
          "exists",
          "any",
          "asc",
          "desc",
          "nulls",
          "interval",
          "describe",
          "summarize",
          "explain",
          "analyze",
          "lateral",
          "exclude",
          "replace",
          "escape");

  private QueryReader() {}

  public static Query read(String sql, Place place, Query.Reach reach) {
    SourceText source = new SourceText(sql, place);
    List<Token> tokens = withoutFinalSemicolon(Lexer.tokens(source));
    Token first = tokens.get(0);
    int start = 0;
    while (tokens.get(start).isSymbol("(")) {
      start++;
    }
    String verb = tokens.get(start).text().toLowerCase(Locale.ROOT);
    if (first.kind() == Token.Kind.END) {
      throw source.error(
          ErrorCode.EXPRESSION_SYNTAX, 0, "there is no query", "write SELECT … FROM …");
    } else if (!READING.contains(verb) || tokens.get(start).kind() != Token.Kind.WORD) {
      throw source.error(
          ErrorCode.UNSUPPORTED,
          first.start(),
          first.shown() + " does not start a query",
          "a query starts with SELECT, WITH, FROM, VALUES, DESCRIBE, SUMMARIZE or EXPLAIN, and"
              + " changes nothing");
    }
    refuse(source, tokens);
    TableFinder finder = new TableFinder(source, tokens, reach);
    List<TableReference> tables = finder.find();
    RowSelect rowSelect = finder.isRewritten() ? null : rowSelect(source);
    List<String> outputs = rowSelect == null ? List.of() : rowSelect.outputs();
    return new Query(
        canonical(tokens), finder.rewritten(), tables, rowSelect != null, outputs, place);
  }

  private static List<Token> withoutFinalSemicolon(List<Token> tokens) {
    List<Token> all = new ArrayList<>(tokens);
    int last = all.size() - 2;
    if (last >= 0 && all.get(last).isSymbol(";")) {
      all.remove(last);
    }
    return all;
  }

  private static void refuse(SourceText source, List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isSymbol(";")) {
        throw source.error(
            ErrorCode.UNSUPPORTED, token.start(), "there is a second statement", "write one");
      } else if (token.isSymbol("?") || (token.isSymbol("$") && i > 0)) {
        throw source.error(
            ErrorCode.UNSUPPORTED, token.start(), "a query has no parameters", "write the value");
      }
      boolean call = token.isName() && tokens.get(i + 1).isSymbol("(");
      boolean word =
          token.kind() == Token.Kind.WORD
              && token.text().toLowerCase(Locale.ROOT).startsWith("current_")
              && Functions.isClock(token.text())
              && (i == 0 || !tokens.get(i - 1).isSymbol("."));
      if (word || (call && Functions.isNotDeterministic(token.text()))) {
        throw Functions.unknown(source, token.start(), token.text().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** The query as a row-wise one, or null when it is none. */
  private static @Nullable RowSelect rowSelect(SourceText source) {
    try {
      RowSelect select = RowSelect.parse(source);
      boolean known =
          select.items().stream()
                  .allMatch(item -> item.expression() == null || Calls.areKnown(item.expression()))
              && (select.where() == null || Calls.areKnown(select.where()));
      return known ? select : null;
    } catch (PenstockException e) {
      // Not row-wise, or not right: the SQL engine reads it and says what is wrong.
      return null;
    }
  }

  private static String canonical(List<Token> tokens) {
    StringBuilder out = new StringBuilder();
    Token before = null;
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.END) {
        break;
      }
      boolean tight =
          before == null
              || token.isSymbol(",")
              || token.isSymbol(")")
              || token.isSymbol(".")
              || before.isSymbol("(")
              || before.isSymbol(".");
      out.append(tight ? "" : " ");
      out.append(
          switch (token.kind()) {
            case STRING -> Canonical.string(token.text());
            case QUOTED_NAME -> '"' + token.text().replace("\"", "\"\"") + '"';
            case WORD -> {
              String lower = token.text().toLowerCase(Locale.ROOT);
              yield KEYWORDS.contains(lower) ? token.text().toUpperCase(Locale.ROOT) : token.text();
            }
            case NUMBER, SYMBOL, END -> token.text();
          });
      before = token;
    }
    return out.toString();
  }
}
