package dev.penstock.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.List;

/** The written form of {@link ReferenceBins}. */
final class BinsJson {
  private static final int FORMAT = 1;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private BinsJson() {}

  static String write(ReferenceBins bins) {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    root.put("type", bins.type().toString());
    if (bins instanceof NumericBins numeric) {
      // As text, because JSON has no infinity.
      ArrayNode cuts = root.putArray("cuts");
      numeric.cuts().forEach(cut -> cuts.add(Double.toString(cut)));
    } else if (bins instanceof CategoricalBins categorical) {
      categorical.frequent().forEach(root.putArray("frequent")::add);
      categorical.rare().forEach(root.putArray("rare")::add);
      root.put("forgotten", categorical.forgotten());
    }
    ArrayNode counts = root.putArray("counts");
    bins.counts().forEach(counts::add);
    return root.toString();
  }

  static ReferenceBins read(String json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (root.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException("format " + root.path("format"));
      }
      Type type = Type.parse(root.path("type").asText());
      List<Long> counts = new ArrayList<>();
      root.path("counts").forEach(count -> counts.add(count.asLong()));
      if (Bins.isCategorical(type)) {
        return new CategoricalBins(
            type,
            texts(root.path("frequent")),
            texts(root.path("rare")),
            root.path("forgotten").asBoolean(),
            counts);
      }
      return new NumericBins(
          type, texts(root.path("cuts")).stream().map(Double::valueOf).toList(), counts);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new PenstockException(
          ErrorCode.FILE_CORRUPT,
          null,
          "this is no written form of reference bins: " + e.getMessage(),
          "take a new reference",
          e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
