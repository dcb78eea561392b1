package dev.penstock.platform.internal.definition;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Place;
import dev.penstock.data.Span;
import dev.penstock.feature.Window;
import dev.penstock.platform.definition.FeatureLine.WrittenWindow;
import dev.penstock.platform.definition.Written;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** The grammar of windows, as {@code docs/reference/definitions.md} gives it. */
final class WindowLines {
  private static final String WINDOW = "a window, such as 3h";
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private WindowLines() {}

  /**
   * {@code 3h}, {@code 7d before 1d}, {@code 7d resolution 1h}, {@code this month in
   * Europe/Berlin}, {@code last day}, {@code session 30m}, {@code last 10 rows} or {@code
   * lifetime}.
   */
  static WrittenWindow window(LineCursor cursor) {
    Written first = cursor.word(WINDOW);
    Place place = first.place();
    return switch (first.text()) {
      case "lifetime" -> new WrittenWindow("lifetime", Window.LIFETIME, place);
      case "session" -> {
        Written gap = cursor.word("the gap that ends a session, such as 30m");
        yield written(place, "session_" + gap, () -> new Window.Session(span(gap)));
      }
      case "this" ->
          calendar(cursor, place, Window.Turn.THIS, cursor.word("hour, day, week or month"));
      case "last" -> last(cursor, place);
      default -> trailing(cursor, first);
    };
  }

  private static WrittenWindow trailing(LineCursor cursor, Written length) {
    Place place = length.place();
    if (cursor.take("before")) {
      Written before = cursor.word("how long before, such as 1d");
      return written(
          place, length + "_before_" + before, () -> new Window.Offset(span(length), span(before)));
    } else if (cursor.take("resolution")) {
      Written resolution = cursor.word("a resolution, such as 1h");
      return written(
          place,
          length + "_resolution_" + resolution,
          () -> new Window.Stepped(span(length), span(resolution)));
    }
    return written(place, length.text(), () -> Window.trailing(span(length)));
  }

  private static WrittenWindow last(LineCursor cursor, Place place) {
    Written word = cursor.word("hour, day, week, month or a number of rows");
    if (!word.text().matches("\\d{1,9}")) {
      return calendar(cursor, place, Window.Turn.LAST, word);
    }
    if (!cursor.take("rows")) {
      throw cursor.wrong("here should be 'rows'", "write last " + word + " rows");
    }
    return written(
        place, "last_" + word + "_rows", () -> new Window.LastRows(Integer.parseInt(word.text())));
  }

  private static WrittenWindow calendar(
      LineCursor cursor, Place place, Window.Turn turn, Written written) {
    Window.Period period = null;
    for (Window.Period one : Window.Period.values()) {
      period = one.toString().equals(written.text().toLowerCase(Locale.ROOT)) ? one : period;
    }
    if (period == null) {
      throw value(
          written.place(),
          "'" + turn + " " + written + "' is no window",
          "write " + turn + " hour, day, week or month");
    }
    ZoneId zone = cursor.take("in") ? zone(cursor.zone()) : ZoneId.of("UTC");
    Window window = new Window.Calendar(turn, period, zone);
    return new WrittenWindow(turn + "_" + period, window, place);
  }

  private static ZoneId zone(Written name) {
    if (!ZONES.contains(name.text())) {
      throw value(
          name.place(),
          "there is no time zone '" + name + "'",
          "write a name of the IANA time zone database, such as Europe/Berlin or UTC");
    }
    return ZoneId.of(name.text());
  }

  private static WrittenWindow written(Place place, String name, Supplier<Window> window) {
    try {
      return new WrittenWindow(name, window.get(), place);
    } catch (IllegalArgumentException e) {
      throw value(place, String.valueOf(e.getMessage()), "");
    }
  }

  private static Span span(Written word) {
    try {
      return Span.parse(word.text());
    } catch (IllegalArgumentException e) {
      throw value(word.place(), String.valueOf(e.getMessage()), "");
    }
  }

  private static PenstockException value(Place place, String what, String hint) {
    return new PenstockException(ErrorCode.DEFINITION_VALUE, place, what, hint);
  }
}
