package dev.penstock.feedback;

import dev.penstock.data.Span;
import dev.penstock.feedback.Lineage.Edge;
import dev.penstock.feedback.Lineage.Kind;
import dev.penstock.feedback.Lineage.Node;
import dev.penstock.feedback.LoopReport.Dataset;
import dev.penstock.feedback.LoopReport.Model;
import dev.penstock.feedback.LoopReport.OutcomeCounts;
import dev.penstock.feedback.LoopReport.SourceQuality;
import dev.penstock.feedback.LoopReport.Stage;
import dev.penstock.model.Evaluation;
import dev.penstock.model.Promotion;
import dev.penstock.model.PromotionPolicy;
import dev.penstock.quality.DriftVerdict;
import dev.penstock.quality.Psi;
import dev.penstock.quality.PsiResult;
import dev.penstock.training.FeatureLeakage;
import dev.penstock.training.LabelCounts;
import dev.penstock.training.LeakageReport;
import dev.penstock.training.Split;
import dev.penstock.training.SplitSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** A loop that never ran: every number is made up, from a fixed seed, to look at the report. */
final class ExampleLoop {
  private static final long DAY = 86_400_000_000L;
  private static final long JUNE = 11_474 * DAY;
  private static final int SERVED = 20_480;
  private static final List<String> FEATURES =
      List.of(
          "origin_delays__delay_3h",
          "flight_request__hour",
          "arrivals_at_origin__late_1h",
          "origin_delays__late_24h",
          "route_delays__delay_7d",
          "arrivals_at_destination__delay_3h",
          "origin_delays__landed_1h",
          "arrivals_at_destination__late_1h",
          "flight_request__distance",
          "origin_delays__delay_p90_24h",
          "route_delays__landed_24h",
          "flight_request__weekday",
          "arrivals_at_origin__last_delay_24h",
          "origin_delays__landed_24h",
          "flight_request__late_distance",
          "departures_by_origin__late_3h");

  private final SplittableRandom random = new SplittableRandom(2001);
  private final float[] labels = new float[SERVED];
  private final float[] champion = new float[SERVED];
  private final float[] challenger = new float[SERVED];
  private final float[] baseline = new float[SERVED];
  private final OutcomeJoin join = new OutcomeJoin();

  static LoopReport make() {
    return new ExampleLoop().loop();
  }

  private LoopReport loop() {
    for (int i = 0; i < SERVED; i++) {
      double easy = random.nextGaussian();
      double seen = random.nextGaussian();
      double logit = -1.6 + 0.75 * easy + 1.05 * seen;
      labels[i] = random.nextDouble() < chance(logit) ? 1 : 0;
      baseline[i] = chance(-1.45 + 0.75 * easy);
      champion[i] = chance(-1.55 + 0.72 * easy + 0.95 * seen + 0.25 * random.nextGaussian());
      challenger[i] = chance(-1.6 + 0.75 * easy + 1.05 * seen + 0.08 * random.nextGaussian());
      long asked = JUNE + (long) (random.nextDouble() * 30 * DAY);
      join.add(new Prediction("p" + i, "row" + i, "9f31c07d22ab", asked, champion[i]));
      if (i % 97 != 0) {
        join.add(Outcome.ofRow("row" + i, asked + DAY / 8, labels[i]));
      }
    }
    join.add(Outcome.ofRow("never-asked", JUNE, 1));
    JoinedOutcomes outcomes = join.asOf(JUNE + 40 * DAY);
    Evaluation served = Evaluation.of(outcomes.scores(), outcomes.labels());
    return new LoopReport(
        "flights",
        "At the moment a flight pushes back, will it arrive 15 minutes late or more?",
        stages(),
        sources(),
        datasets(),
        leakage(),
        models(),
        Performance.of(
            "9f31c07d22ab",
            outcomes,
            JUNE,
            Span.parse("7d"),
            "validation",
            0.797,
            PerformanceRule.DEFAULT),
        served,
        OutcomeCounts.of(outcomes),
        drift(),
        new ParityCheck(JUNE + 40 * DAY, ParitySummary.equal(SERVED, 40L * SERVED), 0),
        Promotion.decide(PromotionPolicy.DEFAULT, champion, challenger, labels, Map.of()),
        latencies(),
        lineage());
  }

