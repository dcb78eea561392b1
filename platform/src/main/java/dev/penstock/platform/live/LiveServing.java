package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.embedded.StoredView;
import dev.penstock.model.Scorer;
import dev.penstock.model.TrainedModel;
import dev.penstock.online.OnlineStore;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.compiled.CompiledModel;
import dev.penstock.platform.compiled.CompiledService;
import dev.penstock.platform.feedback.OutcomeTable;
import dev.penstock.platform.feedback.PredictionTable;
import dev.penstock.platform.registry.ModelVersion;
import dev.penstock.platform.serve.FeatureReader;
import dev.penstock.platform.serve.Intake;
import dev.penstock.platform.serve.Predictor;
import dev.penstock.platform.serve.Serving;
import dev.penstock.source.ClockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Serves a project from its live store. */
public final class LiveServing implements Serving {
  private final OpenProject project;
  private final LiveStore live;
  private final OnlineStore readings;
  private final @Nullable BackgroundFlush flush;
  private final @Nullable BackgroundMaintenance maintenance;
  private final Map<FeatureSelection, ServedSelection> selections = new ConcurrentHashMap<>();
  private final Map<String, Intake> intakes = new ConcurrentHashMap<>();
  private final Map<String, ChampionPredictor> predictors = new ConcurrentHashMap<>();

  /** Of a store that whoever opened it flushes. */
  public LiveServing(OpenProject project, LiveStore live) {
    this(project, live, live.store(), null, null);
  }

  /** Of a server's store. */
  public LiveServing(
      OpenProject project,
      LiveStore live,
      BackgroundFlush flush,
      BackgroundMaintenance maintenance) {
    this(project, live, live.store(), flush, maintenance);
  }

  /** The same with other readings: the seam at which tests plant faults. */
  LiveServing(OpenProject project, LiveStore live, OnlineStore readings) {
    this(project, live, readings, null, null);
  }

  private LiveServing(
      OpenProject project,
      LiveStore live,
      OnlineStore readings,
      @Nullable BackgroundFlush flush,
      @Nullable BackgroundMaintenance maintenance) {
    this.project = project;
    this.live = live;
    this.readings = readings;
    this.flush = flush;
    this.maintenance = maintenance;
  }

  @Override
  public ClockMode clock() {
    return live.store().clockMode();
  }

  @Override
  public Intake source(String name) {
    return intakes.computeIfAbsent(
        name, n -> new LiveIntake(project.compiled().source(n), live.store()));
  }

  @Override
  public FeatureReader features(FeatureSelection selection) {
    return selections.computeIfAbsent(selection, this::select);
  }

  private ServedSelection select(FeatureSelection asked) {
    Selection selection = selection(project, asked);
    return new ServedSelection(
        selection,
        new dev.penstock.online.FeatureReader(
            selection.service(), selection.fingerprint(), live.views()),
        readings);
  }

  /** What is asked for, as a service. */
  public static Selection selection(OpenProject project, FeatureSelection asked) {
    if (asked instanceof FeatureSelection.Service service) {
      return Selection.of(
          project.compiled().service(service.name()).service(),
          project.compiled().fingerprint(service.name()));
    }
    return Selection.of(
        ((FeatureSelection.References) asked).references(),
        view -> project.compiled().view(view).view());
  }

  @Override
  public Predictor model(String name) {
    int at = name.indexOf('@');
    String model = at < 0 ? name : name.substring(0, at);
    ModelVersion version = version(model, at < 0 ? null : name.substring(at + 1));
    return predictors.computeIfAbsent(
        model + "@" + version.version(), n -> predictor(project.compiled().model(model), version));
  }

  private ChampionPredictor predictor(CompiledModel model, ModelVersion version) {
    CompiledService service = model.dataset().service();
    TrainedModel trained = TrainedModel.read(project.state(version.artifact()));
    PredictionTable table = new PredictionTable(service.service(), service.request());
    return new ChampionPredictor(
        model.name(),
        version.version(),
        Scorer.of(trained),
        select(new FeatureSelection.Service(service.name())),
        table,
        rows -> log(PredictionTable.name(model.name()), rows));
  }

  /** Returns when the rows are on disk: what was answered can be accounted for. */
  private void log(String table, Batch rows) {
    live.store()
        .predictions()
        .append(TableEntry.KIND, List.of(new TableEntry(table, rows).encode()))
        .join();
  }

  private ModelVersion version(String model, @Nullable String version) {
    project.compiled().model(model);
    if (version == null) {
      return project
          .registry()
          .models()
          .champion(model)
          .orElseThrow(
              () ->
                  new PenstockException(
                      ErrorCode.NOT_FOUND,
                      "model '" + model + "' has no champion",
                      "run penstock model promote " + model + " 1"));
    }
    return project.registry().models().named(model, version);
  }

  @Override
  public OutcomeReceipt outcomes(String model, List<Outcome> outcomes) {
    project.compiled().model(model);
    List<Outcome> known = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (OutcomeTable.isIdOf(model, outcome.predictionId())) {
        known.add(outcome);
      } else {
        unknown.add(outcome.predictionId());
      }
    }
    if (!known.isEmpty()) {
      log(OutcomeTable.name(model), OutcomeTable.rows(known, project.now()));
    }
    return new OutcomeReceipt(known.size(), unknown);
  }

  @Override
  public Health health() {
    List<String> reasons = new ArrayList<>();
    live.store()
        .broken()
        .ifPresent(reason -> reasons.add("no row is taken: " + reason.getMessage()));
    live.store().views().stream()
        .filter(view -> view.phase() == StoredView.Phase.FILLING)
        .forEach(view -> reasons.add("filling state of " + view.source()));
    List<String> warnings = new ArrayList<>();
    if (flush != null) {
      warnings.addAll(flush.warnings());
    }
    if (maintenance != null) {
      warnings.addAll(maintenance.warnings());
    }
    return new Health(reasons, warnings);
  }

  @Override
  public List<Gauge> gauges() {
    List<Gauge> gauges = new ArrayList<>();
    for (String source : live.store().log().sources()) {
      gauges.add(
          new Gauge("penstock_log_end", "source", source, live.store().log().end(source).next(0)));
      gauges.add(
          new Gauge(
              "penstock_log_unflushed_rows",
              "source",
              source,
              live.store().log().end(source).next(0) - live.store().log().begin(source).next(0)));
      gauges.add(
          new Gauge(
              "penstock_quarantined_rows",
              "source",
              source,
              live.store().quarantine().count(source)));
      if (flush != null) {
        gauges.add(
            new Gauge(
                "penstock_log_oldest_unflushed_seconds",
                "source",
                source,
                flush.oldestSeconds(source)));
      }
    }
    if (flush != null) {
      gauges.add(new Gauge("penstock_flush_failures_total", "", "", flush.failures()));
    }
    return gauges;
  }
}
