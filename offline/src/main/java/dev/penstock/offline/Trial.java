package dev.penstock.offline;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Span;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureColumn;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Queries;
import dev.penstock.feature.ViewHistory;
import dev.penstock.feature.Visibility;
import dev.penstock.feature.Window;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A served answer that a view is to give over rows that were chosen, all of which it sees.
 *
 * @param keys the key asked about, a row
 * @param time the moment asked about, microseconds
 * @param served in the order of the view's features
 */
record Trial(FeatureView view, List<Column> keys, long time, List<FeatureValue> served) {
  /** Whether the view gives the served answer over these rows, to the bit. */
  boolean gives(Batch rows) {
    List<FeatureColumn> answers =
        ViewHistory.of(view, List.of(rows))
            .read(new Queries(keys, new long[] {time}), Visibility.AS_HAPPENED);
    return isServed(answers.stream().map(answer -> answer.answer(0)).toList());
  }

  boolean isServed(List<FeatureValue> answers) {
    return IntStream.range(0, served.size())
        .allMatch(i -> ParityReplay.sameValue(served.get(i), answers.get(i)));
  }

  /** Only some of the features, by their places. */
  Trial of(IntPredicate feature) {
    int[] places = IntStream.range(0, served.size()).filter(feature).toArray();
    return new Trial(
        with(IntStream.of(places).mapToObj(view.features()::get).toList(), view.retention()),
        keys,
        time,
        IntStream.of(places).mapToObj(served::get).toList());
  }

  /** As if every feature were over this window. */
  Trial over(Window window) {
    List<Feature> features =
        view.features().stream()
            .map(feature -> new Feature(feature.name(), feature.aggregate(), window))
            .toList();
    return new Trial(with(features, view.retention()), keys, time, served);
  }

  /** As if the view kept its rows for so long. */
  Trial keeping(Span retention) {
    return new Trial(with(view.features(), retention), keys, time, served);
  }

  private FeatureView with(List<Feature> features, Span retention) {
    return new FeatureView(
        view.name(),
        view.entity(),
        view.keyColumns(),
        view.where(),
        features,
        retention,
        view.maxAge(),
        view.changes(),
        view.upstream());
  }
}
