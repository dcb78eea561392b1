package dev.penstock.platform.feedback;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.DoubleColumn;
import dev.penstock.data.Field;
import dev.penstock.data.IntColumn;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Positions;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureService;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.OnDemandView;
import dev.penstock.feature.ServiceView;
import dev.penstock.offline.LoggedAnswers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The prediction log of one model as a table: a row for each prediction with what was asked, what
 * was seen (features, statuses, positions) and what was said.
 */
public final class PredictionTable {
  public static final String ID = "prediction_id";

  /** The id of the row that was predicted, where the caller gave it: joins the outcome. */
  public static final String ROW_ID = "row_id";

  public static final String VERSION = "model_version";

  /** Fingerprint of the service that answered. */
  public static final String SERVICE = "service_fingerprint";

  public static final String ASKED_AT = "asked_at";
  public static final String CLOCK = "clock";
  public static final String SCORE = "score";

  /** {@code source=0:120 other=0:7}: how far each source was seen. */
  public static final String POSITIONS = "positions";

  /** One letter for each feature's status, in the service's order. */
  public static final String STATUSES = "statuses";

  private static final String STATUS_LETTERS = "PNFOUE";

  private static final List<Field> FIRST =
      List.of(
          Field.required(ID, Scalar.STRING),
          Field.of(ROW_ID, Scalar.STRING),
          Field.required(VERSION, Scalar.INT32),
          Field.required(SERVICE, Scalar.STRING),
          Field.required(ASKED_AT, Scalar.TIMESTAMP),
          Field.required(CLOCK, Scalar.STRING),
          Field.required(SCORE, Scalar.FLOAT64),
          Field.required(POSITIONS, Scalar.STRING),
          Field.required(STATUSES, Scalar.STRING));

  private final FeatureService service;
  private final List<Field> requests;
  private final Schema schema;

  /**
   * For one service.
   *
   * @param requests what the service is asked with: its keys and request fields
   */
  public PredictionTable(FeatureService service, List<Field> requests) {
    this.service = service;
    this.requests = List.copyOf(requests);
    List<Field> fields = new ArrayList<>(FIRST);
    requests.forEach(field -> fields.add(Field.of("request__" + field.name(), field.type())));
    service.columns().forEach(field -> fields.add(Field.of(field.name(), field.type())));
    this.schema = new Schema(fields);
  }

  /** The name of a model's table. */
  public static String name(String model) {
    return model + "__predictions";
  }

  /** The keys and request fields of a service, each once. */
  public static List<Field> requestFields(FeatureService service) {
    Map<String, Field> fields = new LinkedHashMap<>();
    for (ServiceView view : service.views()) {
      for (int k = 0; k < view.requestColumns().size(); k++) {
        String name = view.requestColumns().get(k);
        fields.put(name, Field.of(name, view.view().entity().keys().get(k).type()));
      }
    }
    for (OnDemandView view : service.onDemand()) {
      view.requestFields().forEach(field -> fields.putIfAbsent(field.name(), field));
    }
    return List.copyOf(fields.values());
  }

  public Schema schema() {
    return schema;
  }

  /**
   * One answer's rows for the log.
   *
   * @param rowIds null where the caller gave none
   */
  public Batch rows(
      List<String> ids,
      @Nullable ObjectColumn rowIds,
      int modelVersion,
      String serviceFingerprint,
      Batch request,
      long q,
      String clock,
      Map<String, Positions> positions,
      List<FeatureColumn> features,
      double[] scores) {
    int rows = ids.size();
    int[] versions = new int[rows];
    Arrays.fill(versions, modelVersion);
    long[] times = new long[rows];
    Arrays.fill(times, q);
    List<Column> columns = new ArrayList<>();
    columns.add(new ObjectColumn(Scalar.STRING, ids.toArray()));
    columns.add(rowIds == null ? new ObjectColumn(Scalar.STRING, new Object[rows]) : rowIds);
    columns.add(new IntColumn(Scalar.INT32, versions, null));
    columns.add(text(serviceFingerprint, rows));
    columns.add(new LongColumn(Scalar.TIMESTAMP, times, null));
    columns.add(text(clock, rows));
    columns.add(new DoubleColumn(Scalar.FLOAT64, scores, null));
    columns.add(text(written(positions), rows));
    columns.add(statuses(features, rows));
    requests.forEach(field -> columns.add(request.column(field.name())));
    features.forEach(feature -> columns.add(feature.values()));
    return new Batch(schema, columns);
  }

