package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.format.FileBatchReader;
import dev.penstock.format.InputFile;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Operations.SourceFiles;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.ingest.AcceptingReader;
import dev.penstock.source.Acceptance;
import dev.penstock.source.Arrival;
import dev.penstock.source.Decision;
import dev.penstock.source.MemoryIdIndex;
import dev.penstock.source.RawRows;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rows of files as a stream would have brought them: the raw columns, the id a file's row has,
 * and the moment at which it became known, by the source's own expressions.
 */
final class ReplayOperation {
  private final OpenProject project;

  ReplayOperation(OpenProject project) {
    this.project = project;
  }

  List<ReplayRows> rows(List<SourceFiles> sources, Progress progress) {
    List<ReplayRows> all = new ArrayList<>();
    for (SourceFiles source : sources) {
      SourceSpec spec = project.compiled().source(source.source()).spec();
      if (spec == null) {
        throw new PenstockException(
            ErrorCode.USAGE, "'" + source.source() + "' is a dimension", "it has no stream");
      }
      List<Batch> batches = new ArrayList<>();
      for (Path file : source.files()) {
        progress.stage("reading " + file.getFileName() + " for " + source.source());
        batches.addAll(read(spec, InputFile.at(file)));
      }
      if (!batches.isEmpty()) {
        all.add(
            new ReplayRows(
                source.source(), inOrder(Batch.concat(batches.get(0).schema(), batches))));
      }
    }
    return all;
  }

  /**
   * What acceptance as history makes of the rows tells when each became known; sent are the raw
   * columns, the id and that moment. A row that history refuses is sent too, at the moment of the
   * row before it, to be refused again.
   */
  private static List<Batch> read(SourceSpec spec, InputFile file) {
    Acceptance acceptance = new Acceptance(spec);
    MemoryIdIndex ids = new MemoryIdIndex();
    List<Batch> batches = new ArrayList<>();
    long[] before = {Long.MIN_VALUE};
    try (FileBatchReader rows =
        file.read(spec.columns(), AcceptingReader.extraColumns(spec), bad -> {})) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        RawRows raw = RawRows.ofFile(batch, file.name(), rows::rowNumber);
        Decision decision =
            acceptance.decide(
                raw, new Arrival.AsHistory(Long.MAX_VALUE / 2), 0, Positions.NONE, ids);
        batches.add(sent(batch, raw, decision, before));
      }
    }
    return batches;
  }

  private static Batch sent(Batch batch, RawRows raw, Decision decision, long[] before) {
    Set<String> refused = new HashSet<>();
    decision.quarantined().forEach(row -> refused.add(row.place()));
    decision.duplicates().forEach(row -> refused.add(raw.origin().place(row.row())));
    long[] seen = ((LongColumn) decision.accepted().column(SystemColumns.SEEN_TIME)).values();
    long[] moments = new long[batch.rows()];
    Object[] ids = new Object[batch.rows()];
    int next = 0;
    for (int row = 0; row < moments.length; row++) {
      String place = raw.origin().place(row);
      ids[row] = place;
      if (!refused.contains(place)) {
        before[0] = seen[next++];
      }
      moments[row] = before[0];
    }
    return batch.with(
        List.of(
            Field.required(SystemColumns.ID, Scalar.STRING),
            Field.required(SystemColumns.SEEN_TIME, Scalar.TIMESTAMP)),
        List.of(
            new ObjectColumn(Scalar.STRING, ids), new LongColumn(Scalar.TIMESTAMP, moments, null)));
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
