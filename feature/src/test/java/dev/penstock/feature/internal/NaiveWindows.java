package dev.penstock.feature.internal;

import dev.penstock.feature.Window;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which rows are in a window, said as plainly as possible: part of {@link NaiveTwin}. */
final class NaiveWindows {
  private NaiveWindows() {}

  /** Of the rows that the view sees at q, in the total order, those in the window. */
  static List<InputRow> rows(Window window, long q, List<InputRow> inOrder) {
    if (window instanceof Window.Session session) {
      return session(session.gap().micros(), q, inOrder);
    } else if (window instanceof Window.LastRows last) {
      return inOrder.subList(Math.max(0, inOrder.size() - last.rows()), inOrder.size());
    }
    BigInteger start = start(window, q);
    BigInteger end = end(window, q);
    return inOrder.stream()
        .filter(row -> start == null || start.compareTo(big(row.eventTime())) <= 0)
        .filter(row -> big(row.eventTime()).compareTo(end) < 0)
        .toList();
  }

  /** Null where there is none. */
  static BigInteger start(Window window, long q) {
    if (window instanceof Window.Trailing trailing) {
      return big(q).subtract(big(trailing.length().micros()));
    } else if (window instanceof Window.Stepped stepped) {
      BigInteger start = big(q).subtract(big(stepped.length().micros()));
      return start.subtract(start.mod(big(stepped.resolution().micros())));
    } else if (window instanceof Window.Offset offset) {
      return end(window, q).subtract(big(offset.length().micros()));
    } else if (window instanceof Window.Calendar calendar) {
      TreeSet<Long> cuts = cuts(calendar, q);
      return big(calendar.turn() == Window.Turn.THIS ? cuts.last() : cuts.lower(cuts.last()));
    }
    return null;
  }

  static BigInteger end(Window window, long q) {
    if (window instanceof Window.Offset offset) {
      return big(q).subtract(big(offset.before().micros()));
    } else if (window instanceof Window.Calendar calendar && calendar.turn() == Window.Turn.LAST) {
      return big(cuts(calendar, q).last());
    }
    return big(q);
  }

  /** The moments named by the local starts of periods in the months before q, as far as q. */
  private static TreeSet<Long> cuts(Window.Calendar calendar, long q) {
    ZoneId zone = calendar.zone();
    LocalDate day = Instant.EPOCH.plus(q, ChronoUnit.MICROS).atZone(ZoneOffset.UTC).toLocalDate();
    int hours = calendar.period() == Window.Period.HOUR ? 24 : 1;
    int days =
        switch (calendar.period()) {
          case HOUR, DAY -> 4;
          case WEEK -> 20;
          case MONTH -> 70;
        };
    TreeSet<Long> cuts = new TreeSet<>();
    for (LocalDate of = day.minusDays(days); of.isBefore(day.plusDays(3)); of = of.plusDays(1)) {
      boolean starts =
          switch (calendar.period()) {
            case HOUR, DAY -> true;
            case WEEK -> of.getDayOfWeek().name().equals("MONDAY");
            case MONTH -> of.getDayOfMonth() == 1;
          };
      for (int hour = 0; starts && hour < hours; hour++) {
        LocalDateTime local = of.atTime(hour, 0);
        long cut = ChronoUnit.MICROS.between(Instant.EPOCH, ZonedDateTime.of(local, zone));
        if (cut <= q) {
          cuts.add(cut);
        }
      }
    }
    return cuts;
  }

  private static List<InputRow> session(long gap, long q, List<InputRow> inOrder) {
    List<InputRow> session = new ArrayList<>();
    BigInteger later = big(q);
    for (int i = inOrder.size() - 1; i >= 0; i--) {
      BigInteger time = big(inOrder.get(i).eventTime());
      if (later.subtract(time).compareTo(big(gap)) >= 0) {
        break;
      }
      session.add(0, inOrder.get(i));
      later = time;
    }
    return session;
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }
}
