package dev.penstock.platform.command;

import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command has to say: parts in reading order, printed as text or as one JSON object. With a
 * {@link #failure}, the parts are the evidence and the command ends with the failure's exit code.
 */
public record Answer(List<Part> parts, @Nullable PenstockException failure) {
  /**
   * One part of an answer. In JSON it is a member of that name; a note goes under {@code notes}.
   */
  public sealed interface Part permits Note, Facts, Table {}

  /** A sentence. */
  public record Note(String text) implements Part {}

  /** Named single values, one a line. */
  public record Facts(String name, List<Fact> facts) implements Part {
    public Facts {
      facts = List.copyOf(facts);
    }
  }

  public record Fact(String name, @Nullable Object value, Format format) {}

  /** Rows under headings; cells are strings, numbers, booleans or null. */
  public record Table(String name, List<Heading> headings, List<List<@Nullable Object>> rows)
      implements Part {
    public Table {
      headings = List.copyOf(headings);
      rows = List.copyOf(rows);
      for (List<@Nullable Object> row : rows) {
        if (row.size() != headings.size()) {
          throw new IllegalArgumentException(row.size() + " cells under " + headings);
        }
      }
    }
  }

  public record Heading(String name, Format format) {}

  /** How a number is shown to a person; JSON has it as it is. */
  public enum Format {
    /** Text as it is; whole numbers with thousands separators; others to 4 places at most. */
    PLAIN,
    /** Long text, of which a person is shown the beginning. */
    EXCERPT,
    /** An identifier or a year: no separators. */
    NUMERAL,
    /** 0.1234 is shown as 12.34 %. */
    SHARE,
    /** A number of bytes: 13.5 MB. */
    BYTES,
    /** A number of milliseconds: 1.2 s. */
    MILLIS,
    /** Microseconds since 1970 in UTC: 2001-06-01T00:00:00Z. In JSON it is text too. */
    TIME
  }

  public Answer {
    parts = List.copyOf(parts);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** An answer of one sentence. */
  public static Answer of(String note) {
    return builder().note(note).build();
  }

  /** Collects the parts of an answer. */
  public static final class Builder {
    private final List<Part> parts = new ArrayList<>();
    private @Nullable PenstockException failure;

    private Builder() {}

    public Builder note(String text) {
      parts.add(new Note(text));
      return this;
    }

    public FactsBuilder facts(String name) {
      return new FactsBuilder(this, name);
    }

    public TableBuilder table(String name) {
      return new TableBuilder(this, name);
    }

    public Builder add(Part part) {
      parts.add(part);
      return this;
    }

    /** The work was done but did not pass: a check, a gate, parity. */
    public Builder failed(PenstockException why) {
      failure = why;
      return this;
    }

    public Answer build() {
      return new Answer(parts, failure);
    }
  }

  /** Collects facts; {@link #end} goes back to the answer. */
  public static final class FactsBuilder {
    private final Builder answer;
    private final String name;
    private final List<Fact> facts = new ArrayList<>();

    private FactsBuilder(Builder answer, String name) {
      this.answer = answer;
      this.name = name;
    }

    public FactsBuilder fact(String fact, @Nullable Object value) {
      return fact(fact, value, Format.PLAIN);
    }

    public FactsBuilder fact(String fact, @Nullable Object value, Format format) {
      facts.add(new Fact(fact, value, format));
      return this;
    }

    public Builder end() {
      return answer.add(new Facts(name, facts));
    }
  }

  /** Collects headings, then rows; {@link #end} goes back to the answer. */
  public static final class TableBuilder {
    private final Builder answer;
    private final String name;
    private final List<Heading> headings = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private TableBuilder(Builder answer, String name) {
      this.answer = answer;
      this.name = name;
    }

    public TableBuilder heading(String heading) {
      return heading(heading, Format.PLAIN);
    }

    public TableBuilder heading(String heading, Format format) {
      headings.add(new Heading(heading, format));
      return this;
    }

    public TableBuilder row(@Nullable Object... cells) {
      List<@Nullable Object> row = new ArrayList<>(cells.length);
      for (Object cell : cells) {
        row.add(cell);
      }
      rows.add(row);
      return this;
    }

    public Builder end() {
      return answer.add(new Table(name, headings, rows));
    }
  }
}
