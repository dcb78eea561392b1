package dev.penstock.app.print;

import dev.penstock.platform.command.Answer.Fact;
import dev.penstock.platform.command.Answer.Facts;
import dev.penstock.platform.command.Answer.Format;
import dev.penstock.platform.command.Answer.Heading;
import dev.penstock.platform.command.Answer.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table in columns of even width: numbers to the right, text to the left. Line breaks in a cell
 * become spaces.
 */
final class TextTable {
  private static final String GAP = "  ";

  private TextTable() {}

  static List<String> lines(Table table) {
    int columns = table.headings().size();
    boolean[] right = new boolean[columns];
    List<String[]> cells = new ArrayList<>();
    cells.add(table.headings().stream().map(Heading::name).toArray(String[]::new));
    for (List<@Nullable Object> row : table.rows()) {
      String[] shown = new String[columns];
      for (int c = 0; c < columns; c++) {
        Format format = table.headings().get(c).format();
        shown[c] = oneLine(Shown.of(row.get(c), format));
        right[c] |= Shown.isRightAligned(row.get(c), format);
      }
      cells.add(shown);
    }
    int[] widths = widths(cells, columns);
    List<String> lines = new ArrayList<>();
    for (String[] row : cells) {
      lines.add(line(row, widths, right));
      if (lines.size() == 1) {
        lines.add(rule(widths));
      }
    }
    return lines;
  }

  static List<String> lines(Facts facts) {
    List<String[]> cells = new ArrayList<>();
    for (Fact fact : facts.facts()) {
      cells.add(new String[] {fact.name(), oneLine(Shown.of(fact.value(), fact.format()))});
    }
    int[] widths = widths(cells, 2);
    return cells.stream().map(row -> line(row, widths, new boolean[2])).toList();
  }

  private static int[] widths(List<String[]> cells, int columns) {
    int[] widths = new int[columns];
    for (String[] row : cells) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], width(row[c]));
      }
    }
    return widths;
  }

  private static String line(String[] row, int[] widths, boolean[] right) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < row.length; c++) {
      String padding = " ".repeat(widths[c] - width(row[c]));
      line.append(c == 0 ? "" : GAP);
      line.append(right[c] ? padding + row[c] : row[c] + padding);
    }
    return line.toString().stripTrailing();
  }

  private static String rule(int[] widths) {
    return String.join(GAP, Arrays.stream(widths).mapToObj(width -> "─".repeat(width)).toList());
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ").replace('\t', ' ');
  }

  /** {@code row_counts} as a heading: {@code Row counts}. */
  static String title(String name) {
    String words = name.replace('_', ' ');
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
