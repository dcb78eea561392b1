package dev.penstock.platform.command;

import dev.penstock.data.Batch;
import dev.penstock.data.SystemColumns;
import dev.penstock.source.ChangeFeed;
import org.jspecify.annotations.Nullable;

/**
 * Raw rows of one source with the moments at which a stream would have brought them. The batch has
 * the source's declared columns, {@link SystemColumns#ID} and {@link SystemColumns#SEEN_TIME}; its
 * rows are in order of seen time.
 *
 * @param unread what the files hold that is no row
 * @param changes how rows take others back; null where they stay
 */
public record ReplayRows(String source, Batch rows, Unread unread, @Nullable ChangeFeed changes) {
  /** Rows that stay. */
  public ReplayRows(String source, Batch rows, Unread unread) {
    this(source, rows, unread, null);
  }

  /**
   * Records of text files that cannot be read: no stream could have brought them.
   *
   * @param first where the first is and what is wrong with it; empty when there is none
   */
  public record Unread(long rows, String first) {
    public static final Unread NONE = new Unread(0, "");

    /** One more, at {@code place}. */
    public Unread and(String place) {
      return new Unread(rows + 1, rows == 0 ? place : first);
    }
  }
}
