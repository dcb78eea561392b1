package dev.penstock.feedback.internal;

import dev.penstock.feedback.LoopReport;

/** The report for a terminal: findings, and the tables behind them. */
public final class ReportText {
  /** How many rows of a long table are shown. */
  private static final int SHOWN_ROWS = 8;

  private ReportText() {}

  public static String of(LoopReport loop) {
    StringBuilder text = new StringBuilder();
    text.append(loop.project());
    if (!loop.question().isEmpty()) {
      text.append(": ").append(loop.question());
    }
    text.append('\n');
    for (Section section : Sections.of(loop)) {
      text.append('\n').append(section.title()).append('\n');
      for (Section.Part part : section.parts()) {
        if (part instanceof Section.Rows rows) {
          text.append(rows.table().toText());
        } else if (part instanceof Section.Beside beside) {
          text.append(beside.table().toText());
        } else if (part instanceof Section.Folded folded) {
          folded(text, folded.table());
        } else if (part instanceof Section.Sentences sentences) {
          sentences.sentences().forEach(said -> text.append("  ").append(said).append('\n'));
        }
      }
    }
    return text.toString().replace('\u00a0', ' ');
  }

  private static void folded(StringBuilder text, Table table) {
    int rows = table.rows().size();
    int shown = Math.min(rows, SHOWN_ROWS);
    text.append(new Table(table.heads(), table.rows().subList(0, shown)).toText());
    if (shown < rows) {
      text.append("  and ").append(rows - shown).append(" more\n");
    }
  }
}
