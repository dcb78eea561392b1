package dev.penstock.sql.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.sql.Query;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what DuckDB says in the words and with the codes of Penstock, at the place in the query. */
public final class DuckErrors {
  private static final Pattern MESSAGE = Pattern.compile("(?s)([A-Z][A-Za-z ]*) Error: (.*)");
  private static final Pattern POINTER = Pattern.compile("(?s)LINE (\\d+): ([^\\n]*)\\n( *)\\^");
  private static final Pattern MISSING_TABLE =
      Pattern.compile("Table with name (\\S+) does not exist!");
  private static final Pattern MISSING_COLUMN =
      Pattern.compile("Referenced column \"([^\"]*)\" not found");

  private DuckErrors() {}

  /**
   * The error a failed query ends with.
   *
   * @param linesBefore how many lines stand before the query's text in what DuckDB was given
   * @param stopped why the query was stopped, if it was
   */
  public static PenstockException of(
      SQLException failure, Query query, int linesBefore, @Nullable String stopped) {
    String message = String.valueOf(failure.getMessage());
    Matcher matcher = MESSAGE.matcher(message);
    String kind = matcher.matches() ? matcher.group(1) : "";
    String rest = matcher.matches() ? matcher.group(2) : message;
    int pointer = rest.indexOf("\nLINE ");
    String said = (pointer < 0 ? rest : rest.substring(0, pointer)).strip();
    int end = said.indexOf('\n');
    String what = end < 0 ? said : said.substring(0, end);
    String hint = end < 0 ? "" : said.substring(end + 1).strip().replaceAll("\\s*\\n\\s*", ", ");
    if (hint.startsWith("Candidate functions")) {
      hint = "";
    }
    Place place = place(rest, query, linesBefore);
    if (stopped != null) {
      return new PenstockException(
          ErrorCode.LIMIT_EXCEEDED,
          query.place(),
          "the query was stopped: " + stopped,
          "",
          failure);
    }
    Matcher table = MISSING_TABLE.matcher(what);
    Matcher column = MISSING_COLUMN.matcher(what);
    if (table.find()) {
      what = "there is no table '" + table.group(1) + "'";
    } else if (column.find()) {
      what = "there is no column '" + column.group(1) + "'";
      hint = hint.replace("Candidate bindings:", "near it are:");
    }
    return new PenstockException(code(kind, what), place, what, hint, failure);
  }

  private static ErrorCode code(String kind, String what) {
    if (what.startsWith("there is no column")) {
      return ErrorCode.COLUMN_NOT_FOUND;
    } else if (what.startsWith("there is no table")) {
      return ErrorCode.NOT_FOUND;
    }
    return switch (kind) {
      case "Parser", "Syntax" -> ErrorCode.EXPRESSION_SYNTAX;
      case "Catalog" -> ErrorCode.FUNCTION_NOT_FOUND;
      case "Binder", "Mismatch Type" -> ErrorCode.TYPE_MISMATCH;
      case "Permission", "Not implemented" -> ErrorCode.UNSUPPORTED;
      case "Out of Memory", "INTERRUPT" -> ErrorCode.LIMIT_EXCEEDED;
      case "IO", "HTTP" -> ErrorCode.IO;
      default -> ErrorCode.EVALUATION_FAILED;
    };
  }

  private static Place place(String message, Query query, int linesBefore) {
    Matcher pointer = POINTER.matcher(message);
    if (!pointer.find()) {
      return query.place();
    }
    int line = Integer.parseInt(pointer.group(1)) - linesBefore;
    String[] lines = query.sql().split("\n", -1);
    if (line < 1 || line > lines.length) {
      return query.place();
    }
    // A long line is shown in part, between dots.
    String shown = pointer.group(2);
    int dots = shown.startsWith("...") ? 3 : 0;
    String part = shown.substring(dots);
    part = part.endsWith("...") ? part.substring(0, part.length() - 3) : part;
    int start = lines[line - 1].indexOf(part);
    int inPart = pointer.group(3).length() - ("LINE " + pointer.group(1) + ": ").length() - dots;
    if (start < 0 || inPart < 0) {
      return query.place();
    }
    int offset = start + inPart;
    for (int i = 0; i < line - 1; i++) {
      offset += lines[i].length() + 1;
    }
    return new SourceText(query.sql(), query.place()).place(offset);
  }
}
