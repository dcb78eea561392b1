package dev.penstock.platform.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A project folder that a test writes, file by file. */
public final class TestProject {
  private final Path folder;

  private TestProject(Path folder) {
    this.folder = folder;
  }

  /** An empty project. */
  public static TestProject in(Path folder) {
    return new TestProject(folder).file("penstock.yaml", "project: test");
  }

  /** A small project of every kind, which is right. */
  public static TestProject complete(Path folder) {
    return in(folder)
        .file("data/places.csv", "code,zone,height\nA,Europe/Berlin,34.0\nB,Asia/Tokyo,40.5\n")
        .file(
            "sources.yaml",
            """
            source: places
            owner: data@example.com
            file: data/places.csv
            primary_key: code
            columns: {code: string not null, zone: string not null, height: float64}
            ---
            source: trips
            owner: data@example.com
            description: A trip that has ended.
            columns:
              at: local_timestamp not null
              place: string not null
              fare: float64
              minutes: int64
            computed:
              started: to_utc(at, lookup(places, place, zone))
            event_time: plus_minutes(started, minutes)
            rules:
              plausible_fare: fare BETWEEN 0 AND 1000
            checks:
              - row_count >= 1
              - warn: mean(fare) > 2
            ---
            transform: ended_trips
            owner: data@example.com
            sql: SELECT place, fare, minutes, fare > 50 AS dear FROM trips
            """)
        .file(
            "features/views.yaml",
            """
            entity: place
            owner: ml@example.com
            keys: {place: string}
            ---
            feature_view: place_fares
            owner: ml@example.com
            entity: place
            source: ended_trips
            where: minutes > 0
            features:
              - count() as trips over 1h, 24h
              - mean(fare) as fare over 24h
              - share(dear) as dear where (fare > 1) over 7d
              - percentile(fare, 0.9) as fare_p90 over 24h
            ---
            feature_view: place_facts
            owner: ml@example.com
            entity: place
            key: {place: code}
            source: places
            features: [last(height) as height]
            ---
            on_demand_view: request
            owner: ml@example.com
            request: {at: local_timestamp}
            features:
              - extract(hour FROM at) as hour
              - extract(hour FROM at) * place_fares__fare_24h as hour_fare
            ---
            feature_service: fares
            owner: ml@example.com
            features:
              - place_fares
              - place_facts as facts with place = place
              - request
            """)
        .file(
            "learning.yaml",
            """
            dataset: dear_trips
            owner: ml@example.com
            spine: trips
            label: {name: dear, from: ended_trips, value: dear, join: id}
            features: fares
            splits:
              train: {from: 2020-01-01, to: 2020-03-01}
              test: {from: 2020-03-01, to: 2020-04-01T00:00:00Z, cut: 2020-04-02}
            ---
            model: dear
            owner: ml@example.com
            dataset: dear_trips
            trainer: xgboost
            features: all
            parameters: {max_depth: 3, rounds: 10}
            early_stopping: {split: test, rounds: 5}
            promotion: {metric: auc}
            ---
            monitor: fares_drift
            owner: ml@example.com
            of: dear
            """);
  }

  public Path folder() {
    return folder;
  }

  public TestProject file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a text that must be there once in a file. */
  public TestProject change(String name, String from, String to) {
    try {
      String text = Files.readString(folder.resolve(name));
      if (text.indexOf(from) < 0 || text.indexOf(from) != text.lastIndexOf(from)) {
        throw new IllegalArgumentException("not once in " + name + ": " + from);
      }
      return file(name, text.replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Project load() {
    return Project.load(folder, "local", Map.of());
  }

  /** The messages of what is wrong; empty when nothing is. */
  public String errors() {
    try {
      load();
      return "";
    } catch (DefinitionErrors e) {
      return e.getMessage();
    }
  }
}
