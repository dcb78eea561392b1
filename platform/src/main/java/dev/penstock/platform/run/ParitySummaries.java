package dev.penstock.platform.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.feedback.ParityCheck;
import dev.penstock.feedback.ParitySummary;
import dev.penstock.feedback.ParitySummary.Reason;
import dev.penstock.offline.Explanation;
import dev.penstock.offline.ParityReport;
import dev.penstock.platform.registry.AuditEntry;
import dev.penstock.platform.registry.AuditLog;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parity as the report shows it, and as the audit log keeps it for the report. */
final class ParitySummaries {
  /** The action of the audit's entries; their subject is the model. */
  static final String ACTION = "parity";

  private static final ObjectMapper MAPPER =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private ParitySummaries() {}

  /**
   * What the audit log keeps of a check.
   *
   * @param logged how many answers there were, the sample among them
   * @param seed what the sample was drawn by
   */
  record Evidence(ParitySummary summary, int logged, long seed) {
    String toJson() {
      return MAPPER.valueToTree(this).toString();
    }
  }

  /** The latest check of a model's answers; null before the first. */
  static @Nullable ParityCheck latest(AuditLog audit, String model, int logged) {
    AuditEntry newest = null;
    for (AuditEntry entry : audit.of(ACTION)) {
      if (entry.subject().equals(model)) {
        newest = entry;
      }
    }
    if (newest == null) {
      return null;
    }
    try {
      Evidence evidence = MAPPER.readValue(newest.evidence(), Evidence.class);
      return new ParityCheck(newest.atMicros(), evidence.summary(), logged - evidence.logged());
    } catch (JsonProcessingException e) {
      throw new PenstockException(
          ErrorCode.STATE_CORRUPT,
          null,
          "entry " + newest.number() + " of the audit log cannot be read",
          "run penstock parity again",
          e);
    }
  }

  static ParitySummary of(ParityReport report) {
    Map<String, Reason> byAnswer = new LinkedHashMap<>();
    List<ParitySummary.Difference> differences = new ArrayList<>();
    for (ParityReport.Mismatch mismatch : report.mismatches()) {
      Reason reason = reason(mismatch.explanation().cause());
      byAnswer.putIfAbsent(mismatch.id(), reason);
      for (ParityReport.Difference difference : mismatch.differences()) {
        differences.add(
            new ParitySummary.Difference(
                mismatch.id(),
                mismatch.view() + "__" + difference.feature(),
                String.valueOf(difference.served().value()),
                String.valueOf(difference.replayed().value()),
                reason,
                mismatch.explanation().rows().stream()
                    .map(Explanation.NamedRow::id)
                    .limit(3)
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("")));
      }
    }
    Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    byAnswer.values().forEach(reason -> reasons.merge(reason, 1L, Long::sum));
    long unexplained = (long) report.sample() - report.equal() - byAnswer.size();
    if (unexplained > 0) {
      reasons.merge(Reason.BUG, unexplained, Long::sum);
    }
    Map<Reason, Long> notReplayed = new EnumMap<>(Reason.class);
    report
        .notReplayed()
        .forEach((cause, answers) -> notReplayed.merge(reason(cause), (long) answers, Long::sum));
    return new ParitySummary(
        report.sample(),
        report.equal(),
        report.features(),
        report.present(),
        reasons,
        notReplayed,
        differences);
  }

  private static Reason reason(Explanation.Cause cause) {
    return switch (cause) {
      case READ_TOO_EARLY, POSITION_TOO_LOW -> Reason.LATE;
      case TIE -> Reason.TIE;
      case RETENTION -> Reason.RETENTION;
      case VERSION -> Reason.VERSION;
      case ROW_LOST, ROW_TWICE, WINDOW_EDGE, UNEXPLAINED -> Reason.BUG;
    };
  }
}
