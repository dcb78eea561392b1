package dev.penstock.platform.plan;

import dev.penstock.data.Fingerprint;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.plan.Plan.Action;
import dev.penstock.platform.plan.Plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan, to be read. */
public final class PlanAnswer {
  private PlanAnswer() {}

  public static Answer of(Plan plan) {
    Answer.Builder answer = Answer.builder();
    answer.note(summary(plan));
    if (!plan.changes().isEmpty()) {
      changes(plan, answer);
    }
    if (!plan.pins().isEmpty()) {
      Answer.TableBuilder table =
          answer.table("dimensions").heading("dimension").heading("file").heading("content");
      plan.pins()
          .forEach(pin -> table.row(pin.dimension(), pin.file(), arrow(pin.before(), pin.after())));
      table.end();
    }
    if (!plan.outdated().isEmpty()) {
      Answer.TableBuilder table =
          answer
              .table("outdated")
              .heading("kind")
              .heading("name")
              .heading("version")
              .heading("made by definition");
      plan.outdated()
          .forEach(
              one ->
                  table.row(
                      one.kind().words(),
                      one.name(),
                      one.version(),
                      arrow(one.madeBy(), one.now())));
      table.end();
      answer.note("What is outdated stays as it is; penstock run makes it again.");
    }
    if (!plan.isEmpty()) {
      answer.note("penstock apply makes it so.");
    }
    return answer.build();
  }

  private static void changes(Plan plan, Answer.Builder answer) {
    Answer.TableBuilder table =
        answer
            .table("changes")
            .heading("action")
            .heading("kind")
            .heading("name")
            .heading("fingerprint")
            .heading("why");
    for (Change change : plan.changes()) {
      table.row(
          change.action().name().toLowerCase(Locale.ROOT),
          change.kind().words(),
          change.name(),
          arrow(change.before(), change.after()),
          String.join("; ", change.why()));
    }
    table.end();
  }

  /** {@code Project flights: 2 new, 1 changed, 1 stale, 20 unchanged.} */
  private static String summary(Plan plan) {
    List<String> counts = new ArrayList<>();
    for (Action action : Action.values()) {
      int count = plan.changes(action).size();
      if (count > 0) {
        counts.add(count + " " + action.name().toLowerCase(Locale.ROOT));
      }
    }
    if (!plan.pins().isEmpty()) {
      counts.add(plan.pins().size() + " to pin");
    }
    String project = "Project " + plan.manifest().project() + ": ";
    if (counts.isEmpty()) {
      return project + "nothing to do, " + plan.unchanged() + " unchanged.";
    }
    counts.add(plan.unchanged() + " unchanged");
    return project + String.join(", ", counts) + ".";
  }

  private static String arrow(@Nullable Fingerprint before, @Nullable Fingerprint after) {
    if (before == null || after == null) {
      return before != null ? before.shown() : after != null ? after.shown() : "";
    }
    return before.equals(after) ? after.shown() : before.shown() + " → " + after.shown();
  }
}
