package dev.penstock.feedback.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of texts, for a page and for a terminal.
 *
 * @param heads the columns; a name that starts with {@code <} is a column of words, on the left
 */
record Table(List<String> heads, List<List<String>> rows) {
  private static final int LONG_WORDS = 30;

  Table {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
    for (List<String> row : rows) {
      if (row.size() != heads.size()) {
        throw new IllegalArgumentException(row + " under " + heads);
      }
    }
  }

  static Builder of(String... heads) {
    return new Builder(List.of(heads));
  }

  String toHtml() {
    StringBuilder html = new StringBuilder("<table><thead><tr>");
    for (int c = 0; c < heads.size(); c++) {
      html.append("<th" + style(c) + ">")
          .append(Markup.escape(head(c)))
          .append("</th>");
    }
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        html.append("<td" + style(c) + ">")
            .append(Markup.escape(row.get(c)))
            .append("</td>");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>").toString();
  }

  String toText() {
    int[] widths = new int[heads.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = head(c).length();
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (int c = 0; c < widths.length; c++) {
      names.add(head(c));
    }
    line(text, names, widths);
    rows.forEach(row -> line(text, row, widths));
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder("  ");
    for (int c = 0; c < widths.length; c++) {
      String gap = " ".repeat(widths[c] - cells.get(c).length());
      line.append(isText(c) ? cells.get(c) + gap : gap + cells.get(c)).append("  ");
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  /** Words stand on the left; long ones may break. */
  private String style(int column) {
    boolean isLong = rows.stream().anyMatch(row -> row.get(column).length() > LONG_WORDS);
    return isText(column) ? isLong ? " class=\"text long\"" : " class=\"text\"" : "";
  }

  private boolean isText(int column) {
    return heads.get(column).startsWith("<");
  }

  private String head(int column) {
    return isText(column) ? heads.get(column).substring(1) : heads.get(column);
  }

  /** Grows a table row by row. */
  static final class Builder {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    private Builder(List<String> heads) {
      this.heads = heads;
    }

    Builder row(String... cells) {
      rows.add(List.of(cells));
      return this;
    }

    Table build() {
      return new Table(heads, rows);
    }
  }
}
