package dev.penstock.platform.definition;

import java.util.List;

/**
 * Features computed when they are asked for, from the request's fields, {@code request_time} and
 * the stored features of the same service, which are columns {@code prefix__feature}.
 */
public record OnDemandViewDefinition(
    About about, List<ColumnDefinition> request, List<ExpressionLine> features)
    implements Definition {
  public OnDemandViewDefinition {
    request = List.copyOf(request);
    features = List.copyOf(features);
  }

  @Override
  public Kind kind() {
    return Kind.ON_DEMAND_VIEW;
  }
}
