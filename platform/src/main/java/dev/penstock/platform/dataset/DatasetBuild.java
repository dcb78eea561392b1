package dev.penstock.platform.dataset;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.FloatColumn;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.SideBySide;
import dev.penstock.data.SystemColumns;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.OnDemandView;
import dev.penstock.feature.ServiceView;
import dev.penstock.format.ParquetWriter;
import dev.penstock.offline.PointInTime;
import dev.penstock.offline.PointInTime.Visible;
import dev.penstock.platform.command.Progress;
import dev.penstock.training.DatasetFile;
import dev.penstock.training.DatasetManifest;
import dev.penstock.training.FeatureLeakage;
import dev.penstock.training.LeakageReport;
import dev.penstock.training.Split;
import dev.penstock.training.SplitSummary;
import dev.penstock.training.Splits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Builds splits of a dataset into a folder: point-in-time correct, each row as of its own event
 * time, immature labels left out and counted. The same pinned plan gives the same bytes.
 */
public final class DatasetBuild {
  /** The column that holds each row's moment. */
  public static final String TIME = "asked_at";

  /** The column that holds the spine row's id. */
  public static final String ID = "row_id";

  private static final int FILE_ROWS = 500_000;

  private final DatasetPlan plan;
  private final Splits splits;
  private final Progress progress;

  /**
   * Of some splits.
   *
   * @param plan pinned
   */
  public DatasetBuild(DatasetPlan plan, Splits splits, Progress progress) {
    this.plan = plan;
    this.splits = splits;
    this.progress = progress;
  }

  /** The manifest of what was built, and what an eager training set would have leaked. */
  public record Built(DatasetManifest manifest, LeakageReport leakage) {}

  /** Builds into the folder, which must be empty or not there. */
  public Built into(Path folder) {
    progress.stage("spine and labels of " + plan.name());
    SpineRows spine = SpineRows.read(plan, splits, requestColumns());
    List<int[]> rowsOfSplit =
        IntStream.range(0, splits.splits().size()).mapToObj(spine.labelled()::countedIn).toList();
    int[] chosen = rowsOfSplit.stream().flatMapToInt(IntStream::of).toArray();
    if (chosen.length == 0) {
      throw new PenstockException(
          ErrorCode.EVALUATION_FAILED,
          "dataset '" + plan.name() + "' has no row with a mature label",
          "ingest the rows of its splits and their labels first");
    }
    Batch rows = spine.rows().gather(chosen);
    FloatColumn labels = new FloatColumn(Scalar.FLOAT32, spine.labelled().labels(chosen), null);
    long[] times = SpineRows.times(rows);
    Visible visible = plan.asHappened() ? Visible.AS_HAPPENED : Visible.AS_SEEN;
    List<FeatureColumn> features =
        PointInTime.of(plan.service(), plan.views())
            .seen(visible)
            .progress(view -> progress.stage("features of " + view))
            .read(rows, times);
    LeakageReport leakage = leakage(features, labels, rows, times);
    Batch dataset = dataset(rows, features, labels);
    progress.stage("writing " + plan.name());
    List<DatasetFile> files = write(folder, dataset, rowsOfSplit);
    List<SplitSummary> summaries = new ArrayList<>();
    for (int i = 0; i < splits.splits().size(); i++) {
      summaries.add(new SplitSummary(splits.splits().get(i), spine.labelled().counts(i)));
    }
    DatasetManifest manifest =
        new DatasetManifest(
            plan.name(),
            plan.definition(),
            plan.mode(),
            plan.manifestInputs(),
            dataset.schema().fields(),
            plan.labelName(),
            summaries,
            files);
    return new Built(manifest, leakage);
  }

  /** Keys, request fields: what the service asks of the spine. */
  private List<String> requestColumns() {
    Set<String> columns = new LinkedHashSet<>();
    for (ServiceView view : plan.service().views()) {
      columns.addAll(view.requestColumns());
    }
    for (OnDemandView view : plan.service().onDemand()) {
      view.requestFields().forEach(field -> columns.add(field.name()));
    }
    return List.copyOf(columns);
  }

  private Batch dataset(Batch rows, List<FeatureColumn> features, FloatColumn labels) {
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    fields.add(Field.required(ID, Scalar.STRING));
    columns.add(rows.column(SystemColumns.ID));
    fields.add(Field.required(TIME, Scalar.TIMESTAMP));
    columns.add(rows.column(SystemColumns.EVENT_TIME));
    for (String name : requestColumns()) {
      fields.add(rows.schema().field(name));
      columns.add(rows.column(name));
    }
    for (FeatureColumn feature : features) {
      fields.add(Field.of(feature.name(), feature.values().type()));
      columns.add(feature.values());
    }
    fields.add(Field.required(plan.labelName(), Scalar.FLOAT32));
    columns.add(labels);
    return new Batch(new Schema(fields), columns);
  }

  private List<DatasetFile> write(Path folder, Batch dataset, List<int[]> rowsOfSplit) {
    List<DatasetFile> files = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      int from = 0;
      for (int i = 0; i < rowsOfSplit.size(); i++) {
        Split split = splits.splits().get(i);
        int end = from + rowsOfSplit.get(i).length;
        for (int part = 0; from < end; part++) {
          int to = Math.min(end, from + FILE_ROWS);
          Path file = folder.resolve(String.format("%s-%03d.parquet", split.name(), part));
          try (ParquetWriter writer = ParquetWriter.create(file, dataset.schema())) {
            writer.write(dataset.slice(from, to));
            writer.finish();
          }
          files.add(DatasetFile.of(split.name(), folder, file, to - from));
          progress.done(to, dataset.rows());
          from = to;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Compares the features with those of a training set that knows rows before they were seen. */
  private LeakageReport leakage(
      List<FeatureColumn> asSeen, FloatColumn labels, Batch rows, long[] times) {
    Set<String> late = LateViews.of(plan.service(), plan.views());
    List<FeatureColumn> asHappened =
        late.isEmpty() ? List.of() : LateViews.read(plan, late, rows, times, Visible.AS_HAPPENED);
    Set<String> leftOut = LateViews.incomparable(plan.service());
    List<FeatureColumn> compared =
        asSeen.stream().filter(column -> !leftOut.contains(column.name())).toList();
    // Each is a sort of all rows.
    FeatureLeakage[] features = new FeatureLeakage[compared.size()];
    List<Runnable> comparisons = new ArrayList<>();
    for (int i = 0; i < features.length; i++) {
      int feature = i;
      comparisons.add(() -> features[feature] = leakage(compared.get(feature), asHappened, labels));
    }
    SideBySide.run(comparisons);
    return new LeakageReport(List.of(features));
  }

  private static FeatureLeakage leakage(
      FeatureColumn seen, List<FeatureColumn> asHappened, FloatColumn labels) {
    return asHappened.stream()
        .filter(column -> column.name().equals(seen.name()))
        .findFirst()
        .map(
            happened ->
                FeatureLeakage.of(
                    seen.name(),
                    Numbers.floats(seen.values()),
                    Numbers.floats(happened.values()),
                    labels.values()))
        .orElseGet(() -> new FeatureLeakage(seen.name(), labels.size(), 0, null, null, null));
  }
}
