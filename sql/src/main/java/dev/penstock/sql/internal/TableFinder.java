package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.sql.Query;
import dev.penstock.sql.TableReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tables of a query by walking its tokens once. A name is a table where a FROM clause
 * wants one, unless a WITH around it made it. Each parenthesis opens a scope: a query of its own
 * when SELECT, WITH, FROM or VALUES follows, else a part of the expression around it.
 */
final class TableFinder {
  private static final Set<String> JOINS = Set.of("join", "from");

  private static final Set<String> ENDS_FROM =
      Set.of(
          "where",
          "group",
          "having",
          "order",
          "limit",
          "offset",
          "qualify",
          "window",
          "select",
          "union",
          "except",
          "intersect",
          "sample");

  private static final class Scope {
    final boolean query;
    final Set<String> made = new HashSet<>();

    /** The table expression that this scope is the body of; visible once it is closed. */
    final @Nullable String makes;

    boolean inFrom;
    boolean wantsTable;
    boolean recursive;

    Scope(boolean query, @Nullable String makes) {
      this.query = query;
      this.makes = makes;
    }
  }

  private final SourceText source;
  private final List<Token> tokens;
  private final Deque<Scope> scopes = new ArrayDeque<>();
  private final Map<String, TableReference> tables = new LinkedHashMap<>();
  private final StringBuilder rewritten = new StringBuilder();
  private int copied;
  private final Query.Reach reach;
  private int at;

  TableFinder(SourceText source, List<Token> tokens, Query.Reach reach) {
    this.source = source;
    this.tokens = tokens;
    this.reach = reach;
  }

  List<TableReference> find() {
    scopes.push(new Scope(true, null));
    while (token(0).kind() != Token.Kind.END) {
      step();
    }
    // Up to the end token, so that a semicolon at the end is left behind.
    Token last = tokens.get(tokens.size() - 2);
    rewritten.append(source.text(), copied, Math.max(copied, last.end()));
    return new ArrayList<>(tables.values());
  }

  /** Whether any table is read as of some moment, or from a namespace. */
  boolean isRewritten() {
    return copied > 0;
  }

  /** The text with views in the place of {@code table AS OF '…'} and {@code namespace.table}. */
  String rewritten() {
    return rewritten.toString();
  }

  private void step() {
    Token token = token(0);
    Scope scope = scope();
    if (token.isSymbol("(")) {
      open();
    } else if (token.isSymbol(")")) {
      close();
    } else if (token.isSymbol(",")) {
      scope.wantsTable = scope.inFrom;
    } else if (scope.wantsTable && token.is("lateral")) {
      at++;
      return;
    } else if (scope.wantsTable && token.kind() == Token.Kind.STRING) {
      throw source.error(
          ErrorCode.UNSUPPORTED,
          token.start(),
          "a query reads the project's tables, not files",
          "ingest the file into a source");
    } else if (scope.wantsTable && token.isName()) {
      scope.wantsTable = false;
      table();
      return;
    } else if (token.kind() == Token.Kind.WORD && scope.query) {
      keyword(token, scope);
    }
    at++;
  }

  private void keyword(Token token, Scope scope) {
    String word = token.text().toLowerCase(Locale.ROOT);
    Token before = token(-1);
    boolean distinctFrom =
        word.equals("from") && before.is("distinct") && (token(-2).is("is") || token(-2).is("not"));
    if (JOINS.contains(word) && !distinctFrom && !before.isSymbol(".")) {
      scope.inFrom = true;
      scope.wantsTable = true;
    } else if (ENDS_FROM.contains(word)) {
      scope.inFrom = false;
      scope.wantsTable = false;
    } else if (word.equals("recursive")) {
      scope.recursive = true;
    } else if ((word.equals("describe") || word.equals("summarize")) && token(1).isName()) {
      scope.wantsTable = !Set.of("select", "with", "from", "values").contains(lower(token(1)));
    }
  }

