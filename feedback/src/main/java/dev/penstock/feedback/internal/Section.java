package dev.penstock.feedback.internal;

import java.util.List;

/**
 * A part of the report: a finding as its title, what stands behind it below.
 *
 * @param id for links
 * @param name a word or two, for the list of sections
 * @param title the finding, in a sentence
 * @param explanation how it was found, for a reader who is new to it
 */
record Section(String id, String name, String title, String explanation, List<Part> parts) {
  Section {
    parts = List.copyOf(parts);
  }

  /** What a section shows. */
  sealed interface Part {}

  /** A drawing, which a terminal leaves out. */
  record Drawing(String svg, String caption) implements Part {}

  /** Two small drawings side by side. */
  record Pair(Drawing left, Drawing right) implements Part {}

  /** A small drawing with a small table beside it. */
  record Beside(Drawing drawing, Table table) implements Part {}

  /** A table. */
  record Rows(Table table) implements Part {}

  /** A long table that a page shows when asked to, and a terminal leaves out. */
  record Folded(String summary, Table table) implements Part {}

  /** Sentences, one under the other. */
  record Sentences(List<String> sentences) implements Part {}
}
