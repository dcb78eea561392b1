package dev.penstock.platform.plan;

import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import dev.penstock.platform.command.Answer;
import dev.penstock.platform.command.Answer.Format;
import dev.penstock.platform.compiled.Manifest;
import dev.penstock.platform.compiled.Manifest.Entry;
import dev.penstock.platform.definition.Kind;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.platform.registry.IngestedFiles;
import dev.penstock.quality.ColumnProfile;
import dev.penstock.quality.Counts;
import dev.penstock.quality.Frequencies;
import dev.penstock.quality.Profile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a source's files were like when they were accepted, column by column. A column
 * is of the type that it has in the newest file; files where it had another are left out of it.
 */
final class SourceProfile {
  private static final String MANY = "many";

  private final List<ColumnProfile> columns;
  private final long profiled;
  private final long files;

  private SourceProfile(List<ColumnProfile> columns, long profiled, long files) {
    this.columns = columns;
    this.profiled = profiled;
    this.files = files;
  }

  /** Of all files taken into a source; empty for any other definition. */
  static SourceProfile of(Entry entry, IngestedFiles files) {
    if (entry.kind() != Kind.SOURCE) {
      return new SourceProfile(List.of(), 0, 0);
    }
    Map<String, ColumnProfile> merged = new HashMap<>();
    List<String> newestFirst = files.profiles(entry.name());
    for (String json : newestFirst) {
      for (ColumnProfile column : Profile.fromJson(json).columns()) {
        merged.merge(column.field().name(), column, SourceProfile::merge);
      }
    }
    List<ColumnProfile> columns =
        entry.columns().stream()
            .map(Manifest.Column::name)
            .map(merged::get)
            .filter(Objects::nonNull)
            .toList();
    return new SourceProfile(
        columns,
        newestFirst.size(),
        files.of(entry.name()).stream().filter(IngestedFile::done).count());
  }

  private static ColumnProfile merge(ColumnProfile newer, ColumnProfile older) {
    return newer.field().type().equals(older.field().type()) ? newer.merge(older) : newer;
  }

  /** Says when it does not cover all files. */
  void describe(Answer.FactsBuilder facts) {
    if (profiled < files) {
      facts.fact(
          "profile",
          "of " + profiled + " of " + files + " files; no profile was kept of the others");
    }
  }

  /** Adds the table {@code profile}, if there is anything to show. */
  void show(Answer.Builder answer) {
    if (columns.isEmpty()) {
      return;
    }
    Answer.TableBuilder table =
        answer
            .table("profile")
            .heading("column")
            .heading("type")
            .heading("rows")
            .heading("nulls", Format.SHARE)
            .heading("nan", Format.SHARE)
            .heading("min", Format.EXCERPT)
            .heading("max", Format.EXCERPT)
            .heading("mean")
            .heading("distinct");
    for (ColumnProfile column : columns) {
      Type type = column.field().type();
      table.row(
          column.field().name(),
          type.toString(),
          column.counts().rows(),
          column.nullShare(),
          nanShare(type, column.counts()),
          cell(type, column.min()),
          cell(type, column.max()),
          column.moments() == null ? null : column.moments().mean(),
          distinct(column.frequencies()));
    }
    table.end();
  }

  private static @Nullable Double nanShare(Type type, Counts counts) {
    boolean possible =
        type == Scalar.FLOAT32 || type == Scalar.FLOAT64 || type instanceof Type.Vector;
    return !possible || counts.rows() == 0 ? null : (double) counts.nans() / counts.rows();
  }

  private static @Nullable Object cell(Type type, @Nullable Object value) {
    if (!(value instanceof Long number)) {
      return value;
    } else if (type == Scalar.DATE) {
      return LocalDate.ofEpochDay(number).toString();
    } else if (type == Scalar.TIMESTAMP || type == Scalar.LOCAL_TIMESTAMP) {
      String instant = Instant.EPOCH.plus(number, ChronoUnit.MICROS).toString();
      return type == Scalar.TIMESTAMP ? instant : instant.replace("Z", "");
    }
    return number;
  }

  private static @Nullable Object distinct(@Nullable Frequencies frequencies) {
    if (frequencies == null) {
      return null;
    }
    return frequencies.overflowed() ? MANY : (Object) frequencies.counts().size();
  }
}