  private void open() {
    Token next = token(1);
    boolean query =
        next.is("select")
            || next.is("with")
            || next.is("from")
            || next.is("values")
            || next.is("describe")
            || next.is("summarize");
    Scope outer = scope();
    Scope inner = new Scope(query, query ? tableExpression() : null);
    if (!query && outer.wantsTable) {
      // A join in parentheses: FROM (a JOIN b ON …).
      Scope join = new Scope(true, null);
      join.inFrom = true;
      join.wantsTable = true;
      inner = join;
    }
    outer.wantsTable = false;
    scopes.push(inner);
  }

  private void close() {
    if (scopes.size() == 1) {
      throw source.error(ErrorCode.EXPRESSION_SYNTAX, token(0).start(), "')' without '('", "");
    }
    String made = scopes.pop().makes;
    if (made != null) {
      scope().made.add(made);
    }
  }

  /** The name before {@code [(columns)] AS [NOT MATERIALIZED] (}, or null. */
  private @Nullable String tableExpression() {
    int i = -1;
    while (token(i).is("materialized") || token(i).is("not")) {
      i--;
    }
    if (!token(i).is("as")) {
      return null;
    }
    i--;
    if (token(i).isSymbol(")")) {
      while (!token(i).isSymbol("(") && at + i > 0) {
        i--;
      }
      i--;
    }
    Token before = token(i - 1);
    if (!token(i).isName()
        || !(before.is("with") || before.is("recursive") || before.isSymbol(","))) {
      return null;
    }
    if (scope().recursive) {
      scope().made.add(lower(token(i)));
    }
    return lower(token(i));
  }

  private void table() {
    Token name = token(0);
    if (token(1).isSymbol("(")) {
      // A table function; its arguments are an expression.
      at++;
      return;
    }
    int start = name.start();
    List<String> namespace = namespace();
    name = token(0);
    at++;
    String made = lower(name);
    boolean isMade =
        namespace.isEmpty() && scopes.stream().anyMatch(scope -> scope.made.contains(made));
    String moment = asOf();
    TableReference reference = new TableReference(namespace, name.text(), moment);
    if (moment != null || !isMade) {
      tables.putIfAbsent(reference.view(), reference);
    }
    if (moment != null || !namespace.isEmpty()) {
      Token next = token(0);
      boolean aliased = next.is("as") || (next.isName() && !isClause(next));
      rewritten.append(source.text(), copied, start).append(quoted(reference.view()));
      rewritten.append(aliased ? "" : " AS " + quoted(name.text()));
      copied = token(-1).end();
    }
  }

  /** Reads the names before the last one, if there are any. */
  private List<String> namespace() {
    List<String> levels = new ArrayList<>();
    while (token(1).isSymbol(".") && token(2).isName()) {
      if (reach == Query.Reach.PROJECT) {
        throw source.error(
            ErrorCode.NOT_FOUND,
            token(0).start(),
            "there is no schema '" + token(0).text() + "'",
            "write the table's name alone");
      }
      levels.add(token(0).text());
      at += 2;
    }
    return levels;
  }

  /** Reads {@code AS OF 'text'} or {@code AS OF number}, if it stands here. */
  private @Nullable String asOf() {
    if (!token(0).is("as") || !token(1).is("of")) {
      return null;
    }
    Token moment = token(2);
    if (moment.kind() != Token.Kind.STRING && moment.kind() != Token.Kind.NUMBER) {
      throw source.error(
          ErrorCode.EXPRESSION_SYNTAX,
          moment.start(),
          moment.shown() + " where a moment should be",
          "write AS OF '2001-05-01', a snapshot id or a tag in single quotes");
    }
    at += 3;
    return moment.text();
  }

  private static boolean isClause(Token token) {
    String word = lower(token);
    return token.kind() == Token.Kind.WORD
        && (ENDS_FROM.contains(word)
            || Set.of(
                    "join",
                    "inner",
                    "left",
                    "right",
                    "full",
                    "cross",
                    "natural",
                    "asof",
                    "semi",
                    "anti",
                    "positional",
                    "on",
                    "using",
                    "tablesample",
                    "pivot",
                    "unpivot")
                .contains(word));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String lower(Token token) {
    return token.text().toLowerCase(Locale.ROOT);
  }

  private Scope scope() {
    return scopes.element();
  }

  private Token token(int ahead) {
    return tokens.get(Math.max(0, Math.min(at + ahead, tokens.size() - 1)));
  }
}
