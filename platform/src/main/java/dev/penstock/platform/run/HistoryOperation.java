package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.ServiceView;
import dev.penstock.format.BatchReader;
import dev.penstock.format.ExtraColumns;
import dev.penstock.format.InputFile;
import dev.penstock.format.ParquetWriter;
import dev.penstock.lake.Ref;
import dev.penstock.offline.PointInTime;
import dev.penstock.offline.PointInTime.Visible;
import dev.penstock.offline.ViewInput;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.History;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.feedback.PredictionTable;
import dev.penstock.platform.live.LiveServing;
import dev.penstock.platform.live.Selection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code penstock features get --spine}: a spine's rows with their features, as of each row. */
final class HistoryOperation {
  private final OpenProject project;

  HistoryOperation(OpenProject project) {
    this.project = project;
  }

  Answer run(History request, Progress progress) {
    progress.stage("reading " + request.spine().getFileName());
    Batch spine = read(request.spine());
    Selection selection = LiveServing.selection(project, request.features());
    progress.stage("features of " + selection.service().name());
    Batch result =
        withFeatures(
            spine,
            selection,
            request.at(),
            request.keys(),
            request.visibility() == History.Visible.AS_SEEN ? Visible.AS_SEEN : Visible.AS_HAPPENED,
            request.asOf());
    progress.stage("writing " + request.out().getFileName());
    write(result, request.out());
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder table =
        answer
            .table("features")
            .heading("feature")
            .heading("type")
            .heading("rows")
            .heading("missing", Answer.Format.SHARE);
    for (String name : selection.columns()) {
      Column column = result.column(name);
      long missing = 0;
      for (int row = 0; row < column.size(); row++) {
        missing += column.isNull(row) ? 1 : 0;
      }
      table.row(
          name,
          column.type().toString(),
          column.size(),
          column.size() == 0 ? null : (double) missing / column.size());
    }
    table.end();
    return answer.note("wrote " + result.rows() + " rows to " + request.out()).build();
  }

  /**
   * The spine's columns as they are, then those selected.
   *
   * @param asOf the state of the tables; null for now
   */
  Batch withFeatures(
      Batch spine,
      Selection selection,
      String at,
      List<Assignment> keys,
      Visible visible,
      @Nullable String asOf) {
    long[] times = times(spine, at);
    List<FeatureColumn> features =
        PointInTime.of(selection.service(), inputs(selection, asOf))
            .seen(visible)
            .read(request(spine, selection, keys), times);
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (String name : selection.columns()) {
      FeatureColumn column =
          features.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
      fields.add(Field.of(name, column.values().type()));
      columns.add(column.values());
    }
    return spine.with(fields, columns);
  }

  /** Where the views have their rows; a dimension is part of the definitions and stays pinned. */
  private Map<String, ViewInput> inputs(Selection selection, @Nullable String asOf) {
    Map<String, ViewInput> inputs =
        new HashMap<>(
            project.inputs(
                selection.service().views().stream()
                    .map(view -> project.compiled().view(view.view().name()))
                    .toList()));
    if (asOf != null) {
      PastStates states = new PastStates(project);
      inputs.replaceAll(
          (view, input) ->
              input.ref() instanceof Ref.Current
                  ? input.at(states.fixed(input.table(), asOf))
                  : input);
    }
    return inputs;
  }

  /** The columns the service asks for, under its names. */
  private static Batch request(Batch spine, Selection selection, List<Assignment> keys) {
    Map<String, String> columnOf = new HashMap<>();
    keys.forEach(key -> columnOf.put(key.name(), key.value()));
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (Field field : PredictionTable.requestFields(selection.service())) {
      String name = columnOf.getOrDefault(field.name(), field.name());
      if (!spine.schema().contains(name)) {
        String used =
            selection.service().views().stream()
                .filter(view -> view.requestColumns().contains(field.name()))
                .map(ServiceView::prefix)
                .findFirst()
                .orElse(selection.service().name());
        throw new PenstockException(
            ErrorCode.COLUMN_NOT_FOUND,
            "the spine has no column '" + name + "', which " + used + " asks for",
            "add --key "
                + field.name()
                + "=COLUMN; "
                + Suggestion.among(name, spine.schema().names()));
      }
      Column column = spine.column(name);
      fields.add(Field.of(field.name(), column.type()));
      columns.add(column);
    }
    return new Batch(new Schema(fields), columns);
  }

  private static long[] times(Batch spine, String at) {
    Column column = spine.column(at);
    boolean moment = column.type() == Scalar.TIMESTAMP || column.type() == Scalar.LOCAL_TIMESTAMP;
    if (!(column instanceof LongColumn times) || !moment) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "column '" + at + "' is " + column.type() + ", not a moment",
          "--at names a timestamp column; one without zone is read as UTC");
    }
    for (int row = 0; row < times.size(); row++) {
      if (times.isNull(row)) {
        throw new PenstockException(
            ErrorCode.TYPE_MISMATCH,
            "row " + (row + 1) + " of the spine has no moment in '" + at + "'",
            "leave such rows out");
      }
    }
    return times.values();
  }

  private static Batch read(Path path) {
    InputFile file = InputFile.at(path);
    Schema schema = file.schema();
    List<Batch> batches = new ArrayList<>();
    try (BatchReader rows =
        file.read(
            schema,
            ExtraColumns.REFUSE,
            bad -> {
              throw new PenstockException(
                  ErrorCode.FILE_CORRUPT,
                  path.getFileName() + " line " + bad.line() + ": " + bad.reason(),
                  "a spine is taken whole: mend the line");
            })) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        batches.add(batch);
      }
    }
    return batches.isEmpty() ? Batch.empty(schema) : Batch.concat(schema, batches);
  }

  private static void write(Batch rows, Path out) {
    Path writing = out.resolveSibling(out.getFileName() + ".writing");
    try {
      Files.deleteIfExists(writing);
      try (ParquetWriter writer = ParquetWriter.create(writing, rows.schema())) {
        writer.write(rows);
        writer.finish();
      }
      Files.move(writing, out, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a status looks like to a person. */
  static String shown(FeatureStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
