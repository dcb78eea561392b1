package dev.penstock.app.memory;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.Fingerprint;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.ReplayRows;
import dev.penstock.platform.serve.FeatureReader;
import dev.penstock.platform.serve.FeatureReader.FeatureAnswer;
import dev.penstock.platform.serve.Intake;
import dev.penstock.platform.serve.Predictor;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import dev.penstock.source.RawRows;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Two sources, {@code departures} and {@code landings}; features of an airport that count and
 * average the landings seen before {@code q}; a model whose score is that average. Sources take
 * rows with {@code origin} and {@code delay}.
 */
public final class MemoryServing implements Serving {
  public static final Schema SOURCE =
      Schema.of(
          Field.required("origin", Scalar.STRING),
          Field.of("delay", Scalar.INT64),
          Field.of("weight", Scalar.FLOAT32),
          Field.of("at", Scalar.TIMESTAMP));

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final ClockMode clock;
  private final InstantSource wallClock;
  private final Map<String, MemoryIntake> sources = new LinkedHashMap<>();
  private final Map<String, Integer> questions = new HashMap<>();
  private long newestSeen = Long.MIN_VALUE;
  private long lastQ = Long.MIN_VALUE;

  public MemoryServing(ClockMode clock, InstantSource wallClock) {
    this.clock = clock;
    this.wallClock = wallClock;
    sources.put("departures", new MemoryIntake(this));
    sources.put("landings", new MemoryIntake(this));
  }

  /** A departure and a landing each minute of an hour of 2001. */
  public static List<ReplayRows> history() {
    List<ReplayRows> history = new ArrayList<>();
    for (String source : List.of("departures", "landings")) {
      List<Field> fields = new ArrayList<>(SOURCE.fields());
      fields.add(Field.of(RawRows.ID, Scalar.STRING));
      fields.add(Field.of(RawRows.SEEN_TIME, Scalar.TIMESTAMP));
      ColumnBuilder[] builders =
          fields.stream().map(f -> ColumnBuilder.of(f.type(), 60)).toArray(ColumnBuilder[]::new);
      for (int minute = 0; minute < 60; minute++) {
        builders[0].appendObject(minute % 2 == 0 ? "JFK" : "LAX");
        builders[1].append((long) minute);
        builders[2].appendNull();
        builders[3].appendNull();
        builders[4].appendObject(source + "#" + minute);
        builders[5].append(micros(Instant.parse("2001-06-01T00:00:00Z")) + minute * 60_000_000L);
      }
      List<Column> columns = new ArrayList<>();
      for (ColumnBuilder builder : builders) {
        columns.add(builder.build());
      }
      history.add(
          new ReplayRows(source, new Batch(new Schema(fields), columns), ReplayRows.Unread.NONE));
    }
    return history;
  }

  @Override
  public ClockMode clock() {
    return clock;
  }

