package dev.penstock.platform.live;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import dev.penstock.embedded.EmbeddedStore;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.serve.Intake;
import dev.penstock.source.Decision;
import dev.penstock.source.ExtraColumns;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.util.concurrent.CompletionException;

/** Takes rows of one source into the live store. */
final class LiveIntake implements Intake {
  private final SourceSpec source;
  private final EmbeddedStore store;

  LiveIntake(CompiledSource compiled, EmbeddedStore store) {
    SourceSpec spec = compiled.spec();
    if (spec == null) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "'" + compiled.name() + "' is a dimension: its rows come from its file",
          "change the file and run penstock apply");
    }
    if (compiled.definition().files() != null) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "'" + compiled.name() + "' is a source of files: a row without its bytes is none",
          "take files in with penstock ingest");
    }
    this.source = spec;
    this.store = store;
  }

  @Override
  public Schema schema() {
    return source.columns();
  }

  @Override
  public ExtraColumns extraColumns() {
    return source.extraColumns();
  }

  @Override
  public Standing standing() {
    long seen = store.lastSeenTime();
    return new Standing(
        store.log().end(source.name()), seen == Long.MIN_VALUE ? null : (Long) seen);
  }

  @Override
  public Receipt push(RawRows rows) {
    Decision decision = decide(rows);
    return new Receipt(
        decision.taken(rows),
        decision.duplicates().size(),
        decision.quarantined().stream()
            .map(row -> new Refused(index(row.place()), row.reason(), row.message()))
            .toList(),
        decision.next());
  }

  private Decision decide(RawRows rows) {
    try {
      return store.push(source.name(), rows).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof PenstockException known) {
        throw known;
      }
      throw e;
    }
  }

  /** {@code push#3} is the push's row 3. */
  private static int index(String place) {
    return Integer.parseInt(place.substring(place.indexOf('#') + 1));
  }
}
