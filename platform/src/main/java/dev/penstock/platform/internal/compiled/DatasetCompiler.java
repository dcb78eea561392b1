package dev.penstock.platform.internal.compiled;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Suggestion;
import dev.penstock.data.Type;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.ServiceView;
import dev.penstock.platform.compiled.CompiledDataset;
import dev.penstock.platform.compiled.CompiledRows;
import dev.penstock.platform.compiled.CompiledService;
import dev.penstock.platform.definition.DatasetDefinition;
import dev.penstock.platform.definition.DatasetDefinition.Mode;
import dev.penstock.platform.definition.DatasetDefinition.Split;
import dev.penstock.platform.definition.Written;
import dev.penstock.quality.Check;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Compiles datasets. */
final class DatasetCompiler {
  private DatasetCompiler() {}

  static Optional<CompiledDataset> compile(Compilation compilation, DatasetDefinition dataset) {
    Optional<CompiledRows> spine = compilation.rows(dataset.spine());
    Optional<CompiledRows> labels = compilation.rows(dataset.label().from());
    Optional<CompiledService> service = compilation.service(dataset.features().text());
    if (spine.isEmpty() || labels.isEmpty() || service.isEmpty()) {
      return Optional.empty();
    }
    int before = compilation.problemCount();
    timed(compilation, dataset.spine(), spine.get());
    timed(compilation, dataset.label().from(), labels.get());
    staying(compilation, dataset.spine(), spine.get());
    staying(compilation, dataset.label().from(), labels.get());
    Written condition = dataset.where();
    Optional<Expression> where =
        condition == null
            ? Optional.empty()
            : compilation.expression(condition, spine.get().schema(), Scalar.BOOLEAN, "'where'");
    Optional<Expression> label =
        compilation.expression(dataset.label().value(), labels.get().schema(), null, "the label");
    label.ifPresent(value -> label(compilation, dataset, value.type()));
    for (Written column : dataset.label().join()) {
      join(compilation, column, spine.get(), labels.get());
    }
    request(compilation, dataset, spine.get().schema(), service.get());
    List<Check> checks =
        SourceCompiler.checks(
            compilation, dataset.checks(), new Schema(service.get().service().columns()));
    if (compilation.problemCount() > before || label.isEmpty()) {
      return Optional.empty();
    }
    if (dataset.mode() == Mode.AS_HAPPENED && !seenOnly(compilation, dataset, service.get())) {
      return Optional.empty();
    }
    compilation.canonical(
        dataset.name(), canonical(compilation, dataset, where, label.get(), checks).done());
    return Optional.of(
        new CompiledDataset(
            dataset,
            spine.get(),
            where.orElse(null),
            labels.get(),
            label.get(),
            dataset.label().join().stream().map(Written::text).toList(),
            service.get(),
            checks));
  }

  private static Canonicals canonical(
      Compilation compilation,
      DatasetDefinition dataset,
      Optional<Expression> where,
      Expression label,
      List<Check> checks) {
    List<String> join = dataset.label().join().stream().map(Written::text).toList();
    Canonicals canonical =
        new Canonicals(compilation, dataset)
            .part("spine", dataset.spine())
            .part("label " + dataset.label().name(), label.text())
            .part("label from", dataset.label().from())
            .part("label join", join.isEmpty() ? "id" : String.join(", ", join))
            .part("features", dataset.features())
            .part("mode", dataset.mode() == Mode.AS_SEEN ? "as_seen" : "as_happened")
            .semantics(label.semantics())
            .on(dataset.spine().text())
            .on(dataset.label().from().text())
            .on(dataset.features().text());
    where.ifPresent(
        condition -> canonical.part("where", condition.text()).semantics(condition.semantics()));
    for (Split split : dataset.splits()) {
      canonical.part(
          "split " + split.name(),
          time(split.fromMicros())
              + " to "
              + time(split.toMicros())
              + (split.cutMicros() == split.toMicros() ? "" : " cut " + time(split.cutMicros())));
    }
    SourceCompiler.own(canonical, checks);
    return canonical;
  }

  private static String time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
  }

  /** Whether the service can be asked for rows as they happened: no view of it is chained. */
  private static boolean seenOnly(
      Compilation compilation, DatasetDefinition dataset, CompiledService service) {
    List<String> chained =
        service.service().views().stream()
            .map(ServiceView::view)
            .filter(view -> view.upstream() != null)
            .map(FeatureView::name)
            .distinct()
            .toList();
    if (!chained.isEmpty()) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          dataset.features().place(),
          "as_happened is asked of "
              + String.join(", ", chained)
              + ", whose rows are another view's values as they were when rows came",
          "write mode: as_seen, or leave such views out of the service");
    }
    return chained.isEmpty();
  }

  private static void timed(Compilation compilation, Written name, CompiledRows rows) {
    if (rows.rootSource() == null) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          name.place(),
          "'" + name + "' is not row-wise: its rows have no time at which they were seen",
          "name a source, or a transform that selects from one");
    } else if (rows.isTimeless()) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          name.place(),
          "the rows of '" + name + "' have no event time",
          "a dimension is neither spine nor label");
    }
  }

  /** Which of a changing row's versions asked, or had come by the cut, is not kept track of. */
  private static void staying(Compilation compilation, Written name, CompiledRows rows) {
    if (compilation.changes(rows) == ChangelogMode.RETRACT) {
      compilation.problem(
          ErrorCode.UNSUPPORTED,
          name.place(),
          "rows of '" + name + "' change, and those of a spine or of labels must stay",
          "name a source of events that has no 'changes'; features may be made of rows that"
              + " change");
    }
  }

  private static void label(Compilation compilation, DatasetDefinition dataset, Type type) {
    if (type != Scalar.BOOLEAN && !type.isNumeric()) {
      compilation.problem(
          ErrorCode.TYPE_MISMATCH,
          dataset.label().value().place(),
          "a label is a boolean or a number, and this is " + type,
          "");
    }
  }

  private static void join(
      Compilation compilation, Written column, CompiledRows spine, CompiledRows labels) {
    for (CompiledRows rows : List.of(spine, labels)) {
      if (!rows.schema().contains(column.text())) {
        compilation.problem(
            ErrorCode.COLUMN_NOT_FOUND,
            column.place(),
            "column '" + column + "' is not in '" + rows.name() + "'",
            Suggestion.among(column.text(), rows.schema().names()));
        return;
      }
    }
    Type first = spine.schema().field(column.text()).type();
    Type second = labels.schema().field(column.text()).type();
    if (!ViewCompiler.sameKey(first, second)) {
      compilation.problem(
          ErrorCode.TYPE_MISMATCH,
          column.place(),
          "'" + column + "' is " + first + " in the spine and " + second + " in the labels",
          "");
    }
  }

  private static void request(
      Compilation compilation, DatasetDefinition dataset, Schema spine, CompiledService service) {
    for (Field field : service.request()) {
      if (!spine.contains(field.name())) {
        compilation.problem(
            ErrorCode.COLUMN_NOT_FOUND,
            dataset.features().place(),
            "service '"
                + service.name()
                + "' asks for '"
                + field.name()
                + "', which the spine '"
                + dataset.spine()
                + "' has not",
            Suggestion.among(field.name(), spine.names()));
      } else if (!ViewCompiler.sameKey(field.type(), spine.field(field.name()).type())) {
        compilation.problem(
            ErrorCode.TYPE_MISMATCH,
            dataset.features().place(),
            "service '"
                + service.name()
                + "' asks for '"
                + field
                + "', and in the spine it is "
                + spine.field(field.name()).type(),
            "");
      }
    }
  }
}
