package dev.penstock.lake;

import dev.penstock.data.PenstockException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What maintenance did with a table, or would do.
 *
 * @param filesBefore data files of the published rows
 * @param filesAfter the same afterwards; planned, an estimate
 * @param filesDeleted files of any kind
 * @param snapshotsExpired how many snapshots were forgotten
 * @param orphans how many of the deleted files nothing had referred to
 * @param kept what keeps snapshots that are old enough to go
 * @param problem what stopped it half-way; null when nothing did
 */
public record Maintained(
    String table,
    long filesBefore,
    long filesAfter,
    long filesDeleted,
    long bytesFreed,
    int snapshotsExpired,
    long orphans,
    List<String> kept,
    @Nullable PenstockException problem) {
  public Maintained {
    kept = List.copyOf(kept);
  }

  /** Of a table at which maintenance was stopped. */
  static Maintained stopped(String table, PenstockException problem) {
    return new Maintained(table, 0, 0, 0, 0, 0, 0, List.of(), problem);
  }
}
