package dev.penstock.platform.ingest;

import dev.penstock.data.Batch;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.Schema;
import dev.penstock.format.BadRow;
import dev.penstock.format.BatchReader;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.Input;
import dev.penstock.platform.definition.RawFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is new in a folder of files, whose bytes are kept already. */
final class FolderInput implements Input {
  private static final int BATCH_ROWS = 1024;

  private final String name;
  private final Fingerprint fingerprint;
  private final List<FileRow> rows;
  private final List<BadRow> refused;

  /**
   * These files.
   *
   * @param folder by which a person knows them
   * @param before how often the source took files in: what was refused is judged anew each time
   */
  FolderInput(String folder, long before, List<FileRow> rows, List<BadRow> refused) {
    this.rows = List.copyOf(rows);
    this.refused = List.copyOf(refused);
    this.fingerprint = fingerprint(before);
    this.name = folder + "@" + fingerprint.shown();
  }

  private Fingerprint fingerprint(long before) {
    List<String> parts = new ArrayList<>();
    parts.add("files after " + before);
    for (FileRow row : rows) {
      parts.add(row.folder());
      parts.add(row.path());
      parts.add(row.content().sha256());
    }
    for (BadRow row : refused) {
      parts.add("refused " + row.text());
    }
    return Fingerprint.of(parts);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  @Override
  public Schema schema() {
    return RawFiles.COLUMNS;
  }

  @Override
  public FileBatchReader read(Schema expected, ExtraColumns extra, Consumer<BadRow> badRows) {
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += BATCH_ROWS) {
      batches.add(
          FileRow.batch(rows.subList(from, Math.min(from + BATCH_ROWS, rows.size())))
              .select(expected.names()));
    }
    return new Reader(BatchReader.of(expected, batches), badRows);
  }

  /** First those that were refused, then the rows; both are numbered together. */
  private final class Reader implements FileBatchReader {
    private final BatchReader batches;
    private final Consumer<BadRow> badRows;
    private long next = -1;
    private long last;

    Reader(BatchReader batches, Consumer<BadRow> badRows) {
      this.batches = batches;
      this.badRows = badRows;
    }

    @Override
    public Schema schema() {
      return batches.schema();
    }

    @Override
    public @Nullable Batch next() {
      if (next < 0) {
        refused.forEach(badRows);
        next = refused.size() + 1L;
      }
      Batch batch = batches.next();
      last = next;
      next += batch == null ? 0 : batch.rows();
      return batch;
    }

    @Override
    public long rowNumber(int row) {
      return last + row;
    }

    @Override
    public void close() {
      batches.close();
    }
  }
}
