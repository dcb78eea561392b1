package dev.penstock.platform.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.penstock.platform.compiled.Manifest.Entry;
import dev.penstock.platform.plan.Plan.Action;
import dev.penstock.platform.plan.Plan.Change;
import dev.penstock.platform.registry.AppliedDefinition;
import dev.penstock.platform.registry.Registry;
import java.util.Locale;

/** Writes a plan into the registry. */
public final class Apply {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Apply() {}

  /**
   * Makes the registry what the plan says: definitions and one entry of the audit log, in one
   * transaction. Tables and pins are the caller's, who wraps them and this in a transaction of the
   * registry's.
   */
  public static void definitions(Plan plan, Registry registry, String who, long atMicros) {
    registry.transaction(
        () -> {
          for (Change change : plan.changes()) {
            if (change.action() == Action.REMOVED) {
              registry.definitions().retire(change.name(), atMicros);
            } else {
              Entry entry = plan.manifest().find(change.name()).orElseThrow();
              registry.definitions().apply(applied(entry, atMicros));
            }
          }
          if (!plan.isEmpty()) {
            registry
                .audit()
                .append(
                    atMicros, who, "apply", "project " + plan.manifest().project(), evidence(plan));
          }
        });
  }

  private static AppliedDefinition applied(Entry entry, long atMicros) {
    return new AppliedDefinition(
        entry.kind(),
        entry.name(),
        entry.fingerprint(),
        entry.canonical(),
        entry.owner(),
        entry.description(),
        entry.tags(),
        entry.sourceText(),
        atMicros);
  }

  private static String evidence(Plan plan) {
    ObjectNode evidence = JSON.createObjectNode();
    ArrayNode changes = evidence.putArray("changes");
    for (Change change : plan.changes()) {
      ObjectNode node = changes.addObject();
      node.put("action", change.action().name().toLowerCase(Locale.ROOT));
      node.put("kind", change.kind().key());
      node.put("name", change.name());
      if (change.before() != null) {
        node.put("before", change.before().hex());
      }
      if (change.after() != null) {
        node.put("after", change.after().hex());
      }
    }
    ArrayNode pins = evidence.putArray("pins");
    plan.pins()
        .forEach(
            pin ->
                pins.addObject()
                    .put("dimension", pin.dimension())
                    .put("content", pin.after().hex()));
    return evidence.toString();
  }
}
