package dev.penstock.platform.run;

import dev.penstock.feedback.ParitySummary;
import dev.penstock.feedback.ParitySummary.Reason;
import dev.penstock.offline.Explanation;
import dev.penstock.offline.ParityReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parity as the report shows it. */
final class ParitySummaries {
  private ParitySummaries() {}

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
      case RETENTION -> Reason.RETENTION;
      case VERSION -> Reason.VERSION;
      case ROW_LOST, ROW_TWICE, WINDOW_EDGE, UNEXPLAINED -> Reason.BUG;
    };
  }
}
