package dev.penstock.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The written form of a {@link Profile}. Exact sums are decimals in text; mean and standard
 * deviation are written for readers and not read back.
 */
final class ProfileJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ProfileJson() {}

  static String write(Profile profile) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("rows", profile.rows());
    ArrayNode columns = root.putArray("columns");
    profile.columns().forEach(column -> write(column, columns.addObject()));
    return root.toString();
  }

  private static void write(ColumnProfile column, ObjectNode node) {
    Counts counts = column.counts();
    node.put("name", column.field().name())
        .put("type", column.field().type().toString())
        .put("nullable", column.field().nullable())
        .put("rows", counts.rows())
        .put("nulls", counts.nulls())
        .put("nans", counts.nans())
        .put("positive_infinities", counts.positiveInfinities())
        .put("negative_infinities", counts.negativeInfinities())
        .put("zeros", counts.zeros())
        .put("empties", counts.empties())
        .put("trues", counts.trues());
    node.set("min", value(column.min()));
    node.set("max", value(column.max()));
    Moments moments = column.moments();
    if (moments != null) {
      node.putObject("moments")
          .put("count", moments.count())
          .put("sum", moments.sum().toString())
          .put("sum_of_squares", moments.sumOfSquares().toString())
          .put("mean", moments.mean())
          .put("standard_deviation", moments.standardDeviation());
    }
    QuantileSketch quantiles = column.quantiles();
    if (quantiles != null) {
      ArrayNode pairs = node.putArray("quantiles");
      int[] buckets = quantiles.buckets();
      long[] bucketCounts = quantiles.counts();
      for (int i = 0; i < buckets.length; i++) {
        pairs.addArray().add(buckets[i]).add(bucketCounts[i]);
      }
    }
    Frequencies frequencies = column.frequencies();
    if (frequencies != null) {
      node.put("overflowed", frequencies.overflowed());
      ArrayNode pairs = node.putArray("frequencies");
      for (Frequencies.Entry entry : frequencies.top(Frequencies.MOST_VALUES)) {
        pairs.addArray().add(value(entry.value())).add(entry.count());
      }
    }
  }

  private static JsonNode value(@Nullable Object value) {
    if (value instanceof Long whole) {
      return MAPPER.getNodeFactory().numberNode(whole);
    } else if (value instanceof Double real) {
      return MAPPER.getNodeFactory().numberNode(real);
    } else if (value instanceof Boolean bool) {
      return MAPPER.getNodeFactory().booleanNode(bool);
    } else if (value == null) {
      return MAPPER.getNodeFactory().nullNode();
    }
    return MAPPER.getNodeFactory().textNode(value.toString());
  }

  static Profile read(String json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (root.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException("format " + root.path("format"));
      }
      List<Field> fields = new ArrayList<>();
      List<ColumnProfile> columns = new ArrayList<>();
      for (JsonNode node : root.path("columns")) {
        ColumnProfile column = read(node);
        fields.add(column.field());
        columns.add(column);
      }
      return new Profile(new Schema(fields), root.path("rows").asLong(), columns);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new PenstockException(
          ErrorCode.FILE_CORRUPT,
          null,
          "this is no written form of a profile: " + e.getMessage(),
          "profile the rows again",
          e);
    }
  }

  private static ColumnProfile read(JsonNode node) {
    Type type = Type.parse(node.path("type").asText());
    Counts counts =
        new Counts(
            node.path("rows").asLong(),
            node.path("nulls").asLong(),
            node.path("nans").asLong(),
            node.path("positive_infinities").asLong(),
            node.path("negative_infinities").asLong(),
            node.path("zeros").asLong(),
            node.path("empties").asLong(),
            node.path("trues").asLong());
    JsonNode moments = node.path("moments");
    return new ColumnProfile(
        new Field(node.path("name").asText(), type, node.path("nullable").asBoolean()),
        counts,
        value(type, node.path("min")),
        value(type, node.path("max")),
        moments.isMissingNode()
            ? null
            : new Moments(
                moments.path("count").asLong(),
                new BigDecimal(moments.path("sum").asText()),
                new BigDecimal(moments.path("sum_of_squares").asText())),
        node.has("frequencies") ? frequencies(type, node) : null,
        node.has("quantiles") ? quantiles(node.path("quantiles")) : null);
  }

  private static Frequencies frequencies(Type type, JsonNode node) {
    Map<Object, Long> counted = new HashMap<>();
    for (JsonNode pair : node.path("frequencies")) {
      Object value = value(type, pair.path(0));
      if (value == null) {
        throw new IllegalArgumentException("a frequency of null");
      }
      counted.put(value, pair.path(1).asLong());
    }
    return new Frequencies(counted, node.path("overflowed").asBoolean());
  }

  private static QuantileSketch quantiles(JsonNode pairs) {
    int[] buckets = new int[pairs.size()];
    long[] counts = new long[pairs.size()];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = pairs.path(i).path(0).asInt();
      counts[i] = pairs.path(i).path(1).asLong();
    }
    return QuantileSketch.of(buckets, counts);
  }

  private static @Nullable Object value(Type type, JsonNode node) {
    if (node.isNull() || node.isMissingNode()) {
      return null;
    } else if (type instanceof Type.Decimal) {
      return new BigDecimal(node.asText());
    } else if (type == Scalar.STRING) {
      return node.asText();
    } else if (type == Scalar.BOOLEAN) {
      return node.asBoolean();
    } else if (type == Scalar.FLOAT32 || type == Scalar.FLOAT64) {
      return node.asDouble();
    }
    return node.asLong();
  }
}
