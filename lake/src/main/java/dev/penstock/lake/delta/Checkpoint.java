package dev.penstock.lake.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.format.ParquetRecords;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A checkpoint, a part of one, or the files it names: entries of the log in Parquet. */
final class Checkpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Checkpoint() {}

  static ColumnarBatch read(String path, StructType schema) {
    List<@Nullable JsonNode> entries = new ArrayList<>();
    for (Map<String, @Nullable Object> record :
        ParquetRecords.read(DeltaTable.local(path), leaf -> isIn(schema, leaf))) {
      entries.add(JSON.valueToTree(record));
    }
    return LogBatch.of(schema, entries);
  }

  /** Whether the kernel asks for what is at that path; of a list or a map it asks for all. */
  private static boolean isIn(StructType schema, List<String> path) {
    int index = schema.indexOf(path.get(0));
    if (index < 0) {
      return false;
    }
    return !(schema.at(index).getDataType() instanceof StructType inner)
        || (path.size() > 1 && isIn(inner, path.subList(1, path.size())));
  }
}
