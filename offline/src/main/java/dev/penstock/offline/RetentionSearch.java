package dev.penstock.offline;

import dev.penstock.data.Positions;
import dev.penstock.data.Span;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.offline.Explanation.Cause;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks for a state that forgot too soon, or for rows that a view no longer sees and counted. */
final class RetentionSearch {
  private final Trial trial;
  private final KeyRows rows;

  /** The rows that are there and that the view sees, the oldest first. */
  private final int[] kept;

  /** The rows that are there and too old for the view, the newest first. */
  private final int[] beyond;

  RetentionSearch(Trial trial, KeyRows rows, Positions positions) {
    this.trial = trial;
    this.rows = rows;
    int[] standing = rows.newestFirst(rows.standing(rows.visible(positions)));
    long from = rows.retained(trial.view().retention());
    int[] newestFirst = IntStream.of(standing).filter(row -> rows.eventTime(row) >= from).toArray();
    this.kept =
        IntStream.range(0, newestFirst.length)
            .map(i -> newestFirst[newestFirst.length - 1 - i])
            .toArray();
    this.beyond = KeyRows.minus(standing, kept);
  }

  /** The state had trimmed rows that the answer needs, and said so. */
  @Nullable Explanation uncovered() {
    int features = trial.served().size();
    long uncovered = IntStream.range(0, features).filter(this::isUncovered).count();
    boolean restIsServed =
        uncovered == features || trial.of(i -> !isUncovered(i)).gives(rows.batch(kept));
    return uncovered > 0 && restIsServed
        ? new Explanation(
            Cause.RETENTION,
            "the state had let rows go that the answer needs; these are the oldest of them",
            rows.named(kept))
        : null;
  }

  private boolean isUncovered(int feature) {
    return trial.served().get(feature).status() == FeatureStatus.UNCOVERED;
  }

  /** Rows from before the retention count. */
  @Nullable Explanation beyond() {
    int[] all = KeyRows.plus(kept, beyond);
    for (int end : moments(beyond)) {
      int[] counted = IntStream.of(beyond).limit(end).toArray();
      Span retention = new Span(trial.time() - rows.eventTime(beyond[end - 1]));
      if (trial.keeping(retention).gives(rows.batch(all))) {
        return new Explanation(
            Cause.RETENTION,
            "with these rows from before the view's retention of "
                + trial.view().retention()
                + " the replay gives the served answer",
            rows.named(counted));
      }
    }
    return null;
  }

  /** All rows before some moment do not count. */
  @Nullable Explanation forgotten() {
    for (int end : moments(kept)) {
      int[] forgotten = IntStream.of(kept).limit(end).toArray();
      if (trial.gives(rows.batch(KeyRows.minus(kept, forgotten)))) {
        return new Explanation(
            Cause.RETENTION,
            "without the rows up to "
                + Instant.EPOCH.plus(rows.eventTime(kept[end - 1]), ChronoUnit.MICROS)
                + " the replay gives the served answer: the state forgot them too soon",
            rows.named(rows.newestFirst(forgotten)));
      }
    }
    return null;
  }

  /** Of rows in the order of time, how many there are up to each moment that one has. */
  private int[] moments(int[] ordered) {
    return IntStream.rangeClosed(1, ordered.length)
        .filter(
            end ->
                end == ordered.length
                    || rows.eventTime(ordered[end]) != rows.eventTime(ordered[end - 1]))
        .limit(MismatchSearch.MOST_TRIALS)
        .toArray();
  }
}
