package dev.penstock.format;

import dev.penstock.data.Fingerprint;
import dev.penstock.data.Schema;
import java.util.function.Consumer;

/** Rows that somebody hands in: a file, or a data file of a table of another format. */
public interface Input {
  /** What row ids begin with. */
  String name();

  /** Names the rows: what was taken in under it is not taken in again. */
  Fingerprint fingerprint();

  /** The columns that can be read. */
  Schema schema();

  /**
   * Reads the columns that are expected, by name, as the types expected; see {@link
   * InputFile#read}.
   */
  FileBatchReader read(Schema expected, ExtraColumns extra, Consumer<BadRow> badRows);
}
