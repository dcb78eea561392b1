package dev.penstock.platform.ingest;

import dev.penstock.data.Batch;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.format.BadRow;
import dev.penstock.format.BatchReader;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.Input;
import dev.penstock.source.Acceptance;
import dev.penstock.source.Arrival;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.Decision;
import dev.penstock.source.IdIndex;
import dev.penstock.source.LiveRows;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.Quarantined;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows of a file that a source accepts; what it refuses is collected on the way. */
public final class AcceptingReader implements BatchReader {
  private static final int PARTITION = 0;

  private final SourceSpec source;
  private final Acceptance acceptance;
  private final Arrival arrival;
  private final IdIndex ids;
  private final LiveRows live;
  private final String file;
  private final FileBatchReader raw;
  private final long wallClock;
  private final Consumer<Batch> accepted;
  private final List<Quarantined> quarantined = new ArrayList<>();
  private Positions next;
  private long read;
  private long duplicates;

  /**
   * The rows of one file.
   *
   * @param next the source's positions before this file
   * @param live which rows are there before this file, of a source whose rows change
   * @param accepted is shown all rows that come in; retractions are none
   */
  public AcceptingReader(
      SourceSpec source,
      Input file,
      long wallClock,
      Positions next,
      IdIndex ids,
      LiveRows live,
      Consumer<Batch> accepted) {
    this.source = source;
    this.acceptance = new Acceptance(source);
    this.arrival = new Arrival.AsHistory(wallClock);
    this.ids = ids;
    this.live = live;
    this.file = file.name();
    this.wallClock = wallClock;
    this.next = next;
    this.accepted = accepted;
    this.raw = file.read(source.columns(), extraColumns(source), this::unreadable);
  }

  /** What the source says of columns it does not declare, as a reader of files wants it. */
  public static ExtraColumns extraColumns(SourceSpec source) {
    return switch (source.extraColumns()) {
      case REFUSE -> ExtraColumns.REFUSE;
      case IGNORE -> ExtraColumns.IGNORE;
    };
  }

  @Override
  public Schema schema() {
    return source.acceptedSchema();
  }

  @Override
  public @Nullable Batch next() {
    for (Batch rows = raw.next(); rows != null; rows = raw.next()) {
      read += rows.rows();
      Decision decision =
          acceptance.decide(
              RawRows.ofFile(rows, file, raw::rowNumber), arrival, PARTITION, next, ids, live);
      next = decision.next();
      duplicates += decision.duplicates().size();
      quarantined.addAll(decision.quarantined());
      if (decision.accepted().rows() > 0) {
        accepted.accept(ChangeFeed.rowsPut(decision.accepted()));
        return decision.accepted();
      }
    }
    return null;
  }

  /** The source's positions after what was read so far. */
  Positions positions() {
    return next;
  }

  List<Quarantined> quarantined() {
    return quarantined;
  }

  long duplicates() {
    return duplicates;
  }

  /** How many of the file's rows were accepted so far. */
  long taken() {
    return read - duplicates - quarantined.size();
  }

  long rowsRead() {
    return read;
  }

  private void unreadable(BadRow bad) {
    read++;
    quarantined.add(unreadable(source, file, bad, wallClock));
  }

  /** A row that could not be read, for quarantine. */
  public static Quarantined unreadable(SourceSpec source, String file, BadRow bad, long wallClock) {
    return new Quarantined(
        source.name(),
        QuarantineReason.UNREADABLE_ROW,
        "",
        bad.reason(),
        file + "#" + bad.row(),
        null,
        bad.text(),
        wallClock);
  }

  @Override
  public void close() {
    raw.close();
  }
}
