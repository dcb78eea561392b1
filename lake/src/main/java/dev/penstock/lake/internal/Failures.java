package dev.penstock.lake.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;

/** What Iceberg throws, as errors a person can act on. */
public final class Failures {
  private Failures() {}

  /** Runs a commit. */
  public static <T> T committing(String table, Supplier<T> commit) {
    try {
      return commit.get();
    } catch (CommitStateUnknownException e) {
      throw new PenstockException(
          ErrorCode.UNKNOWN_STATE,
          null,
          "it cannot be told whether the commit to '" + table + "' happened",
          "run the same command again: a batch that is there is not added twice",
          e);
    } catch (CommitFailedException | ValidationException e) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY,
          null,
          "others committed to '" + table + "' first: " + e.getMessage(),
          "run the same command again",
          e);
    }
  }

  public static void committing(String table, Runnable commit) {
    committing(
        table,
        () -> {
          commit.run();
          return true;
        });
  }
}
