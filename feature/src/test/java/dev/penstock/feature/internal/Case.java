package dev.penstock.feature.internal;

import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureView;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What a seed asks of the kernel: a view, a log in the order of its acceptance, and questions.
 *
 * @param choices the seed of what a run chooses besides: batches, orders, restarts
 */
record Case(
    long seed, long choices, FeatureView view, List<InputRow> rows, List<Case.Query> queries) {
  /** A question; the key may be unknown or null. */
  record Query(List<Object> key, long q) {
    @Override
    public String toString() {
      return key + " at " + time(q) + " (" + q + ")";
    }
  }

  static Case of(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FeatureView view = new RandomView(random).next();
    long reach =
        view.features().stream()
            .mapToLong(feature -> feature.window().reach().micros())
            .filter(micros -> micros != Long.MAX_VALUE)
            .max()
            .orElse(RandomView.DAY);
    int size = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 90);
    List<InputRow> rows = new RandomLog(random, reach, view.changes()).next(size);
    List<Query> queries = new RandomQueries(random, view, rows).next(40);
    return new Case(seed, random.nextLong(), view, rows, queries);
  }

  Case choosing(long otherwise) {
    return new Case(seed, otherwise, view, rows, queries);
  }

  /** The same with some of the view's features, at least one. */
  Case featuring(List<Feature> fewer) {
    FeatureView narrower =
        new FeatureView(
            view.name(),
            view.entity(),
            view.keyColumns(),
            view.where(),
            fewer,
            view.retention(),
            view.maxAge(),
            view.changes(),
            view.upstream());
    return new Case(seed, choices, narrower, rows, queries);
  }

  Case withRows(List<InputRow> fewer) {
    return new Case(seed, choices, view, fewer, queries);
  }

  Case asking(List<Query> fewer) {
    return new Case(seed, choices, view, rows, fewer);
  }

  /** All of it, to be read by a person: of the rows, what the view reads. */
  @Override
  public String toString() {
    String logged = rows.stream().map(row -> "\n  " + row.text(view)).collect(Collectors.joining());
    String asked = queries.stream().map(query -> "\n  " + query).collect(Collectors.joining());
    return view.text()
        + ("\n" + rows.size() + " rows, as they were accepted:")
        + logged
        + ("\n" + queries.size() + " questions:")
        + asked;
  }

  static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }
}
