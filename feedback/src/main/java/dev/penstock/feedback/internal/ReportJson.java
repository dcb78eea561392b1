package dev.penstock.feedback.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.feedback.LoopReport;

/** The report for a program: the tree of records as it is, in the order of their components. */
public final class ReportJson {
  /** The version of the form. */
  static final int FORMAT = 1;

  private static final ObjectMapper MAPPER =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private ReportJson() {}

  public static String of(LoopReport loop) {
    JsonNode tree = MAPPER.valueToTree(loop);
    ObjectNode root = MAPPER.createObjectNode();
    root.put("format", FORMAT);
    tree.properties().forEach(entry -> root.set(entry.getKey(), entry.getValue()));
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    try {
      return MAPPER.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new AssertionError("records of plain values can always be written", e);
    }
  }
}
