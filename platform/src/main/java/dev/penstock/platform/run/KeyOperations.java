package dev.penstock.platform.run;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.data.SystemColumns;
import dev.penstock.data.Type;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureView;
import dev.penstock.offline.PointInTime;
import dev.penstock.offline.ViewInput;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Assignment;
import dev.penstock.platform.command.Operations.Lookup;
import dev.penstock.platform.compiled.CompiledView;
import dev.penstock.platform.feedback.PredictionTable;
import dev.penstock.platform.live.LiveServing;
import dev.penstock.platform.live.Selection;
import dev.penstock.platform.serve.FeatureReader;
import dev.penstock.platform.serve.Serving;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code penstock features get} for one entity: its values now, and the rows behind them. */
final class KeyOperations {
  private static final int SHOWN_ROWS = 50;

  private final OpenProject project;

  KeyOperations(OpenProject project) {
    this.project = project;
  }

  /** Asks the online store. */
  Answer online(Lookup request, Serving serving) {
    FeatureReader reader = serving.features(asked(request));
    Batch question = question(reader.inputs(), request.values());
    FeatureReader.FeatureAnswer answered = reader.read(question, request.at());
    Answer.Builder answer =
        Answer.builder().facts("read").fact("at", answered.q(), Answer.Format.TIME).end();
    features(answer, answered.columns());
    return answer.build();
  }

  /** Replays history for one entity, and lists the rows of its views. */
  Answer explain(Lookup request) {
    long at = request.at() == null ? project.now() : request.at();
    Selection selection = LiveServing.selection(project, asked(request));
    Schema inputs = new Schema(PredictionTable.requestFields(selection.service()));
    Batch question = question(inputs, request.values());
    List<CompiledView> views =
        selection.service().views().stream()
            .map(view -> project.compiled().view(view.view().name()))
            .toList();
    List<FeatureColumn> all =
        PointInTime.of(selection.service(), project.inputs(views)).read(question, new long[] {at});
    Answer.Builder answer =
        Answer.builder().facts("asked").fact("at", at, Answer.Format.TIME).end();
    features(
        answer,
        all.stream().filter(column -> selection.columns().contains(column.name())).toList());
    for (int i = 0; i < views.size(); i++) {
      List<Column> keys =
          selection.service().views().get(i).requestColumns().stream()
              .map(question::column)
              .toList();
      rows(answer, views.get(i), selection.service().views().get(i).prefix(), keys, at);
    }
    return answer.build();
  }

  private void rows(
      Answer.Builder answer, CompiledView view, String prefix, List<Column> keys, long at) {
    EntityKey key = EntityKey.of(keys, 0);
    FeatureView meaning = view.view();
    ViewInput input = project.input(view.input());
    List<String> columns = new ArrayList<>(meaning.columns());
    columns.add(SystemColumns.ID);
    List<String> shown = columns.stream().filter(name -> !SystemColumns.contains(name)).toList();
    long from =
        meaning.retention().equals(FeatureView.UNBOUNDED)
            ? Long.MIN_VALUE
            : at - meaning.retention().micros();
    List<Object[]> found = new ArrayList<>();
    for (Batch batch : input.rowsAt(meaning, at, columns)) {
      List<Column> keyColumns = meaning.keyColumns().stream().map(batch::column).toList();
      long[] events = ((LongColumn) batch.column(SystemColumns.EVENT_TIME)).values();
      long[] seen = ((LongColumn) batch.column(SystemColumns.SEEN_TIME)).values();
      for (int row = 0; row < batch.rows(); row++) {
        if (events[row] < at
            && events[row] >= from
            && key != null
            && key.equals(EntityKey.of(keyColumns, row))) {
          Object[] cells = new Object[shown.size() + 4];
          cells[0] = events[row];
          cells[1] = seen[row];
          cells[2] =
              batch.column(SystemColumns.PARTITION).value(row)
                  + ":"
                  + batch.column(SystemColumns.OFFSET).value(row);
          cells[3] = batch.column(SystemColumns.ID).value(row);
          for (int c = 0; c < shown.size(); c++) {
            cells[4 + c] = batch.column(shown.get(c)).value(row);
          }
          found.add(cells);
        }
      }
    }
    found.sort(Comparator.comparing((Object[] cells) -> (Long) cells[0]).reversed());
    Answer.TableBuilder table =
        answer
            .table("rows_of_" + prefix)
            .heading("event time", Answer.Format.TIME)
            .heading("seen time", Answer.Format.TIME)
            .heading("position")
            .heading("row");
    shown.forEach(table::heading);
    found.stream().limit(SHOWN_ROWS).forEach(cells -> table.row(cells));
    table.end();
    answer.note(
        prefix
            + ": "
            + found.size()
            + " visible rows within "
            + meaning.retention()
            + (found.size() > SHOWN_ROWS ? ", the newest " + SHOWN_ROWS + " shown" : ""));
  }

