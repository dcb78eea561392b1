package dev.penstock.app.memory;

import dev.penstock.data.Column;
import dev.penstock.data.Positions;
import dev.penstock.data.Schema;
import dev.penstock.platform.serve.Intake;
import dev.penstock.source.ExtraColumns;
import dev.penstock.source.QuarantineReason;
import dev.penstock.source.RawRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accepts rows whose origin is there and whose values fit. */
final class MemoryIntake implements Intake {
  private final MemoryServing serving;
  private final Map<String, List<Long>> delaysByOrigin = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();
  private long accepted;
  private @Nullable Long seenTime;

  MemoryIntake(MemoryServing serving) {
    this.serving = serving;
  }

  @Override
  public Schema schema() {
    return MemoryServing.SOURCE;
  }

  @Override
  public ExtraColumns extraColumns() {
    return ExtraColumns.REFUSE;
  }

  @Override
  public synchronized Standing standing() {
    return new Standing(Positions.of(0, accepted), seenTime);
  }

  @Override
  public synchronized Receipt push(RawRows raw) {
    List<Refused> refused = new ArrayList<>();
    int duplicates = 0;
    long before = accepted;
    Column origins = raw.rows().column("origin");
    Column delays = raw.rows().column("delay");
    for (int row = 0; row < raw.rows().rows(); row++) {
      int index = row;
      if (raw.unreadable().stream().anyMatch(cell -> cell.row() == index)) {
        refused.add(new Refused(row, QuarantineReason.WRONG_TYPE, "a value does not fit"));
        continue;
      }
      if (origins.isNull(row)) {
        refused.add(new Refused(row, QuarantineReason.NULL_VALUE, "'origin' is null"));
        continue;
      }
      seenTime = serving.accept(seenTimeOf(raw, row), seenTime);
      Object id =
          raw.rows().schema().contains(RawRows.ID)
              ? raw.rows().column(RawRows.ID).value(row)
              : null;
      if (id != null && !ids.add((String) id)) {
        duplicates++;
        continue;
      }
      accepted++;
      Object delay = delays.value(row);
      if (delay != null) {
        delaysByOrigin
            .computeIfAbsent((String) origins.value(row), origin -> new ArrayList<>())
            .add((Long) delay);
      }
    }
    return new Receipt((int) (accepted - before), duplicates, refused, Positions.of(0, accepted));
  }

  synchronized List<Long> delays(String origin) {
    return List.copyOf(delaysByOrigin.getOrDefault(origin, List.of()));
  }

  private static @Nullable Long seenTimeOf(RawRows raw, int row) {
    if (raw.rows().schema().contains(RawRows.SEEN_TIME)) {
      return (Long) raw.rows().column(RawRows.SEEN_TIME).value(row);
    }
    return raw.seenTime().isPresent() ? raw.seenTime().getAsLong() : null;
  }
}
