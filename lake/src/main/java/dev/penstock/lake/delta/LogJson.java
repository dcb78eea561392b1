package dev.penstock.lake.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The commits of a table's log: a line of JSON for each entry. */
final class LogJson implements JsonHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public CloseableIterator<ColumnarBatch> readJsonFiles(
      CloseableIterator<FileStatus> files, StructType schema, Optional<Predicate> predicate) {
    return files.map(file -> read(DeltaTable.local(file.getPath()), schema));
  }

  private static ColumnarBatch read(Path file, StructType schema) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<@Nullable JsonNode> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        if (!lines.get(i).isBlank()) {
          entries.add(JSON.readTree(lines.get(i)));
        }
      } catch (JsonProcessingException e) {
        throw new PenstockException(
            ErrorCode.FILE_CORRUPT,
            null,
            "_delta_log/" + file.getFileName() + " line " + (i + 1) + " is no JSON",
            "the table's log is damaged: restore that file",
            e);
      }
    }
    return LogBatch.of(schema, entries);
  }

  @Override
  public ColumnarBatch parseJson(
      ColumnVector text, StructType schema, Optional<ColumnVector> selection) {
    throw new UnsupportedOperationException("statistics are not asked for");
  }

  @Override
  public void writeJsonFileAtomically(String path, CloseableIterator<Row> rows, boolean replace) {
    throw new UnsupportedOperationException("tables are only read");
  }
}
