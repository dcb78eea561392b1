package dev.penstock.app.print;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Fact;
import dev.penstock.platform.command.Answer.Facts;
import dev.penstock.platform.command.Answer.Format;
import dev.penstock.platform.command.Answer.Heading;
import dev.penstock.platform.command.Answer.Note;
import dev.penstock.platform.command.Answer.Part;
import dev.penstock.platform.command.Answer.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer's parts as HTML; numbers have the class {@code n}. */
public final class AnswerHtml {
  private AnswerHtml() {}

  public static void append(Answer answer, StringBuilder page) {
    for (Part part : answer.parts()) {
      if (part instanceof Note note) {
        page.append("<p>").append(escaped(note.text())).append("</p>\n");
      } else if (part instanceof Facts facts) {
        title(facts.name(), page);
        page.append("<table>\n");
        for (Fact fact : facts.facts()) {
          page.append("<tr><th>").append(escaped(fact.name())).append("</th>");
          cell(fact.value(), fact.format(), page);
          page.append("</tr>\n");
        }
        page.append("</table>\n");
      } else if (part instanceof Table table) {
        title(table.name(), page);
        appendTable(table, page);
      }
    }
  }

  private static void appendTable(Table table, StringBuilder page) {
    page.append("<table>\n<tr>");
    for (int c = 0; c < table.headings().size(); c++) {
      Heading heading = table.headings().get(c);
      boolean number =
          !table.rows().isEmpty()
              && Shown.isRightAligned(table.rows().get(0).get(c), heading.format());
      page.append(number ? "<th class=\"n\">" : "<th>")
          .append(escaped(heading.name()))
          .append("</th>");
    }
    page.append("</tr>\n");
    for (List<@Nullable Object> row : table.rows()) {
      page.append("<tr>");
      for (int c = 0; c < row.size(); c++) {
        cell(row.get(c), table.headings().get(c).format(), page);
      }
      page.append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static void cell(@Nullable Object value, Format format, StringBuilder page) {
    page.append(Shown.isRightAligned(value, format) ? "<td class=\"n\">" : "<td>")
        .append(escaped(Shown.of(value, format)))
        .append("</td>");
  }

  private static void title(String name, StringBuilder page) {
    page.append("<h2>").append(escaped(TextTable.title(name))).append("</h2>\n");
  }

  public static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
