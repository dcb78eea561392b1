package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code SELECT expressions FROM input [WHERE condition]} as it is written.
 *
 * @param inputOffset where the input's name stands
 */
record RowSelect(List<Item> items, String input, int inputOffset, @Nullable Syntax where) {

  /** One output; {@code *} when it has no expression. */
  record Item(@Nullable Syntax expression, String name, int offset) {}

  /** The names of the outputs, or none when {@code *} hides some. */
  List<String> outputs() {
    return items.stream().anyMatch(item -> item.expression() == null)
        ? List.of()
        : items.stream().map(Item::name).toList();
  }

  static RowSelect parse(SourceText source) {
    List<Token> tokens = Lexer.tokens(source);
    int from = from(tokens);
    if (!tokens.get(0).is("select") || from < 0 || !tokens.get(from + 1).isName()) {
      Token found = tokens.get(from < 0 || !tokens.get(0).is("select") ? 0 : from + 1);
      throw notRowWise(source, found);
    }
    Token input = tokens.get(from + 1);
    int after = from + 2;
    after += tokens.get(after).is("as") ? 1 : 0;
    Token alias = tokens.get(after);
    boolean aliased =
        alias.kind() == Token.Kind.QUOTED_NAME
            || (alias.kind() == Token.Kind.WORD && !isClause(alias));
    Set<String> inputs = aliased ? Set.of(alias.text()) : Set.of(input.text());
    after += aliased ? 1 : 0;

    Cursor at = new Cursor(source, tokens);
    Parser parser = new Parser(source, at, inputs);
    at.advance();
    List<Item> items = new ArrayList<>();
    do {
      items.add(item(source, parser, at, inputs));
    } while (at.acceptSymbol(","));
    if (!at.token().is("from")) {
      throw at.unexpected("',' or FROM");
    }
    at.skipTo(after);
    Syntax where = at.accept("where") ? parser.expression() : null;
    at.acceptSymbol(";");
    if (at.token().kind() != Token.Kind.END) {
      throw isClause(at.token()) || at.token().kind() == Token.Kind.SYMBOL
          ? notRowWise(source, at.token())
          : at.unexpected("WHERE or the end");
    }
    return new RowSelect(List.copyOf(items), input.text(), input.start(), where);
  }

  private static Item item(SourceText source, Parser parser, Cursor at, Set<String> inputs) {
    Token first = at.token();
    boolean qualified =
        inputs.contains(first.text()) && at.peek(1).isSymbol(".") && at.peek(2).isSymbol("*");
    if (qualified) {
      at.advance();
      at.advance();
    }
    if (at.acceptSymbol("*")) {
      return new Item(null, "*", first.start());
    } else if (first.is("distinct")) {
      throw notRowWise(source, first);
    }
    Syntax expression = parser.expression();
    boolean as = at.accept("as");
    Token name = at.token();
    boolean named = name.isName() && (as || !name.is("from"));
    if (named) {
      at.advance();
      return new Item(expression, name.text(), name.start());
    } else if (as) {
      throw at.unexpected("a name");
    } else if (expression instanceof Syntax.Name column) {
      return new Item(expression, column.name(), first.start());
    }
    throw source.error(
        ErrorCode.EXPRESSION_SYNTAX,
        first.start(),
        "'" + Canonical.text(expression) + "' has no name",
        "write it with AS and a name");
  }

  /** The FROM of the outermost SELECT. */
  private static int from(List<Token> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
      if (depth == 0 && token.is("from") && !tokens.get(Math.max(0, i - 1)).is("distinct")) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isClause(Token token) {
    return token.kind() == Token.Kind.WORD
        && Set.of(
                "where",
                "group",
                "having",
                "order",
                "limit",
                "offset",
                "union",
                "intersect",
                "except",
                "join",
                "left",
                "right",
                "full",
                "inner",
                "cross",
                "natural",
                "asof",
                "positional",
                "semi",
                "anti",
                "window",
                "qualify",
                "using",
                "tablesample",
                "pivot",
                "unpivot",
                "on")
            .contains(token.text().toLowerCase(Locale.ROOT));
  }

  private static PenstockException notRowWise(SourceText source, Token token) {
    return source.error(
        ErrorCode.UNSUPPORTED,
        token.start(),
        token.shown() + " has no place in row-wise SQL",
        "row-wise is SELECT expressions FROM one input WHERE a condition");
  }
}
