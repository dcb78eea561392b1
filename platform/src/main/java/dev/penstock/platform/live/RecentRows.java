package dev.penstock.platform.live;

import dev.penstock.data.Batch;
import dev.penstock.data.LongColumn;
import dev.penstock.data.SystemColumns;
import dev.penstock.platform.OpenProject;
import dev.penstock.platform.compiled.CompiledSource;
import dev.penstock.source.NamedExpression;
import dev.penstock.source.SourceSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The rows of a source that any of its event times, its own or a transform's, puts late enough. */
final class RecentRows implements Iterable<Batch> {
  private final OpenProject project;
  private final CompiledSource source;
  private final long since;

  RecentRows(OpenProject project, CompiledSource source, long since) {
    this.project = project;
    this.source = source;
    this.since = since;
  }

  @Override
  public Iterator<Batch> iterator() {
    List<String> columns = new ArrayList<>(source.schema().names());
    SystemColumns.FIELDS.forEach(field -> columns.add(field.name()));
    if (source.hasChangingRows()) {
      SystemColumns.RETRACTION_FIELDS.forEach(field -> columns.add(field.name()));
    }
    Iterator<Batch> all = project.input(source).rows(columns, List.of()).iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Batch next() {
        return recent(all.next());
      }
    };
  }

  private Batch recent(Batch rows) {
    if (since == Long.MIN_VALUE) {
      return rows;
    }
    List<long[]> times = new ArrayList<>();
    times.add(((LongColumn) rows.column(SystemColumns.EVENT_TIME)).values());
    SourceSpec spec = source.spec();
    if (spec != null) {
      for (NamedExpression retiming : spec.retimings()) {
        times.add(((LongColumn) retiming.expression().evaluate(rows)).values());
      }
    }
    int[] chosen = new int[rows.rows()];
    int count = 0;
    for (int row = 0; row < chosen.length; row++) {
      boolean recent = false;
      for (long[] time : times) {
        recent |= time[row] >= since;
      }
      if (recent) {
        chosen[count++] = row;
      }
    }
    return count == chosen.length ? rows : rows.gather(Arrays.copyOf(chosen, count));
  }
}
