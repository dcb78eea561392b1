package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.ingest.HistoryIngest;
import dev.penstock.platform.registry.LakeBranch;
import dev.penstock.platform.registry.LakeVersion;
import dev.penstock.platform.registry.LakeVersion.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code penstock version}: all tables at one moment, by a name. The registry says first what is to
 * be, then each table gets its tag, then the registry says that it is so: what a crash cuts short
 * is seen by nobody, and finished by {@link #repair}.
 */
final class VersionOperations {
  /** How the tag of a version begins, on every table. */
  static final String TAG = "version-";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final String NOW = "now";

  private final OpenProject project;
  private final BranchOperations branches;

  VersionOperations(OpenProject project) {
    this.project = project;
    this.branches = new BranchOperations(project);
  }

  /** Finishes what a crash cut short. */
  void repair() {
    HistoryIngest.dropAbandoned(project.lake());
    for (LakeVersion version : project.registry().versions().all()) {
      if (version.state() == State.MAKING) {
        make(version);
      } else if (version.state() == State.DROPPING) {
        unmake(version);
      }
    }
    branches.repair();
  }

  /** Names what every table holds; nothing is moved to the lake meanwhile. */
  Answer create(String name, String message) {
    requireFree(name);
    Map<String, @Nullable Long> snapshots = new HashMap<>();
    for (String table : project.lake().tables()) {
      OptionalLong current = project.lake().table(table).currentSnapshot();
      snapshots.put(table, current.isPresent() ? current.getAsLong() : null);
    }
    LakeVersion version = new LakeVersion(name, State.MAKING, message, project.now(), snapshots);
    project.registry().versions().add(version);
    make(version);
    project.registry().audit().append(project.now(), Who.AM_I, "version.create", name, message);
    return Answer.of("version " + name + " names " + tables(snapshots.size()));
  }

  private void make(LakeVersion version) {
    version
        .snapshots()
        .forEach(
            (table, snapshot) -> {
              if (snapshot != null) {
                project.lake().table(table).tag(TAG + version.name(), snapshot);
              }
            });
    project.registry().versions().state(version.name(), State.MADE);
  }

  Answer list() {
    Answer.Builder answer = Answer.builder();
    Answer.TableBuilder versions =
        answer
            .table("versions")
            .heading("version")
            .heading("made", Answer.Format.TIME)
            .heading("tables")
            .heading("rows")
            .heading("message");
    for (LakeVersion version : project.registry().versions().all()) {
      if (version.state() == State.MADE) {
        versions.row(
            version.name(),
            version.madeMicros(),
            version.snapshots().size(),
            rows(version),
            version.message());
      }
    }
    versions.end();
    List<LakeBranch> begun = project.registry().versions().branches();
    if (!begun.isEmpty()) {
      Answer.TableBuilder table =
          answer
              .table("branches")
              .heading("branch")
              .heading("of version")
              .heading("made", Answer.Format.TIME)
              .heading("tables");
      begun.forEach(
          branch ->
              table.row(
                  branch.name(), branch.version(), branch.madeMicros(), branch.starts().size()));
      table.end();
    }
    return answer.build();
  }

  private long rows(LakeVersion version) {
    long rows = 0;
    for (Map.Entry<String, @Nullable Long> table : version.snapshots().entrySet()) {
      Long snapshot = table.getValue();
      if (snapshot != null) {
        rows += project.lake().table(table.getKey()).snapshot(Ref.snapshot(snapshot)).rows();
      }
    }
    return rows;
  }

  Answer diff(String from, String to) {
    return new VersionDiff(project).of(snapshots(from), snapshots(to));
  }

  private Map<String, @Nullable Long> snapshots(String name) {
    if (!name.equals(NOW)) {
      return version(name).snapshots();
    }
    Map<String, @Nullable Long> snapshots = new TreeMap<>();
    for (String table : project.lake().tables()) {
      OptionalLong current = project.lake().table(table).currentSnapshot();
      snapshots.put(table, current.isPresent() ? current.getAsLong() : null);
    }
    return snapshots;
  }

  /** Begins a branch at a version. */
  Answer checkout(String name, String branch) {
    requireFree(branch);
    return branches.begin(version(name), branch);
  }

  /** Publishes a branch; nothing is moved to the lake meanwhile. */
  Answer merge(String branch) {
    return branches.merge(branch);
  }

  /** Forgets a version or a branch. */
  Answer drop(String name) {
    if (branches.find(name).isPresent()) {
      return branches.drop(name);
    }
    LakeVersion version = version(name);
    project.registry().versions().state(name, State.DROPPING);
    unmake(version);
    project.registry().audit().append(project.now(), Who.AM_I, "version.drop", name, "");
    return Answer.of("dropped version " + name);
  }

  private void unmake(LakeVersion version) {
    version
        .snapshots()
        .keySet()
        .forEach(table -> project.lake().table(table).dropTag(TAG + version.name()));
    project.registry().versions().remove(version.name());
  }

  private LakeVersion version(String name) {
    List<LakeVersion> made =
        project.registry().versions().all().stream()
            .filter(version -> version.state() == State.MADE)
            .toList();
    return made.stream()
        .filter(version -> version.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new PenstockException(
                    ErrorCode.NOT_FOUND,
                    "there is no version '" + name + "'",
                    Suggestion.among(name, made.stream().map(LakeVersion::name).toList())));
  }

  private void requireFree(String name) {
    if (!NAME.matcher(name).matches() || name.equals(NOW)) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "'" + name + "' is no name for a version or branch",
          "letters, digits, '.', '_' and '-', the first a letter or digit; not 'now'");
    }
    boolean version = project.registry().versions().find(name).isPresent();
    if (version || branches.find(name).isPresent()) {
      throw new PenstockException(
          ErrorCode.USAGE,
          "there is a " + (version ? "version" : "branch") + " '" + name + "' already",
          "choose another name");
    }
  }

  /** How many tables, in words. */
  static String tables(long count) {
    return count + (count == 1 ? " table" : " tables");
  }
}
