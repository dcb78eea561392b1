package dev.penstock.app.print;

import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Facts;
import dev.penstock.platform.command.Answer.Note;
import dev.penstock.platform.command.Answer.Part;
import dev.penstock.platform.command.Answer.Table;
import java.io.PrintWriter;

/** Prints an answer for people. */
public final class AnswerText {
  private AnswerText() {}

  public static void print(Answer answer, PrintWriter out) {
    boolean titles = answer.parts().stream().filter(part -> !(part instanceof Note)).count() > 1;
    boolean first = true;
    for (Part part : answer.parts()) {
      if (!first && !(part instanceof Note)) {
        out.println();
      }
      first = false;
      if (part instanceof Note note) {
        out.println(note.text());
      } else if (part instanceof Facts facts) {
        title(titles, facts.name(), out);
        TextTable.lines(facts).forEach(out::println);
      } else if (part instanceof Table table) {
        title(titles, table.name(), out);
        if (table.rows().isEmpty()) {
          out.println("(none)");
        } else {
          TextTable.lines(table).forEach(out::println);
        }
      }
    }
    out.flush();
  }

  private static void title(boolean wanted, String name, PrintWriter out) {
    if (wanted) {
      out.println(TextTable.title(name));
    }
  }
}
