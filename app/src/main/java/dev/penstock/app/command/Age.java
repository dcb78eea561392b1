package dev.penstock.app.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** An age as an option: {@code 0s}, {@code 90m}, {@code 12h}, {@code 7d}. */
public record Age(Duration duration) {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})([smhd])");

  public static Age parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + text + "' is no age (write 90m, 12h or 7d)");
    }
    long number = Long.parseLong(matcher.group(1));
    return new Age(
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }
}
