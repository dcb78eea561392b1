package dev.penstock.platform.ingest;

import dev.penstock.data.Batch;
import dev.penstock.format.BatchReader;
import dev.penstock.format.Input;
import dev.penstock.lake.LakeTable;
import dev.penstock.platform.registry.IngestedFiles;
import dev.penstock.source.Acceptance;
import dev.penstock.source.IdIndex;
import dev.penstock.source.MemoryIdIndex;
import dev.penstock.source.RowId;
import dev.penstock.source.SourceSpec;
import org.jspecify.annotations.Nullable;

/** The ids of a source that history remembers, for telling which of a file's rows came before. */
final class RememberedIds {
  private RememberedIds() {}

  static IdIndex of(SourceSpec source, Input file, LakeTable log, IngestedFiles files) {
    boolean newName =
        files.of(source.name()).stream().noneMatch(known -> known.fileName().equals(file.name()));
    if (source.id() instanceof RowId.Made && newName) {
      // Made ids begin with the file's name and number its rows: none can have come before.
      return NONE;
    }
    MemoryIdIndex ids = new MemoryIdIndex();
    if (log.currentSnapshot().isEmpty()) {
      return ids;
    }
    Acceptance acceptance = new Acceptance(source);
    try (BatchReader rows = log.scan().open()) {
      for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
        acceptance.remember(batch, ids);
      }
    }
    return ids;
  }

  private static final IdIndex NONE =
      new IdIndex() {
        @Override
        public @Nullable Entry find(long idHigh, long idLow, long rememberedFrom) {
          return null;
        }

        @Override
        public void remember(long idHigh, long idLow, Entry entry) {}
      };
}