  private static float chance(double logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  private static List<Stage> stages() {
    return List.of(
        new Stage("plan, apply", 1.9, null, "23 definitions"),
        new Stage("ingest January to May", 41.2, 2_497_772L, "5 monthly files, two sources each"),
        new Stage("transform", 6.4, 2_497_772L, ""),
        new Stage("dataset", 38.7, 2_497_772L, "45 features, as seen and as happened"),
        new Stage("train", 74.5, 1_978_941L, "two models"),
        new Stage("replay June", 52.3, 1_004_456L, "20,480 predictions over HTTP"),
        new Stage("feedback", 21.8, 502_228L, "outcomes, drift, parity, challenger"),
        new Stage("report", 0.4, null, ""));
  }

  private static List<SourceQuality> sources() {
    SortedMap<String, Long> broken = new TreeMap<>(Map.of("plausible_delay", 17L));
    broken.put("known_origin", 2L);
    return List.of(
        new SourceQuality("departures", 2_999_998, 0, new TreeMap<>(), 12, List.of()),
        new SourceQuality("landings", 2_999_981, 382, broken, 18, List.of()),
        new SourceQuality("airports", 229, 0, new TreeMap<>(), 1, List.of()));
  }

  private static List<Dataset> datasets() {
    return List.of(
        new Dataset(
            "flight_delays",
            "4be10c9a77d1",
            List.of(
                new SplitSummary(
                    Split.of("train", JUNE - 151 * DAY, JUNE - 31 * DAY),
                    new LabelCounts(1_978_941, 1_975_928, 441_204, 441_204, 3_013, 0, 0)),
                new SplitSummary(
                    Split.of("validation", JUNE - 31 * DAY, JUNE),
                    new LabelCounts(518_831, 517_390, 93_872, 93_872, 1_441, 0, 0)),
                new SplitSummary(
                    Split.of("test", JUNE, JUNE + 30 * DAY),
                    new LabelCounts(502_228, 500_977, 111_720, 111_720, 1_251, 0, 0)))));
  }

  private LeakageReport leakage() {
    List<FeatureLeakage> features = new ArrayList<>();
    for (int i = 0; i < FEATURES.size(); i++) {
      boolean clean = FEATURES.get(i).startsWith("flight_request");
      long differing = clean ? 0 : (long) (2_497_772 * 0.93 / (1 + i * 0.7));
      double auc = 0.52 + 0.13 / (1 + i * 0.3);
      features.add(
          new FeatureLeakage(
              FEATURES.get(i),
              2_497_772,
              differing,
              clean ? 0.0 : 4.0 / (1 + i),
              auc,
              clean ? auc : auc + 0.02 * random.nextDouble()));
    }
    return new LeakageReport(features);
  }

  private List<Model> models() {
    SortedMap<String, Double> importance = new TreeMap<>();
    double rest = 1;
    for (String feature : FEATURES) {
      importance.put(feature, rest * 0.22);
      rest *= 0.78;
    }
    SortedMap<String, Evaluation> ofBaseline = new TreeMap<>();
    ofBaseline.put("June", Evaluation.of(baseline, labels));
    SortedMap<String, Evaluation> ofChampion = new TreeMap<>();
    ofChampion.put("June", Evaluation.of(champion, labels));
    SortedMap<String, Evaluation> ofChallenger = new TreeMap<>();
    ofChallenger.put("June", Evaluation.of(challenger, labels));
    return List.of(
        new Model(
            "static",
            "77aa02c4e9f0",
            "baseline",
            "4be10c9a77d1",
            5,
            212,
            new TreeSet<>(Set.of("train")),
            ofBaseline,
            new TreeMap<>()),
        new Model(
            "late_arrival",
            "9f31c07d22ab",
            "champion",
            "4be10c9a77d1",
            45,
            287,
            new TreeSet<>(Set.of("train")),
            ofChampion,
            importance),
        new Model(
            "late_arrival",
            "c2209be8114f",
            "challenger",
            "e81f00ba43c2",
            45,
            300,
            new TreeSet<>(Set.of("train")),
            ofChallenger,
            importance));
  }

  private Drift drift() {
    List<FeatureDrift> features = new ArrayList<>();
    for (int i = 0; i < FEATURES.size(); i++) {
      double psi = 0.31 / (1 + i * 0.6) + 0.01 * random.nextDouble();
      DriftVerdict verdict =
          psi >= Psi.FAILED
              ? DriftVerdict.FAILED
              : psi >= Psi.WARNING ? DriftVerdict.WARNING : DriftVerdict.STABLE;
      features.add(
          new FeatureDrift(
              FEATURES.get(i),
              new PsiResult(
                  psi,
                  Psi.WARNING,
                  Psi.FAILED,
                  verdict,
                  1_975_928,
                  SERVED,
                  0.004,
                  0.006,
                  List.of(),
                  ""),
              0.2 / (1 + i)));
    }
    return new Drift(1_975_928, SERVED, features);
  }

  private List<Latency> latencies() {
    long[] requests = new long[SERVED];
    long[] reads = new long[SERVED];
    for (int i = 0; i < SERVED; i++) {
      reads[i] = (long) (180 * Math.exp(0.35 * random.nextGaussian()));
      requests[i] =
          (long) (reads[i] + 620 * Math.exp(0.45 * random.nextGaussian()))
              + (i % 600 == 0 ? 9_000 : 0);
    }
    return List.of(Latency.of("POST /predict", requests), Latency.of("read of 45 features", reads));
  }

  private static Lineage lineage() {
    List<Node> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    for (String source : List.of("airports", "departures", "landings")) {
      nodes.add(new Node("s." + source, Kind.SOURCE, source, "contract 3"));
      nodes.add(new Node("t." + source, Kind.TABLE, source, "snapshot 84…2" + source.length()));
      edges.add(new Edge("s." + source, "t." + source));
    }
    for (String transform : List.of("flights_landed", "flights_by_departure")) {
      nodes.add(new Node(transform, Kind.TRANSFORM, transform, ""));
      edges.add(new Edge("t.landings", transform));
      edges.add(new Edge("t.airports", transform));
    }
    for (String view :
        List.of(
            "origin_delays",
            "arrivals",
            "route_delays",
            "departures_by_origin",
            "airport_facts",
            "flight_request")) {
      nodes.add(
          new Node(view, Kind.FEATURE_VIEW, view, "f" + Integer.toHexString(view.hashCode())));
      if (view.equals("airport_facts")) {
        edges.add(new Edge("t.airports", view));
      } else if (!view.equals("flight_request")) {
        edges.add(
            new Edge(
                view.startsWith("departures") ? "flights_by_departure" : "flights_landed", view));
      }
      edges.add(new Edge(view, "flight_delay"));
    }
    nodes.add(new Node("flight_delay", Kind.FEATURE_SERVICE, "flight_delay", "45 features"));
    nodes.add(new Node("flight_delays", Kind.DATASET, "flight_delays", "4be10c9a77d1"));
    edges.add(new Edge("flight_delay", "flight_delays"));
    edges.add(new Edge("t.departures", "flight_delays"));
    for (String model : List.of("static", "late_arrival")) {
      nodes.add(new Node(model, Kind.MODEL, model, "9f31c07d22ab"));
      edges.add(new Edge("flight_delays", model));
    }
    nodes.add(new Node("predictions", Kind.PREDICTION, "20,480 predictions", "June 2001"));
    edges.add(new Edge("late_arrival", "predictions"));
    edges.add(new Edge("flight_delay", "predictions"));
    return new Lineage(nodes, edges);
  }
}
