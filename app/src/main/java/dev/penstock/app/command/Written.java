package dev.penstock.app.command;

import dev.penstock.platform.command.FeatureSelection;
import dev.penstock.platform.command.Operations.Assignment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** Reads what options say. */
public final class Written {
  private Written() {}

  /** {@code airport=JFK}. */
  public static Assignment assignment(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new TypeConversionException("'" + text + "' is not NAME=VALUE");
    }
    return new Assignment(text.substring(0, equals), text.substring(equals + 1));
  }

  /** What {@code --service} or {@code --features} select; null if neither was given. */
  static @Nullable FeatureSelection selection(@Nullable String service, List<String> references) {
    if (service != null) {
      return new FeatureSelection.Service(service);
    }
    return references.isEmpty() ? null : new FeatureSelection.References(references);
  }
}
