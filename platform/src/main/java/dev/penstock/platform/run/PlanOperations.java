package dev.penstock.platform.run;

import dev.penstock.data.Schema;
import dev.penstock.data.SystemColumns;
import dev.penstock.platform.Dimensions;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Progress;
import dev.penstock.platform.compiled.Compiled;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.platform.compiled.DimensionFiles;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.definition.SourceDefinition;
import dev.penstock.platform.ingest.SourceTables;
import dev.penstock.platform.plan.Apply;
import dev.penstock.platform.plan.Catalog;
import dev.penstock.platform.plan.ManifestCache;
import dev.penstock.platform.plan.Plan;
import dev.penstock.platform.plan.PlanAnswer;
import dev.penstock.platform.plan.Planner;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code penstock plan}, {@code apply} and {@code catalog}. */
final class PlanOperations {
  private final OpenProject project;

  PlanOperations(OpenProject project) {
    this.project = project;
  }

  Answer plan() {
    return PlanAnswer.of(Planner.plan(manifest(), project.registry()));
  }

  /** Tables first, then pins, then definitions: what is applied can always be used. */
  Answer apply(Progress progress) {
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
    Compiled compiled = project.compiled();
    for (CompiledSource source : compiled.sources().values()) {
      if (source.spec() != null) {
        Schema wanted = source.spec().acceptedSchema();
        add(done, SourceTables.ensure(project.lake(), source.name(), wanted));
      }
    }
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
            () ->
                Compiled.of(
                        project.project(), DimensionFiles.of(project.project()), project.engine())
                    .manifest());
  }
}
