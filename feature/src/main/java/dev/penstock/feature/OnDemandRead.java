package dev.penstock.feature;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.Field;
import dev.penstock.data.LongColumn;
import dev.penstock.data.Scalar;
import java.util.ArrayList;
import java.util.List;

/** Computes a service's on-demand features, for serving and for training alike. */
public final class OnDemandRead {
  private OnDemandRead() {}

  /**
   * The stored columns and after them the on-demand ones, as {@link FeatureService#columns} orders
   * them.
   *
   * @param request has the views' request fields; other columns are not seen
   * @param times each row's moment
   * @param stored the service's stored columns, by their full names
   */
  public static List<FeatureColumn> append(
      FeatureService service, Batch request, long[] times, List<FeatureColumn> stored) {
    List<FeatureColumn> all = new ArrayList<>(stored);
    for (OnDemandView view : service.onDemand()) {
      Batch seen = seen(view, request, times, stored);
      for (OnDemandFeature feature : view.features()) {
        Column values = feature.expression().evaluate(seen);
        byte[] statuses = new byte[times.length];
        for (int row = 0; row < statuses.length; row++) {
          statuses[row] =
              (values.isNull(row) ? FeatureStatus.NULL_VALUE : FeatureStatus.PRESENT).code();
        }
        all.add(new FeatureColumn(view.name() + "__" + feature.name(), values, statuses));
      }
    }
    return all;
  }

  private static Batch seen(
      OnDemandView view, Batch request, long[] times, List<FeatureColumn> stored) {
    List<String> fields = view.requestFields().stream().map(Field::name).toList();
    List<Field> more = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    more.add(Field.required(OnDemandView.REQUEST_TIME, Scalar.TIMESTAMP));
    columns.add(new LongColumn(Scalar.TIMESTAMP, times, null));
    for (FeatureColumn column : stored) {
      more.add(Field.of(column.name(), column.values().type()));
      columns.add(column.values());
    }
    return request.select(fields).with(more, columns);
  }
}
