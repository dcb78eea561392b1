package dev.penstock.platform.run;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Suggestion;
import dev.penstock.lake.LakeTable;
import dev.penstock.lake.Ref;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.registry.LakeVersion;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which state of a table a person means: a version, a tag, a branch, a snapshot or a moment. */
final class PastStates {
  private final OpenProject project;

  PastStates(OpenProject project) {
    this.project = project;
  }

  /**
   * The state meant; null where the table had no rows yet.
   *
   * @throws PenstockException {@code NOT_FOUND}
   */
  @Nullable Ref of(LakeTable table, String text) {
    Optional<LakeVersion> version =
        project
            .registry()
            .versions()
            .find(text)
            .filter(known -> known.state() == LakeVersion.State.MADE);
    return version.isPresent() ? of(table, version.get()) : named(table, text);
  }

  /**
   * The state meant, as the snapshot that gave it its rows: a branch that moves and files that are
   * rewritten do not change it.
   *
   * @throws PenstockException {@code NOT_FOUND}
   */
  Ref fixed(LakeTable table, String text) {
    Ref state = of(table, text);
    return state == null ? Ref.empty() : Ref.snapshot(table.rows(state));
  }

  private static @Nullable Ref of(LakeTable table, LakeVersion version) {
    if (!version.snapshots().containsKey(table.name())) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          "version '" + version.name() + "' has no table '" + table.name() + "'",
          "it was made later, or is another engine's: name a later version; in a query, "
              + "AS OF '"
              + version.name()
              + "' behind a table's name is of that table only");
    }
    Long snapshot = version.snapshots().get(table.name());
    return snapshot == null ? null : Ref.snapshot(snapshot);
  }

  private Ref named(LakeTable table, String text) {
    if (table.tags().containsKey(text)) {
      return Ref.tag(text);
    }
    if (table.branches().containsKey(text)) {
      return Ref.branch(text);
    }
    if (text.matches("\\d{6,19}")) {
      return Ref.snapshot(Long.parseLong(text));
    }
    try {
      String written = text.replace(' ', 'T');
      Instant moment =
          written.length() == 10
              ? LocalDate.parse(written).atStartOfDay(ZoneOffset.UTC).toInstant()
              : written.endsWith("Z")
                  ? Instant.parse(written)
                  : LocalDateTime.parse(written).toInstant(ZoneOffset.UTC);
      return Ref.asOf(ChronoUnit.MICROS.between(Instant.EPOCH, moment));
    } catch (DateTimeParseException e) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND,
          null,
          "table '" + table.name() + "' has no version, tag, branch or snapshot '" + text + "'",
          Suggestion.among(text, names(table)) + "; a moment is written 2001-05-01T00:00:00Z",
          e);
    }
  }

  /** What a person named: a version's tag is the version's. */
  private List<String> names(LakeTable table) {
    List<String> names = new ArrayList<>();
    for (LakeVersion version : project.registry().versions().all()) {
      if (version.state() == LakeVersion.State.MADE) {
        names.add(version.name());
      }
    }
    table.tags().keySet().stream()
        .filter(tag -> !tag.startsWith(VersionOperations.TAG))
        .forEach(names::add);
    names.addAll(table.branches().keySet());
    return names;
  }
}
