package dev.penstock.platform.ingest;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.format.Input;
import dev.penstock.format.InputFile;
import dev.penstock.lake.delta.DeltaTable;
import dev.penstock.platform.registry.IngestedFile;
import dev.penstock.platform.registry.IngestedFiles;
import dev.penstock.source.RowId;
import dev.penstock.source.SourceSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is at a path that somebody hands in: a file, or a table of another format. */
public final class Inputs {
  private Inputs() {}

  /**
   * The file at that path, or the data files of the table.
   *
   * @throws PenstockException {@code UNSUPPORTED} if rows of the table were written to new files
   *     since it was taken in, and only their places tell them apart
   */
  public static List<Input> at(Path path, SourceSpec source, IngestedFiles taken) {
    if (!DeltaTable.isAt(path)) {
      return List.of(InputFile.at(path));
    }
    DeltaTable table = DeltaTable.at(path);
    if (table.files().isEmpty()) {
      throw new PenstockException(
          ErrorCode.NOT_FOUND, table.name() + " has no rows", "name another version");
    }
    if (source.id() instanceof RowId.Made) {
      refuseRewritten(table, source, taken);
    }
    return table.files();
  }

  private static void refuseRewritten(DeltaTable table, SourceSpec source, IngestedFiles taken) {
    Set<String> there = table.files().stream().map(Input::name).collect(Collectors.toSet());
    Optional<String> gone =
        taken.of(source.name()).stream()
            .map(IngestedFile::fileName)
            .filter(name -> name.startsWith(table.prefix()) && !there.contains(name))
            .findFirst();
    boolean isNew =
        table.files().stream()
            .anyMatch(file -> taken.find(source.name(), file.fingerprint()).isEmpty());
    if (gone.isPresent() && isNew) {
      throw new PenstockException(
          ErrorCode.UNSUPPORTED,
          "rows of "
              + table.name()
              + " were written to other files: "
              + gone.get()
              + " was taken in and is not in it, and '"
              + source.name()
              + "' declares no id that would tell its rows from new ones",
          "a table whose files are rewritten needs a source with id: COLUMN");
    }
  }
}
