package dev.penstock.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A project with 50 features of two kinds: ten aggregates over five windows of ten rows for each
 * key, and the latest of 50 columns; and three small views that a pushed row changes too.
 */
record Shop(Path folder, int keys) {
  static final int FEATURES = 50;
  static final int ROWS_OF_KEY = 10;

  /** Writes definitions and history. Times are within the 80 days before now. */
  void write() throws IOException, SQLException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("penstock.yaml"), "project: bench\nenvironments: {local: {}}\n");
    String columns =
        IntStream.range(0, FEATURES)
            .mapToObj(i -> "f" + i + ": float64")
            .collect(Collectors.joining(", "));
    String latest =
        IntStream.range(0, FEATURES)
            .mapToObj(i -> "  - last(f" + i + ") as l" + i + " over lifetime\n")
            .collect(Collectors.joining());
    Files.writeString(
        folder.resolve("shop.yaml"),
        """
        source: events
        owner: bench@example.com
        columns: {key: int64 not null, at: timestamp not null, v: float64 not null}
        event_time: at
        ---
        source: facts
        owner: bench@example.com
        columns: {key: int64 not null, at: timestamp not null, %s}
        event_time: at
        ---
        entity: key
        owner: bench@example.com
        keys: {key: int64}
        ---
        feature_view: rolling
        owner: bench@example.com
        entity: key
        source: events
        features:
          - count() as n over 1h, 1d, 7d, 30d, 90d
          - sum(v) as sum over 1h, 1d, 7d, 30d, 90d
          - mean(v) as mean over 1h, 1d, 7d, 30d, 90d
          - min(v) as least over 1h, 1d, 7d, 30d, 90d
          - max(v) as most over 1h, 1d, 7d, 30d, 90d
          - var_samp(v) as variance over 1h, 1d, 7d, 30d, 90d
          - stddev_samp(v) as deviation over 1h, 1d, 7d, 30d, 90d
          - share(v >= 50) as high over 1h, 1d, 7d, 30d, 90d
          - first(v) as first over 1h, 1d, 7d, 30d, 90d
          - last(v) as last over 1h, 1d, 7d, 30d, 90d
        ---
        feature_view: latest
        owner: bench@example.com
        entity: key
        source: facts
        features:
        %s---
        feature_view: day
        owner: bench@example.com
        entity: key
        source: events
        features:
          - count() as n over 1d
        ---
        feature_view: week
        owner: bench@example.com
        entity: key
        source: events
        features:
          - mean(v) as mean over 7d
        ---
        feature_view: ever
        owner: bench@example.com
        entity: key
        source: events
        features:
          - sum(v) as sum over lifetime
        ---
        feature_view: newest
        owner: bench@example.com
        entity: key
        source: events
        features:
          - last(v) as last over lifetime
        """
            .formatted(columns, latest));
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement sql = duckDb.createStatement()) {
      String at =
          "now()::TIMESTAMPTZ - to_seconds((80 * 86400 * ((i * 7919 %% 999983) / 999983.0)))";
      sql.execute(
          ("COPY (SELECT i %% %d AS key, "
                  + at
                  + " AS \"at\", (i * 31 %% 10007) / 100.0 AS v"
                  + " FROM range(%d) t(i) ORDER BY \"at\") TO '%s' (FORMAT parquet)")
              .formatted(keys, (long) keys * ROWS_OF_KEY, events()));
      String values =
          IntStream.range(0, FEATURES)
              .mapToObj(i -> "((i * 31 + %d) %% 10007) / 100.0 AS f%d".formatted(i, i))
              .collect(Collectors.joining(", "));
      sql.execute(
          ("COPY (SELECT i AS key, "
                  + at
                  + " AS \"at\", "
                  + values.replace("%", "%%")
                  + " FROM range(%d) t(i) ORDER BY \"at\") TO '%s' (FORMAT parquet)")
              .formatted(keys, facts()));
    }
  }

  Path events() {
    return folder.resolve("events.parquet");
  }

  Path facts() {
    return folder.resolve("facts.parquet");
  }

  /** A question for so many keys and the 50 features of one kind, as Feast's clients ask it. */
  String question(SplittableRandom random, int entities, boolean rolling) {
    String features =
        IntStream.range(0, FEATURES)
            .mapToObj(i -> '"' + (rolling ? rollingName(i) : "latest:l" + i + "_lifetime") + '"')
            .collect(Collectors.joining(", "));
    String asked =
        random
            .ints(entities, 0, keys)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return "{\"features\": [" + features + "], \"entities\": {\"key\": [" + asked + "]}}";
  }

  private static String rollingName(int index) {
    String[] names = {
      "n", "sum", "mean", "least", "most", "variance", "deviation", "high", "first", "last"
    };
    String[] windows = {"1h", "1d", "7d", "30d", "90d"};
    return "rolling:" + names[index / 5] + "_" + windows[index % 5];
  }

  /** New rows of random keys. */
  String rows(SplittableRandom random, int rows, long atMicros) {
    return random
        .ints(rows, 0, keys)
        .mapToObj(
            key ->
                "{\"key\": %d, \"at\": %d, \"v\": %d.25}"
                    .formatted(key, atMicros, random.nextInt(100)))
        .collect(Collectors.joining(", ", "{\"rows\": [", "]}"));
  }
}
