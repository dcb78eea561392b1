package dev.penstock.app.command;

import dev.penstock.app.print.Times;
import java.time.DateTimeException;
import picocli.CommandLine.TypeConversionException;

/** A moment as an option: {@code 2001-06-01T00:00Z}, or a date for its midnight in UTC. */
public record Moment(long micros) {
  public static Moment parse(String text) {
    try {
      return new Moment(Times.parseInstant(text));
    } catch (DateTimeException | ArithmeticException e) {
      throw new TypeConversionException(
          "'" + text + "' is no moment (write 2001-06-01T00:00Z or 2001-06-01)");
    }
  }
}
