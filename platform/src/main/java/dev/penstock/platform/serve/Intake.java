package dev.penstock.platform.serve;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import java.util.List;

/** Takes rows of one source. */
public interface Intake {
  /** The columns a row may have, as declared. */
  Schema schema();

  /** Whether a column that is not declared is passed over, or makes its row malformed. */
  boolean ignoresExtraColumns();

  /**
   * Accepts, refuses and logs rows; when it returns they are durable and every later read sees
   * them.
   */
  Receipt push(Push push);

  /**
   * The rows of one request.
   *
   * @param rows the well-formed ones: the columns of {@link #schema}, and after them {@link
   *     dev.penstock.data.SystemColumns#ID} and {@link dev.penstock.data.SystemColumns#SEEN_TIME}
   *     where the request has them
   * @param indexes for each of these rows its place in the request
   * @param malformed the rows that did not fit the schema, for quarantine
   */
  record Push(Batch rows, int[] indexes, List<Malformed> malformed) {
    public Push {
      malformed = List.copyOf(malformed);
      if (indexes.length != rows.rows()) {
        throw new IllegalArgumentException(indexes.length + " places for " + rows);
      }
    }
  }

  /** A row no batch can hold, as it was sent. */
  record Malformed(int index, String text, ErrorCode code, String message) {}

  /** A row in quarantine. */
  record Quarantined(int index, ErrorCode code, String message) {}

  /**
   * @param duplicates rows whose id had been accepted before, with the same content
   * @param position how far the source's log reaches now
   */
  record Receipt(int accepted, int duplicates, List<Quarantined> quarantined, Positions position) {
    public Receipt {
      quarantined = List.copyOf(quarantined);
    }
  }
}