  private static void features(Answer.Builder answer, List<FeatureColumn> columns) {
    Answer.TableBuilder table =
        answer.table("features").heading("feature").heading("value").heading("status");
    for (FeatureColumn column : columns) {
      Object value = column.values().value(0);
      table.row(
          column.name(),
          value instanceof float[] vector ? Arrays.toString(vector) : value,
          column.status(0).name());
    }
    table.end();
  }

  /** What was asked for; by default every feature of every view that these keys can answer. */
  private FeatureSelection asked(Lookup request) {
    FeatureSelection features = request.features();
    if (features != null) {
      return features;
    }
    List<String> names = request.values().stream().map(Assignment::name).toList();
    List<String> references = new ArrayList<>();
    for (CompiledView view : project.compiled().views().values()) {
      List<String> keys = view.view().entity().keys().stream().map(Field::name).toList();
      if (names.containsAll(keys) && view.input().rootSource() != null) {
        view.view().features().forEach(f -> references.add(view.name() + ":" + f.name()));
      }
    }
    if (references.isEmpty()) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "no feature view is keyed by " + names,
          "add --key NAME=VALUE for each key, or say --service or --features");
    }
    return new FeatureSelection.References(references);
  }

  private static Batch question(Schema inputs, List<Assignment> values) {
    Map<String, String> given = new HashMap<>();
    values.forEach(value -> given.put(value.name(), value.value()));
    List<Column> columns = new ArrayList<>();
    for (Field field : inputs.fields()) {
      String text = given.get(field.name());
      if (text == null) {
        throw new PenstockException(
            ErrorCode.USAGE,
            "'" + field.name() + "' is not given",
            "add --key "
                + field.name()
                + "=VALUE; "
                + Suggestion.among(field.name(), inputs.names()));
      }
      ColumnBuilder builder = ColumnBuilder.of(field.type(), 1);
      builder.append(parsed(field, text));
      columns.add(builder.build());
    }
    return new Batch(inputs, columns);
  }

  private static @Nullable Object parsed(Field field, String text) {
    Type type = field.type();
    try {
      if (type == Scalar.STRING) {
        return text;
      } else if (type == Scalar.INT32 || type == Scalar.INT64) {
        return Long.valueOf(text);
      } else if (type == Scalar.FLOAT32 || type == Scalar.FLOAT64) {
        return Double.valueOf(text);
      } else if (type == Scalar.BOOLEAN) {
        return Boolean.valueOf(text);
      } else if (type == Scalar.LOCAL_TIMESTAMP || type == Scalar.TIMESTAMP) {
        String written = text.replace(' ', 'T').replace("Z", "");
        return ChronoUnit.MICROS.between(
            Instant.EPOCH, LocalDateTime.parse(written).toInstant(ZoneOffset.UTC));
      }
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          null,
          "'" + text + "' is no " + type + " for '" + field.name() + "'",
          "a moment is written 2001-06-01T12:00:00",
          e);
    }
    throw new PenstockException(
        ErrorCode.UNSUPPORTED, "'" + field.name() + "' is " + type, "ask through the API");
  }
}
