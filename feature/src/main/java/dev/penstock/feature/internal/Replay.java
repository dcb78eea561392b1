package dev.penstock.feature.internal;

import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.Queries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries over history: rows of a key in order, its queries in order, and each window
 * slides once over both. Whatever the visibility, a row is seen from one of the key's queries on
 * ({@link Entries}), up to another where it is retracted, and leaves a window at another, so rows
 * are entered in a counting sort by that query, and the whole is linear in rows and queries (but
 * for windows whose rows may leave in any order).
 */
final class Replay {
  final HistoryRows history;
  final List<AnswerColumn> answers;
  final Entries entries;

  /** From which queries on rows are taken back; null where none may be. */
  final @Nullable Entries ends;

  final long[] moments;

  /** Queries by key, in order of their moments; key k has [starts[k], starts[k + 1]). */
  final int[] order;

  /** One key more than history has: the last stands for all keys it does not know. */
  final int[] starts;

  /**
   * Groups the queries.
   *
   * @throws dev.penstock.data.PenstockException if the key columns are not of the entity's types
   */
  Replay(HistoryRows history, Questions questions) {
    this(
        history,
        questions.queries.times(),
        Entries.of(questions.visibility, history),
        history.ends == null ? null : Entries.ofEnds(questions.visibility, history.ends),
        known(history, questions.queries),
        questions.answers);
  }

  /**
   * Of all queries, with columns of its own for the answers.
   *
   * @param keys of each query, the number of its key
   */
  Replay(HistoryRows history, long[] moments, Entries entries, int[] keys) {
    this(history, moments, entries, null, keys, AnswerColumn.of(history.plan, moments.length));
  }

  private Replay(
      HistoryRows history,
      long[] moments,
      Entries entries,
      @Nullable Entries ends,
      int[] keys,
      List<AnswerColumn> answers) {
    this.history = history;
    this.answers = answers;
    this.entries = entries;
    this.ends = ends;
    this.moments = moments;
    this.starts = new int[history.keys.size() + 2];
    this.order = Grouping.byKey(keys, starts);
    for (int key = 0; key + 1 < starts.length; key++) {
      IndexSort.sort(order, starts[key], starts[key + 1], (b, a) -> moments[b] < moments[a]);
    }
  }

  private static int[] known(HistoryRows history, Queries queries) {
    int[] keys = history.keys.find(queries.keys(), queries.size());
    for (int query = 0; query < keys.length; query++) {
      keys[query] = keys[query] == KeyTable.NONE ? history.keys.size() : keys[query];
    }
    return keys;
  }

  /** At most {@code n} parts of about equal work. */
  List<Runnable> parts(int n) {
    List<Runnable> parts = new ArrayList<>();
    int keys = starts.length - 1;
    long total = work(keys);
    int from = 0;
    for (int part = 0; part < n && from < keys; part++) {
      // A hot key may be more than a part's share: then the part is that key.
      int to = from + 1;
      while (to < keys && (part == n - 1 || work(to + 1) <= total * (part + 1) / n)) {
        to++;
      }
      int first = from;
      int end = to;
      parts.add(() -> new ReplayWorker(this).run(first, end));
      from = to;
    }
    return parts;
  }

  /** Rows and queries of the keys before one. */
  private long work(int key) {
    int known = Math.min(key, history.keys.size());
    return (long) history.starts[known] + starts[key];
  }

  List<FeatureColumn> answers() {
    return answers.stream().map(AnswerColumn::toColumn).toList();
  }
}
