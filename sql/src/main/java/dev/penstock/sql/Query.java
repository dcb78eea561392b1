package dev.penstock.sql;

import dev.penstock.data.Place;
import dev.penstock.sql.internal.QueryReader;
import java.util.List;

/**
 * One checked SQL query: it only reads, and its result follows from its tables.
 *
 * @param text canonical: comments gone, one space between words, keywords in capitals
 * @param sql what the engine runs: the user's text, with {@code AS OF} and names of namespaces
 *     resolved to views
 * @param tables what it reads, each once, in order of appearance; common table expressions are not
 *     tables
 * @param rowWise whether {@link Transforms#rowWise} can compile it (given the right columns)
 * @param outputs the names of its columns; empty where the text alone does not tell
 * @param place where it is written
 */
public record Query(
    String text,
    String sql,
    List<TableReference> tables,
    boolean rowWise,
    List<String> outputs,
    Place place) {
  public Query {
    tables = List.copyOf(tables);
    outputs = List.copyOf(outputs);
  }

  /** Which tables a query may name. */
  public enum Reach {
    /** The project's own, by their names alone. */
    PROJECT,

    /** Those of other namespaces too: {@code namespace.table}. */
    WAREHOUSE
  }

  /** Reads a query over the project's own tables. */
  public static Query parse(String sql, Place place) {
    return parse(sql, place, Reach.PROJECT);
  }

  /**
   * Reads a query: {@code SELECT}, {@code WITH}, {@code FROM}, {@code VALUES}, {@code DESCRIBE},
   * {@code SUMMARIZE} or {@code EXPLAIN}.
   *
   * @throws dev.penstock.data.PenstockException {@code EXPRESSION_SYNTAX}; {@code
   *     EXPRESSION_NOT_DETERMINISTIC} for {@code now()} or {@code random()}; {@code UNSUPPORTED}
   *     for a statement that would change something
   */
  public static Query parse(String sql, Place place, Reach reach) {
    return QueryReader.read(sql, place, reach);
  }
}
