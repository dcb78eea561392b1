package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.registry.LakeBranch;
import dev.penstock.platform.registry.LakeBranch.State;
import dev.penstock.platform.registry.LakeVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Branches of versions: on every table one of the same name. As with versions, the registry says
 * first what is to be, and what a crash cuts short is finished by {@link #repair}.
 */
final class BranchOperations {
  private final OpenProject project;

  BranchOperations(OpenProject project) {
    this.project = project;
  }

  /** Finishes what a crash cut short. */
  void repair() {
    for (LakeBranch branch : project.registry().versions().branches()) {
      switch (branch.state()) {
        case MAKING -> begin(branch);
        case MERGING -> finishOrLeave(branch);
        case DROPPING -> unmake(branch);
        case MADE -> {}
      }
    }
  }

  Optional<LakeBranch> find(String name) {
    return project.registry().versions().branches().stream()
        .filter(branch -> branch.name().equals(name))
        .findFirst();
  }

  /** Begins a branch, of a name that is free, on every table of a version. */
  Answer begin(LakeVersion version, String name) {
    Map<String, LakeBranch.Start> starts = new HashMap<>();
    version
        .snapshots()
        .forEach(
            (tableName, snapshot) -> {
              LakeTable table = project.lake().table(tableName);
              if (table.branches().containsKey(name)
                  || table.tags().containsKey(name)
                  || name.equals(LakeTable.MAIN)) {
                throw new PenstockException(
                    ErrorCode.USAGE,
                    "table '" + tableName + "' has a branch or tag '" + name + "' already",
                    "choose another name");
              }
              if (snapshot != null) {
                long content = content(tableName, snapshot);
                starts.put(tableName, new LakeBranch.Start(snapshot, content));
              }
            });
    LakeBranch begun =
        new LakeBranch(name, State.MAKING, version.name(), project.now(), Map.copyOf(starts));
    project.registry().versions().add(begun);
    begin(begun);
    audit("version.checkout", version.name() + " " + name);
    return Answer.of(
        "branch "
            + name
            + " begins at version "
            + version.name()
            + " on "
            + VersionOperations.tables(starts.size()));
  }

  private void begin(LakeBranch branch) {
    branch
        .starts()
        .forEach(
            (table, start) -> project.lake().table(table).branch(branch.name(), start.snapshot()));
    state(branch, State.MADE);
  }

  Answer merge(String name) {
    LakeBranch branch =
        find(name)
            .orElseThrow(
                () ->
                    new PenstockException(
                        ErrorCode.NOT_FOUND,
                        "there is no branch '" + name + "' of a version",
                        Suggestion.among(name, names())));
    List<String> conflicts = conflicts(branch);
    if (!conflicts.isEmpty()) {
      throw new PenstockException(
          ErrorCode.CONFLICT_RETRY,
          "changed both on branch '" + name + "' and since: " + String.join(", ", conflicts),
          "nothing was merged; begin a branch at what is published now, and drop this one");
    }
    long changed =
        branch.starts().keySet().stream().filter(table -> isChanged(branch, table)).count();
    state(branch, State.MERGING);
    finish(branch);
    audit("version.merge", name);
    return Answer.of(
        "merged branch " + name + ", with changes to " + VersionOperations.tables(changed));
  }

  private List<String> names() {
    return project.registry().versions().branches().stream().map(LakeBranch::name).toList();
  }

  /** The tables that have other rows both on the branch and published. */
  private List<String> conflicts(LakeBranch branch) {
    return branch.starts().keySet().stream()
        .filter(table -> isChanged(branch, table) && isPublishedOver(branch, table))
        .sorted()
        .toList();
  }

  /** Whether the branch of a table holds other rows than it began with. */
  private boolean isChanged(LakeBranch branch, String table) {
    Long head = project.lake().table(table).branches().get(branch.name());
    return head != null && content(table, head) != branch.content(table);
  }

  /** Whether other rows are published than those the branch began with. */
  private boolean isPublishedOver(LakeBranch branch, String table) {
    OptionalLong current = project.lake().table(table).currentSnapshot();
    return current.isEmpty() || content(table, current.getAsLong()) != branch.content(table);
  }

  private long content(String table, long snapshot) {
    return project.lake().table(table).snapshot(Ref.snapshot(snapshot)).content();
  }

  /**
   * A merge that failed in a process that went on may have met new rows since: the tables it has
   * not published then stay on the branch, for a person to look at and to drop.
   */
  private void finishOrLeave(LakeBranch branch) {
    if (conflicts(branch).isEmpty()) {
      finish(branch);
    } else {
      state(branch, State.MADE);
    }
  }

  private void finish(LakeBranch branch) {
    branch
        .starts()
        .forEach(
            (name, start) -> {
              LakeTable table = project.lake().table(name);
              if (isChanged(branch, name)) {
                table.publishOver(branch.name(), start.content());
              } else {
                table.dropBranch(branch.name());
              }
            });
    project.registry().versions().removeBranch(branch.name());
  }

  /** Forgets a branch; rows that were only there are gone. */
  Answer drop(String name) {
    LakeBranch branch = find(name).orElseThrow();
    state(branch, State.DROPPING);
    unmake(branch);
    audit("version.drop", name);
    return Answer.of("dropped branch " + name);
  }

  private void unmake(LakeBranch branch) {
    branch
        .starts()
        .keySet()
        .forEach(table -> project.lake().table(table).dropBranch(branch.name()));
    project.registry().versions().removeBranch(branch.name());
  }

  private void state(LakeBranch branch, State state) {
    project.registry().versions().branchState(branch.name(), state);
  }

  private void audit(String action, String subject) {
    project.registry().audit().append(project.now(), Who.AM_I, action, subject, "");
  }
}
