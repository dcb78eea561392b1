package dev.penstock.lake.internal;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;

/** What Iceberg throws, as errors a person can act on. */
public final class Failures {
  /** SQL states of a connection that fails, and of a server that ends it; not of making one. */
  private static final Set<String> LOST =
      Set.of("08000", "08003", "08006", "08007", "57P01", "57P02");

  private Failures() {}

  /** Runs a commit. */
  public static <T> T committing(String table, Supplier<T> commit) {
    try {
      return commit.get();
    } catch (CommitStateUnknownException e) {
      throw unknown(table, "", e);
    } catch (PenstockException e) {
      throw e.getCause() instanceof SQLException sql && isLost(sql)
          ? unknown(table, ": " + e.what(), e)
          : e;
    } catch (CommitFailedException | ValidationException e) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY,
          null,
          "others committed to '" + table + "' first: " + e.getMessage(),
          "run the same command again",
          e);
    }
  }

  private static PenstockException unknown(String table, String why, RuntimeException cause) {
    return new PenstockException(
        ErrorCode.UNKNOWN_STATE,
        null,
        "it cannot be told whether the commit to '" + table + "' happened" + why,
        "run the same command again: a batch that is there is not added twice",
        cause);
  }

  /** Whether a database went away while it was asked, so that it may have done what it was. */
  public static boolean isLost(SQLException failure) {
    return failure.getSQLState() != null && LOST.contains(failure.getSQLState());
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
