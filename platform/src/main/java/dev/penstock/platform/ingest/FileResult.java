package dev.penstock.platform.ingest;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.quality.CheckResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** Of a file whose name is not taken. */
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

  /** Of a file that was taken in before. */
  public static FileResult repeated(IngestedFile file) {
    return new FileResult(
        file.source(),
        file.fileName(),
        0,
        file.accepted(),
        file.quarantined(),
        file.duplicates(),
        List.of(),
        true,
        true);
  }

  /**
   * What the registry keeps of it.
   *
   * @param snapshot that holds the rows; null while they are in the log only
   */
  public IngestedFile record(Fingerprint content, @Nullable Long snapshot, long atMicros) {
    return new IngestedFile(
        source, content, file, true, snapshot, accepted, quarantined, duplicates, atMicros);
  }
}
