package dev.penstock.embedded.internal;

import dev.penstock.source.Decision;
import dev.penstock.source.RawRows;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the sequencer is asked to commit, and who waits for it. */
sealed interface Task {
  CompletableFuture<?> done();

  /** How much of the queue's limits it takes. */
  default long rows() {
    return 1;
  }

  default long bytes() {
    return 0;
  }

  record Push(String source, RawRows raw, long bytes, CompletableFuture<Decision> done)
      implements Task {
    @Override
    public long rows() {
      return Math.max(1, raw.rows().rows());
    }
  }

  /** Entries for the prediction log; answered with the first one's sequence. */
  record Predict(List<byte[]> entries, long bytes, CompletableFuture<Long> done) implements Task {
    @Override
    public long rows() {
      return Math.max(1, entries.size());
    }
  }

  /** Any other change, in a commit of its own. */
  record Change(Work work, CompletableFuture<Void> done) implements Task {}

  /** What a {@link Change} does. */
  interface Work {
    /** Puts the change into the commit; what it returns runs once the commit is on disk. */
    Runnable run(Commit commit);
  }
}
