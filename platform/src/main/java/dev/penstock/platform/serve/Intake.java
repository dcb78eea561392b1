package dev.penstock.platform.serve;

import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.source.ExtraColumns;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes rows of one source. */
public interface Intake {
  /** The columns a row may have, as declared. */
  Schema schema();

  ExtraColumns extraColumns();

  /** How far the source has come. */
  Standing standing();

  /**
   * Judges rows and logs them; when it returns, the accepted ones are durable and every later read
   * sees them. Values that do not fit their column are in {@link RawRows#unreadable}.
   */
  Receipt push(RawRows rows);

  /**
   * Where a source stands.
   *
   * @param position how far the source's log reaches
   * @param seenTime when its newest row became known, in microseconds; null while it has none
   */
  record Standing(Positions position, @Nullable Long seenTime) {}

  /**
   * A row that was not accepted.
   *
   * @param index its place in the request
   */
  record Refused(int index, QuarantineReason reason, String message) {}

  /**
   * What became of rows.
   *
   * @param duplicates rows whose id had been accepted before, with the same content
   * @param position how far the source's log reaches now
   */
  record Receipt(int accepted, int duplicates, List<Refused> quarantined, Positions position) {
    public Receipt {
      quarantined = List.copyOf(quarantined);
    }
  }
}
