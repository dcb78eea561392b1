package dev.penstock.app.server;

import com.fasterxml.jackson.core.io.SerializedString;
import dev.penstock.feature.FeatureStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The statuses of values as JSON strings, made once: every value of an answer has one. */
final class Statuses {
  private static final Map<FeatureStatus, SerializedString> OURS =
      new EnumMap<>(FeatureStatus.class);
  private static final SerializedString INVALID = new SerializedString("INVALID");

  static {
    for (FeatureStatus status : FeatureStatus.values()) {
      OURS.put(status, new SerializedString(status.name()));
    }
  }

  private Statuses() {}

  static SerializedString ours(FeatureStatus status) {
    return Objects.requireNonNull(OURS.get(status));
  }

  /** Feast knows no uncovered window and no overflow: for its clients such a value is invalid. */
  static SerializedString feast(FeatureStatus status) {
    return switch (status) {
      case PRESENT, NULL_VALUE, NOT_FOUND, OUTSIDE_MAX_AGE -> ours(status);
      case UNCOVERED, ERROR -> INVALID;
    };
  }
}