  /** The logged rows as answers that can be replayed. */
  public LoggedAnswers answers(Batch rows) {
    ObjectColumn ids = (ObjectColumn) rows.column(ID);
    ObjectColumn positions = (ObjectColumn) rows.column(POSITIONS);
    ObjectColumn statuses = (ObjectColumn) rows.column(STATUSES);
    List<String> names = new ArrayList<>();
    List<Map<String, Positions>> seen = new ArrayList<>();
    Set<String> sources = new TreeSet<>();
    for (int row = 0; row < rows.rows(); row++) {
      names.add(Objects.requireNonNull(ids.string(row)));
      seen.add(read(Objects.requireNonNull(positions.string(row))));
      sources.addAll(seen.get(row).keySet());
    }
    Map<String, List<Positions>> bySource = new HashMap<>();
    for (String source : sources) {
      bySource.put(
          source, seen.stream().map(row -> row.getOrDefault(source, Positions.NONE)).toList());
    }
    List<FeatureColumn> served = new ArrayList<>();
    List<Field> features = service.columns();
    for (int f = 0; f < features.size(); f++) {
      byte[] codes = new byte[rows.rows()];
      for (int row = 0; row < codes.length; row++) {
        codes[row] = status(Objects.requireNonNull(statuses.string(row)), f);
      }
      String name = features.get(f).name();
      served.add(new FeatureColumn(name, rows.column(name), codes));
    }
    List<Column> asked = requests.stream().map(f -> rows.column("request__" + f.name())).toList();
    return new LoggedAnswers(
        names,
        new Batch(new Schema(requests), asked),
        (LongColumn) rows.column(ASKED_AT),
        bySource,
        served);
  }

  private static byte status(String letters, int feature) {
    int code = feature < letters.length() ? STATUS_LETTERS.indexOf(letters.charAt(feature)) : -1;
    return code < 0 ? FeatureStatus.ERROR.code() : (byte) code;
  }

  private static ObjectColumn statuses(List<FeatureColumn> features, int rows) {
    Object[] letters = new Object[rows];
    for (int row = 0; row < rows; row++) {
      StringBuilder text = new StringBuilder(features.size());
      for (FeatureColumn feature : features) {
        text.append(STATUS_LETTERS.charAt(feature.statuses()[row]));
      }
      letters[row] = text.toString();
    }
    return new ObjectColumn(Scalar.STRING, letters);
  }

  private static String written(Map<String, Positions> positions) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(positions)
        .forEach(
            (source, next) ->
                text.append(text.isEmpty() ? "" : " ").append(source).append('=').append(next));
    return text.toString();
  }

  private static Map<String, Positions> read(String written) {
    Map<String, Positions> positions = new TreeMap<>();
    if (written.isEmpty()) {
      // A service of nothing but on-demand views reads no source.
      return positions;
    }
    for (String part : written.split(" ", -1)) {
      int equals = part.indexOf('=');
      positions.put(part.substring(0, equals), Positions.parse(part.substring(equals + 1)));
    }
    return positions;
  }

  private static Column text(String value, int rows) {
    ColumnBuilder builder = ColumnBuilder.of(Scalar.STRING, rows);
    for (int i = 0; i < rows; i++) {
      builder.append(value);
    }
    return builder.build();
  }
}
