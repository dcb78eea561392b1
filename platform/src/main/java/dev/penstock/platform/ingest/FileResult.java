package dev.penstock.platform.ingest;

import dev.penstock.quality.CheckResult;
import java.util.List;

/**
 * What became of one file.
 *
 * @param read rows in the file, unreadable ones included
 * @param checks the verdicts of the source's checks on the accepted rows
 * @param published whether the rows count now; false when a check held the file back
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
    boolean repeated) {
  public FileResult {
    checks = List.copyOf(checks);
  }
}
