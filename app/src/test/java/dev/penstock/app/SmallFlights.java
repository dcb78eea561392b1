package dev.penstock.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The example of flights with a few days of data, and models of a few small trees. */
final class SmallFlights {
  private SmallFlights() {}

  /**
   * Makes the project: {@code data/past.parquet} holds nine days of January, nothing is applied.
   */
  static void make(Path folder) throws IOException, SQLException {
    Path example = Repository.ROOT.resolve("examples/flights");
    for (String part : new String[] {"features", "models", "sources", "transforms"}) {
      Processes.copy(example.resolve(part), folder.resolve(part));
    }
    Files.copy(example.resolve("penstock.yaml"), folder.resolve("penstock.yaml"));
    Files.createDirectories(folder.resolve("data"));
    Files.copy(example.resolve("data/airports.csv"), folder.resolve("data/airports.csv"));
    cut(folder, "past", "2001-01-01", "2001-01-10", 4);
    replace(
        folder.resolve("models/late_arrival.yaml"),
        "(?s)splits:.*?\nchecks:",
        """
        splits:
          train: {from: 2001-01-03, to: 2001-01-08}
          validation: {from: 2001-01-08, to: 2001-01-09}
          test: {from: 2001-01-09, to: 2001-01-10}
        checks:""");
    replace(folder.resolve("models/late_arrival.yaml"), "rounds: \\d{2,}", "rounds: 5");
    replace(folder.resolve("models/late_arrival.yaml"), "max_depth: \\d+", "max_depth: 3");
  }

  /** Writes the flights of some days, every so-manieth of them, to {@code data/NAME.parquet}. */
  static void cut(Path folder, String name, String from, String to, int every) throws SQLException {
    Path month =
        Repository.ROOT.resolve(
            "examples/flights/data/flights-" + from.substring(0, 7) + ".parquet");
    Path out = folder.resolve("data/" + name + ".parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT * EXCLUDE (n) FROM (SELECT *, row_number() OVER () AS n FROM '%s')"
                  .formatted(month)
              + " WHERE date >= '%s' AND date < '%s' AND n %% %d = 0 ORDER BY n) TO '%s'"
                  .formatted(from, to, every, out));
    }
  }

  static void replace(Path file, String pattern, String by) throws IOException {
    String text = Files.readString(file);
    String replaced = text.replaceAll(pattern, by);
    if (replaced.equals(text)) {
      throw new IllegalArgumentException(file + " has no " + pattern);
    }
    Files.writeString(file, replaced);
  }
}
