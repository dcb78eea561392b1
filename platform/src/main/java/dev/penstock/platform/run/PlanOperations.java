package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.SystemColumns;
import dev.penstock.platform.Dimensions;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.Compiled;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.compiled.DimensionFiles;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.definition.Project;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.plan.Apply;
import dev.penstock.platform.plan.Catalog;
import dev.penstock.platform.plan.ManifestCache;
import dev.penstock.platform.plan.Plan;
import dev.penstock.platform.plan.Plan.Action;
import dev.penstock.platform.plan.Plan.Change;
import dev.penstock.platform.plan.PlanAnswer;
import dev.penstock.platform.plan.Planner;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code penstock plan}, {@code apply} and {@code catalog}. */
final class PlanOperations {
  private static final int MOST_NAMED = 5;

  private final OpenProject project;

  PlanOperations(OpenProject project) {
    this.project = project;
  }

  Answer plan() {
    return PlanAnswer.of(Planner.plan(manifest(), project.registry()));
  }

  /**
   * Checks that the definitions this process works with are those that were applied. A server goes
   * on with the definitions it began with, whatever becomes of their files.
   *
   * @throws PenstockException {@code NOT_APPLIED} naming those that differ
   */
  void requireApplied() {
    List<String> changed =
        Planner.plan(project.compiled().manifest(), project.registry()).changes().stream()
            .filter(change -> change.action() != Action.DESCRIBED)
            .map(PlanOperations::named)
            .toList();
    if (!changed.isEmpty()) {
      int named = Math.min(MOST_NAMED, changed.size());
      throw new PenstockException(
          ErrorCode.NOT_APPLIED,
          "the definitions are not those that were applied: "
              + String.join(", ", changed.subList(0, named))
              + (named < changed.size() ? " and " + (changed.size() - named) + " more" : ""),
          "run penstock apply; penstock plan shows what it would change");
    }
  }

  /** {@code feature view 'delays' is stale}. */
  private static String named(Change change) {
    return change.kind().words()
        + " '"
        + change.name()
        + "' is "
        + change.action().name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tables first, then pins, then definitions: what is applied can always be used.
   *
   * @param flush moves what is live into the lake
   */
  Answer apply(Progress progress, Runnable flush) {
    project.reload();
    progress.stage("checking definitions");
    Plan plan = Planner.plan(manifest(), project.registry());
    List<String> done = new ArrayList<>();
    for (SourceDefinition source : project.project().definitions(SourceDefinition.class)) {
      if (source.isDimension()) {
        progress.stage("pinning " + source.name());
        add(
            done,
            SourceTables.ensure(
                project.lake(), source.name(), source.contract().with(SystemColumns.FIELDS)));
        if (Dimensions.pin(project, source)) {
          done.add("pinned " + source.name() + " as its file has it");
        }
      }
    }
    project.reload();
    List<SourceSpec> specs =
        project.compiled().sources().values().stream()
            .map(CompiledSource::spec)
            .filter(Objects::nonNull)
            .toList();
    if (specs.stream().anyMatch(spec -> SourceTables.changesOtherwise(project.lake(), spec))) {
      // Whether a source has rows decides, and they may be in the log alone.
      flush.run();
    }
    specs.forEach(spec -> add(done, SourceTables.ensureLog(project.lake(), spec)));
    project.compiled().sources().values().stream()
        .filter(source -> source.definition().files() != null)
        .forEach(source -> KeptContents.mark(project.table(source.name())));
    Apply.definitions(plan, project.registry(), Who.AM_I, project.now());
    Answer.Builder answer = Answer.builder();
    PlanAnswer.of(plan).parts().stream()
        .filter(
            part -> !(part instanceof Answer.Note note && note.text().startsWith("penstock apply")))
        .forEach(answer::add);
    done.forEach(answer::note);
    return answer.note(plan.isEmpty() ? "Nothing to apply." : "Applied.").build();
  }

  private static void add(List<String> done, String what) {
    if (!what.isEmpty()) {
      done.add(what);
    }
  }

  Answer listCatalog(@Nullable String kind) {
    return catalog().list(kind);
  }

  Answer searchCatalog(String words) {
    return catalog().search(words);
  }

  Answer showCatalog(String name) {
    return catalog().show(name);
  }

  Catalog catalog() {
    return new Catalog(manifest(), project.registry());
  }

  /** The project as its files are now, with dimensions as their files have them. */
  Manifest manifest() {
    return ManifestCache.in(project.workspace().state(), ProgramVersion.TEXT)
        .manifest(
            project.workspace().folder(),
            () -> {
              // This process may work with files as they were before.
              Project now =
                  Project.load(
                      project.workspace().folder(),
                      project.workspace().environment(),
                      System.getenv());
              return Compiled.of(now, DimensionFiles.of(now), project.engine()).manifest();
            });
  }
}
