package dev.penstock.online;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.EntityKey;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.SideBySide;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.OnDemandRead;
import dev.penstock.feature.ServiceView;
import dev.penstock.feature.ViewReading;
import dev.penstock.feature.ViewState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers a service for the rows of a request from one reading of a store: stored features by key,
 * then those on demand. Thread-safe.
 */
public final class FeatureReader {
  /** Stands for a null key; it is looked up where there is nothing. */
  private static final EntityKey NO_KEY = EntityKey.of("");

  /** With so many rows, views are read side by side; with fewer that costs more than it saves. */
  private static final int ROWS_TO_SHARE = 4;

  private final FeatureService service;
  private final Fingerprint fingerprint;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, Fingerprint> views = new HashMap<>();

  /** A view of the service, ready to be read. */
  private record Part(ServiceView asked, LiveView live, ViewState state, List<Field> columns) {}

  /**
   * A reader of a service.
   *
   * @param fingerprint the service's
   * @param live the views as they are kept up to date, by their names
   */
  public FeatureReader(FeatureService service, Fingerprint fingerprint, List<LiveView> live) {
    this.service = service;
    this.fingerprint = fingerprint;
    Map<String, LiveView> byName = new HashMap<>();
    live.forEach(view -> byName.put(view.view().name(), view));
    for (ServiceView asked : service.views()) {
      LiveView view = byName.get(asked.view().name());
      if (view == null) {
        throw new PenstockException(
            ErrorCode.NOT_APPLIED,
            "view '" + asked.view().name() + "' of service '" + service.name() + "' is not served",
            Suggestion.among(asked.view().name(), byName.keySet()));
      }
      List<Field> columns =
          asked.view().features().stream()
              .map(feature -> Field.of(asked.column(feature), feature.type()))
              .toList();
      parts.add(new Part(asked, view, new ViewState(view.view()), columns));
      views.put(asked.view().name(), view.fingerprint());
    }
  }

  public FeatureService service() {
    return service;
  }

  /**
   * Answers every row of the request at the reading's moment.
   *
   * @param request has the key columns of all views and the request fields of views on demand; more
   *     columns are ignored; a null key has no rows
   * @throws PenstockException {@code COLUMN_NOT_FOUND} or {@code TYPE_MISMATCH} if the request does
   *     not fit the service
   */
  public ServedFeatures read(Batch request, Reading reading) {
    Map<String, Positions> positions = new HashMap<>();
    for (Part part : parts) {
      positions.put(part.live().source(), reading.positions(part.live()));
    }
    List<FeatureColumn> stored = stored(request, reading);
    long[] times = new long[request.rows()];
    Arrays.fill(times, reading.q());
    List<FeatureColumn> all = OnDemandRead.append(service, request, times, stored);
    return new ServedFeatures(fingerprint, views, all, reading.q(), reading.clockMode(), positions);
  }

  private List<FeatureColumn> stored(Batch request, Reading reading) {
    List<List<FeatureColumn>> answers =
        new ArrayList<>(Collections.nCopies(parts.size(), List.of()));
    List<Runnable> reads = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      int part = i;
      reads.add(() -> answers.set(part, read(parts.get(part), request, reading)));
    }
    if (request.rows() < ROWS_TO_SHARE) {
      reads.forEach(Runnable::run);
    } else {
      SideBySide.run(reads);
    }
    return answers.stream().flatMap(List::stream).toList();
  }

  private static List<FeatureColumn> read(Part part, Batch request, Reading reading) {
    int rows = request.rows();
    List<Column> keys = keys(part.asked(), request);
    List<Field> answered = part.columns();
    ColumnBuilder[] values = new ColumnBuilder[answered.size()];
    byte[][] statuses = new byte[answered.size()][rows];
    for (int f = 0; f < values.length; f++) {
      values[f] = ColumnBuilder.of(answered.get(f).type(), rows);
    }
    ViewReading state = part.state().at(reading.q(), reading.state(part.live()));
    for (int row = 0; row < rows; row++) {
      EntityKey key = EntityKey.of(keys, row);
      List<FeatureValue> answers =
          key == null
              ? part.state().at(reading.q(), NothingStored.INSTANCE).read(NO_KEY)
              : state.read(key);
      for (int f = 0; f < values.length; f++) {
        values[f].append(answers.get(f).value());
        statuses[f][row] = answers.get(f).status().code();
      }
    }
    List<FeatureColumn> columns = new ArrayList<>(values.length);
    for (int f = 0; f < values.length; f++) {
      columns.add(new FeatureColumn(answered.get(f).name(), values[f].build(), statuses[f]));
    }
    return columns;
  }

  private static List<Column> keys(ServiceView asked, Batch request) {
    List<Column> keys = new ArrayList<>();
    for (int k = 0; k < asked.requestColumns().size(); k++) {
      Column column = request.column(asked.requestColumns().get(k));
      Field key = asked.view().entity().keys().get(k);
      if (!sameKeys(column.type(), key.type())) {
        throw new PenstockException(
            ErrorCode.TYPE_MISMATCH,
            "request column '"
                + asked.requestColumns().get(k)
                + "' is "
                + column.type()
                + ", key "
                + key,
            "send it as " + key.type());
      }
      keys.add(column);
    }
    return keys;
  }

  private static boolean sameKeys(Type given, Type key) {
    return given.equals(key) || (isInteger(given) && isInteger(key));
  }

  private static boolean isInteger(Type type) {
    return type == Scalar.INT32 || type == Scalar.INT64;
  }
}
