package dev.penstock.feature.internal;

import static dev.penstock.feature.internal.NaiveAggregate.error;
import static dev.penstock.feature.internal.NaiveAggregate.present;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.FeatureValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The naive twin's lists, sets and counts of values. */
final class NaiveLists {
  private final Aggregate aggregate;
  private final Type type;
  private final List<Object> values;

  NaiveLists(Aggregate aggregate, List<Object> values) {
    this.aggregate = aggregate;
    this.type = aggregate.arguments().get(0).type();
    this.values = values;
  }

  FeatureValue value() {
    List<Double> parameters = aggregate.parameters();
    int number = parameters.get(parameters.size() - 1).intValue();
    List<Object> distinct = distinct();
    boolean beyond = distinct.size() > number;
    return switch (aggregate.function()) {
      case FIRST_N -> list(values.subList(0, Math.min(number, values.size())));
      case LAST_N -> list(values.subList(Math.max(0, values.size() - number), values.size()));
      case COLLECT_LIST -> values.size() > number ? error() : list(values);
      case COLLECT_SET -> beyond ? error() : list(distinct);
      case DISTINCT_COUNT -> beyond ? error() : present((long) distinct.size());
      case HISTOGRAM ->
          beyond
              ? error()
              : present(
                  distinct.stream()
                      .map(value -> name(type, value) + ":" + times(value))
                      .collect(Collectors.joining(",", "{", "}")));
      case TOP_K -> {
        // The sort is stable, so equally frequent values stay in their own order.
        List<Object> top = new ArrayList<>(distinct);
        top.sort(Comparator.comparingLong(value -> -times(value)));
        yield beyond
            ? error()
            : present(
                top.subList(0, (int) Math.min(aggregate.parameter(), top.size())).stream()
                    .map(value -> "[" + json(type, value) + "," + times(value) + "]")
                    .collect(Collectors.joining(",", "[", "]")));
      }
      default -> throw new AssertionError(aggregate.function());
    };
  }

  private List<Object> distinct() {
    List<Object> sorted = new ArrayList<>();
    for (Object value : values) {
      if (sorted.stream().noneMatch(other -> Answers.sameBits(other, value))) {
        sorted.add(value);
      }
    }
    if (type != Scalar.BINARY) {
      sorted.sort(NaiveLists::compare);
    }
    return sorted;
  }

  private long times(Object value) {
    return values.stream().filter(other -> Answers.sameBits(other, value)).count();
  }

  static int compare(Object a, Object b) {
    if (a instanceof Boolean flag) {
      return Boolean.compare(flag, (boolean) b);
    } else if (a instanceof String text) {
      return compareCodePoints(text, (String) b);
    } else if (a instanceof BigDecimal decimal) {
      return decimal.compareTo((BigDecimal) b);
    }
    return NaiveAggregate.compare(a, b);
  }

  private static int compareCodePoints(String a, String b) {
    int[] as = a.codePoints().toArray();
    int[] bs = b.codePoints().toArray();
    for (int i = 0; i < Math.min(as.length, bs.length); i++) {
      if (as[i] != bs[i]) {
        return Integer.compare(as[i], bs[i]);
      }
    }
    return Integer.compare(as.length, bs.length);
  }

  private FeatureValue list(List<Object> listed) {
    return present(
        listed.stream().map(value -> json(type, value)).collect(Collectors.joining(",", "[", "]")));
  }

  static String name(Type type, Object value) {
    return "\"" + bare(type, value) + "\"";
  }

  static String json(Type type, Object value) {
    boolean number =
        value instanceof Number real
            && Double.isFinite(real.doubleValue())
            && type != Scalar.DATE
            && type != Scalar.TIMESTAMP
            && type != Scalar.LOCAL_TIMESTAMP;
    return number || value instanceof Boolean ? bare(type, value) : name(type, value);
  }

  private static String bare(Type type, Object value) {
    if (value instanceof Double || value instanceof Float) {
      return JsonText.real(type, ((Number) value).doubleValue());
    } else if (type == Scalar.DATE) {
      return LocalDate.ofEpochDay((int) value).toString();
    } else if (type == Scalar.TIMESTAMP || type == Scalar.LOCAL_TIMESTAMP) {
      long seconds = Math.floorDiv((long) value, 1_000_000L);
      long nanos = Math.floorMod((long) value, 1_000_000L) * 1_000;
      return type == Scalar.TIMESTAMP
          ? Instant.ofEpochSecond(seconds, nanos).toString()
          : LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC).toString();
    }
    return value.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\0", "\\u0000");
  }
}
