package dev.penstock.platform.ingest;

import dev.penstock.quality.CheckResult;
import java.util.List;

/**
 * What became of one file.
 *
 * @param read rows in the file, unreadable ones included
 * @param checks the verdicts of the source's checks on the accepted rows
 * @param published whether the rows count now; false when a check or its name held the file back
 * @param nameTaken whether every row was refused because a row of another file of this name has its
 *     made id
 * @param repeated whether this content had been taken in before: nothing was done
 */
public record FileResult(
    String source,
    String file,
    long read,
    long accepted,
    long quarantined,
    long duplicates,
    List<CheckResult> checks,
    boolean published,
    boolean nameTaken,
    boolean repeated) {
  public FileResult {
    checks = List.copyOf(checks);
  }

  /** Of a file whose name is not known to be taken. */
  public FileResult(
      String source,
      String file,
      long read,
      long accepted,
      long quarantined,
      long duplicates,
      List<CheckResult> checks,
      boolean published,
      boolean repeated) {
    this(source, file, read, accepted, quarantined, duplicates, checks, published, false, repeated);
  }
}
