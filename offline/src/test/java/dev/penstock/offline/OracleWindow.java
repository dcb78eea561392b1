package dev.penstock.offline;

import dev.penstock.data.Span;
import dev.penstock.feature.Window;
import java.time.ZoneId;
import java.util.List;

/**
 * A window and what it means in SQL.
 *
 * @param rows selects, of the query {@code asked} (question {@code i} at {@code q}, and a row
 *     before q of its key), the rows in the window
 */
record OracleWindow(Window window, String rows) {
  private static final long MINUTE = 60_000_000L;
  private static final long HOUR = 60 * MINUTE;
  private static final String ORDER = "event, part, pos";
  private static final String FROM_LAST = "event DESC, part DESC, pos DESC";

  static final List<OracleWindow> ALL =
      List.of(
          trailing(MINUTE),
          trailing(3 * HOUR),
          trailing(24 * HOUR),
          before(3 * HOUR, 6 * HOUR),
          period(Window.Turn.THIS, Window.Period.DAY, "America/New_York"),
          period(Window.Turn.LAST, Window.Period.DAY, "America/New_York"),
          period(Window.Turn.THIS, Window.Period.DAY, "Asia/Kathmandu"),
          period(Window.Turn.THIS, Window.Period.WEEK, "Europe/Berlin"),
          period(Window.Turn.LAST, Window.Period.WEEK, "America/New_York"),
          period(Window.Turn.THIS, Window.Period.MONTH, "America/New_York"),
          period(Window.Turn.LAST, Window.Period.MONTH, "Europe/Berlin"),
          session(40 * MINUTE),
          lastRows(1),
          lastRows(7),
          new OracleWindow(Window.LIFETIME, "SELECT * FROM asked"));

  private static OracleWindow trailing(long length) {
    return new OracleWindow(
        Window.trailing(new Span(length)), "SELECT * FROM asked WHERE event >= q - " + length);
  }

  private static OracleWindow before(long length, long before) {
    return new OracleWindow(
        new Window.Offset(new Span(length), new Span(before)),
        ("SELECT * FROM asked WHERE event >= q - " + (length + before))
            + (" AND event < q - " + before));
  }

  private static OracleWindow period(Window.Turn turn, Window.Period period, String zone) {
    String zoned = " AT TIME ZONE '" + zone + "'";
    String local = "(make_timestamp(q) AT TIME ZONE 'UTC'" + zoned + ")";
    String start = "date_trunc('" + period + "', " + local + ")";
    String begun = "epoch_us(" + start + zoned + ")";
    String earlier = "epoch_us((" + start + " - INTERVAL 1 " + period + ")" + zoned + ")";
    return new OracleWindow(
        new Window.Calendar(turn, period, ZoneId.of(zone)),
        turn == Window.Turn.THIS
            ? "SELECT * FROM asked WHERE event >= " + begun
            : "SELECT * FROM asked WHERE event >= " + earlier + " AND event < " + begun);
  }

  /** Back from the last row as long as nothing is the gap or more before what comes after it. */
  private static OracleWindow session(long gap) {
    String next = "coalesce(lead(event) OVER (PARTITION BY i ORDER BY " + ORDER + "), q)";
    String ends =
        "SELECT *, CASE WHEN " + next + " - event >= " + gap + " THEN 1 ELSE 0 END AS ends";
    String runs = "sum(ends) OVER (PARTITION BY i ORDER BY " + FROM_LAST + ") AS run";
    return new OracleWindow(
        new Window.Session(new Span(gap)),
        "SELECT * FROM (SELECT *, " + runs + " FROM (" + ends + " FROM asked)) WHERE run = 0");
  }

  private static OracleWindow lastRows(int rows) {
    String place = "row_number() OVER (PARTITION BY i ORDER BY " + FROM_LAST + ")";
    return new OracleWindow(
        new Window.LastRows(rows), "SELECT * FROM asked QUALIFY " + place + " <= " + rows);
  }
}