  @Override
  public synchronized Intake source(String name) {
    MemoryIntake intake = sources.get(name);
    if (intake == null) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND, "there is no source '" + name + "'", "has: departures, landings");
    }
    return intake;
  }

  @Override
  public FeatureReader features(FeatureSelection selection) {
    if (selection instanceof FeatureSelection.Service service
        && !service.name().equals("flight_delay")) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND, "there is no service '" + service.name() + "'", "");
    }
    return new Reader(selection);
  }

  @Override
  public Predictor model(String name) {
    if (!name.equals("late_arrival")) {
      throw new PenstockException(ErrorCode.NOT_FOUND, "there is no model '" + name + "'", "");
    }
    return new MeanPredictor();
  }

  @Override
  public synchronized OutcomeReceipt outcomes(String model, List<Outcome> given) {
    int recorded = 0;
    List<String> unknown = new ArrayList<>();
    for (Outcome outcome : given) {
      if (!questions.containsKey(outcome.predictionId())) {
        unknown.add(outcome.predictionId());
      } else {
        recorded++;
      }
    }
    return new OutcomeReceipt(recorded, unknown);
  }

  @Override
  public Health health() {
    return new Health(List.of(), warnings);
  }

  /** Makes something worth a warning. */
  public void warn(String warning) {
    warnings.add(warning);
  }

  @Override
  public List<Gauge> gauges() {
    return List.of(
        new Gauge("penstock_parity_share", "service", "flight_delay", 1.0),
        new Gauge("penstock_flush_failures_total", "", "", warnings.size()));
  }

  synchronized long accept(@Nullable Long seenTime, @Nullable Long before) {
    long seen = seenTime == null ? micros(wallClock.instant()) : seenTime;
    if (clock == ClockMode.REPLAY && (seen < lastQ || (before != null && seen < before))) {
      throw new PenstockException(ErrorCode.CLOCK_CONFLICT, "the push goes back", "push later");
    }
    newestSeen = Math.max(newestSeen, seen);
    return seen;
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  private synchronized long moment(@Nullable Long q) {
    long moment = q == null ? Math.max(micros(wallClock.instant()), newestSeen + 1) : q;
    if (moment <= newestSeen) {
      throw new PenstockException(ErrorCode.CLOCK_CONFLICT, "q is not after " + newestSeen, "");
    }
    lastQ = moment;
    return moment;
  }

  private FeatureAnswer answer(Batch inputs, @Nullable Long q, List<String> wanted) {
    long moment = moment(q);
    MemoryIntake landings = sources.get("landings");
    List<FeatureColumn> features = new ArrayList<>();
    for (String feature : wanted) {
      ColumnBuilder values =
          ColumnBuilder.of(feature.equals("landed") ? Scalar.INT64 : Scalar.FLOAT64, inputs.rows());
      byte[] statuses = new byte[inputs.rows()];
      for (int row = 0; row < inputs.rows(); row++) {
        List<Long> delays = landings.delays((String) inputs.column("origin").value(row));
        if (feature.equals("landed")) {
          values.append((long) delays.size());
        } else {
          values.append(
              delays.isEmpty()
                  ? null
                  : delays.stream().mapToLong(Long::longValue).average().getAsDouble());
        }
        statuses[row] = (delays.isEmpty() ? FeatureStatus.NOT_FOUND : FeatureStatus.PRESENT).code();
      }
      features.add(new FeatureColumn("origin_delays__" + feature, values.build(), statuses));
    }
    return new FeatureAnswer(
        moment,
        features,
        Map.of("landings", landings.standing().position()),
        Map.of("origin_delays", Fingerprint.of(List.of("origin_delays"))));
  }

  private final class Reader implements FeatureReader {
    private final List<String> wanted;

    Reader(FeatureSelection selection) {
      this.wanted =
          selection instanceof FeatureSelection.References references
              ? references.references().stream().map(r -> r.substring(r.indexOf(':') + 1)).toList()
              : List.of("landed", "delay");
      for (String name : wanted) {
        if (!name.equals("landed") && !name.equals("delay")) {
          throw new PenstockException(
              ErrorCode.NOT_FOUND, "there is no feature '" + name + "'", "has: landed, delay");
        }
      }
    }

    @Override
    public Schema inputs() {
      return Schema.of(Field.required("origin", Scalar.STRING), Field.of("distance", Scalar.INT64));
    }

    @Override
    public FeatureAnswer read(Batch inputs, @Nullable Long q) {
      return answer(inputs, q, wanted);
    }
  }

  private final class MeanPredictor implements Predictor {
    @Override
    public String model() {
      return "late_arrival";
    }

    @Override
    public String version() {
      return "1";
    }

    @Override
    public Schema inputs() {
      return Schema.of(Field.required("origin", Scalar.STRING));
    }

    @Override
    public Predictions predict(Batch inputs, @Nullable Long q) {
      FeatureAnswer answer = answer(inputs, q, List.of("delay"));
      Column delays = answer.columns().get(0).values();
      double[] scores = new double[inputs.rows()];
      List<String> named = new ArrayList<>();
      synchronized (MemoryServing.this) {
        for (int row = 0; row < scores.length; row++) {
          Object delay = delays.value(row);
          scores[row] = delay == null ? Double.NaN : (Double) delay;
          String about =
              inputs.schema().contains("_id") ? (String) inputs.column("_id").value(row) : null;
          named.add("late_arrival:" + (about == null ? questions.size() : about));
          questions.merge(named.get(row), 1, Integer::sum);
        }
      }
      return new Predictions("late_arrival", "1", answer.q(), named, scores, answer.positions());
    }
  }
}
