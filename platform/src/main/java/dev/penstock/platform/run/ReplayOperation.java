package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.BadRow;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.InputFile;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Operations.SourceFiles;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.command.ReplayRows.Unread;
import dev.penstock.platform.ingest.AcceptingReader;
import dev.penstock.source.Acceptance;
import dev.penstock.source.Arrival;
import dev.penstock.source.ChangeFeed;
import dev.penstock.source.Decision;
import dev.penstock.source.LiveRows;
import dev.penstock.source.MemoryIdIndex;
import dev.penstock.source.MemoryLiveRows;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The rows of files as a stream would have brought them: the raw columns, the id a file's row has,
 * and the moment at which it became known, by the source's own expressions.
 */
final class ReplayOperation {
  /** The moment of a row that acceptance refused. */
  private static final long UNKNOWN = Long.MIN_VALUE;

  private final OpenProject project;

  ReplayOperation(OpenProject project) {
    this.project = project;
  }

  List<ReplayRows> rows(List<SourceFiles> sources, Progress progress) {
    List<Stream> streams =
        sources.stream().map(source -> new Stream(spec(source.source()), source)).toList();
    // They have nothing to do with each other: as many are read at once as there are cores.
    return streams.parallelStream().map(stream -> rows(stream, progress)).toList();
  }

  /** A source that takes rows, and the files to read them from. */
  private record Stream(SourceSpec spec, SourceFiles files) {}

  private SourceSpec spec(String source) {
    SourceSpec spec = project.compiled().source(source).spec();
    if (spec == null) {
      throw new PenstockException(
          ErrorCode.USAGE, "'" + source + "' is a dimension", "it has no stream");
    }
    return spec;
  }

  private static ReplayRows rows(Stream stream, Progress progress) {
    SourceSpec spec = stream.spec();
    SourceFiles source = stream.files();
    List<Chunk> chunks = new ArrayList<>();
    MemoryLiveRows live = new MemoryLiveRows();
    Unread[] unread = {Unread.NONE};
    for (Path file : source.files()) {
      progress.stage("reading " + file.getFileName() + " for " + source.source());
      List<Chunk> read =
          read(
              spec,
              InputFile.at(file),
              live,
              bad ->
                  unread[0] =
                      unread[0].and(file.getFileName() + ":" + bad.line() + " " + bad.reason()));
      fillIn(read);
      chunks.addAll(read);
    }
    // A file of refused rows alone goes by the files beside it.
    fillIn(chunks);
    if (!chunks.isEmpty() && chunks.get(0).moments()[0] == UNKNOWN) {
      throw new PenstockException(
          ErrorCode.FILE_FORMAT,
          "no row of the files of '" + source.source() + "' is one that it accepts",
          "so nothing says when they became known; penstock ingest says what is wrong with them");
    }
    Schema schema = sent(spec.columns());
    return new ReplayRows(
        source.source(),
        inOrder(Batch.concat(schema, chunks.stream().map(Chunk::sent).toList())),
        unread[0],
        spec.changes());
  }

  /** Rows of a file, with their ids and the moments they became known. */
  @SuppressWarnings("ArrayRecordComponent") // Moments that are not known are filled in later.
  private record Chunk(Batch rows, Object[] ids, long[] moments) {
    Batch sent() {
      List<Column> columns = new ArrayList<>(rows.columns());
      columns.add(new ObjectColumn(Scalar.STRING, ids));
      columns.add(new LongColumn(Scalar.TIMESTAMP, moments, null));
      return new Batch(ReplayOperation.sent(rows.schema()), columns);
    }
  }

  private static Schema sent(Schema columns) {
    List<Field> fields = new ArrayList<>(columns.fields());
    fields.add(Field.required(SystemColumns.ID, Scalar.STRING));
    fields.add(Field.required(SystemColumns.SEEN_TIME, Scalar.TIMESTAMP));
    return new Schema(fields);
  }

  /**
   * What acceptance as history makes of the rows tells when each became known; sent are the raw
   * columns, the id and that moment. A row that history refuses is sent too, to be refused again.
   */
  private static List<Chunk> read(
      SourceSpec spec, InputFile file, LiveRows live, Consumer<BadRow> badRows) {
    Acceptance acceptance = new Acceptance(spec);
    MemoryIdIndex ids = new MemoryIdIndex();
    List<Chunk> chunks = new ArrayList<>();
    try (FileBatchReader rows =
        file.read(spec.columns(), AcceptingReader.extraColumns(spec), badRows)) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        if (batch.rows() > 0) {
          RawRows raw = RawRows.ofFile(batch, file.name(), rows::rowNumber);
          Decision decision =
              acceptance.decide(
                  raw, new Arrival.AsHistory(Long.MAX_VALUE / 2), 0, Positions.NONE, ids, live);
          chunks.add(chunk(spec, raw, decision));
        }
      }
    }
    return chunks;
  }

  private static Chunk chunk(SourceSpec spec, RawRows raw, Decision decision) {
    Batch batch = raw.rows();
    Set<String> refused = new HashSet<>();
    decision.quarantined().forEach(row -> refused.add(row.place()));
    decision.duplicates().forEach(row -> refused.add(raw.origin().place(row.row())));
    long[] seen = ((LongColumn) decision.accepted().column(SystemColumns.SEEN_TIME)).values();
    ChangeFeed feed = spec.changes();
    boolean[] deletions = feed == null ? new boolean[batch.rows()] : feed.deletions(batch);
    // A row that takes another's place has the retraction of that one before it.
    Column retracts =
        feed == null ? null : decision.accepted().column(SystemColumns.RETRACTS_OFFSET);
    long[] moments = new long[batch.rows()];
    Object[] ids = new Object[batch.rows()];
    int next = 0;
    for (int row = 0; row < moments.length; row++) {
      String place = raw.origin().place(row);
      ids[row] = place;
      if (refused.contains(place)) {
        moments[row] = UNKNOWN;
      } else {
        moments[row] = seen[next];
        boolean pair = !deletions[row] && retracts != null && !retracts.isNull(next);
        next += pair ? 2 : 1;
      }
    }
    return new Chunk(batch, ids, moments);
  }

  /**
   * Gives a refused row the moment of the accepted row before it; those before the first accepted
   * one, its moment. Where none is accepted, nothing changes.
   */
  private static void fillIn(List<Chunk> chunks) {
    long before =
        chunks.stream()
            .flatMapToLong(chunk -> Arrays.stream(chunk.moments()))
            .filter(moment -> moment != UNKNOWN)
            .findFirst()
            .orElse(UNKNOWN);
    for (Chunk chunk : chunks) {
      long[] moments = chunk.moments();
      for (int row = 0; row < moments.length; row++) {
        if (moments[row] == UNKNOWN) {
          moments[row] = before;
        }
        before = moments[row];
      }
    }
  }

  private static Batch inOrder(Batch rows) {
    long[] seen = ((LongColumn) rows.column(SystemColumns.SEEN_TIME)).values();
    Integer[] order = new Integer[rows.rows()];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingLong(row -> seen[row]));
    int[] sorted = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    Schema schema = rows.schema();
    return new Batch(schema, rows.gather(sorted).columns());
  }
}
