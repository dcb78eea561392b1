package dev.penstock.lake.delta;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.ExpressionHandler;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.engine.FileSystemClient;
import io.delta.kernel.engine.JsonHandler;
import io.delta.kernel.engine.ParquetHandler;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Expression;
import io.delta.kernel.expressions.ExpressionEvaluator;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.expressions.Predicate;
import io.delta.kernel.expressions.PredicateEvaluator;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import java.util.List;
import java.util.Optional;

/**
 * What Delta Kernel needs to replay a log, without Hadoop. Of Parquet it reads checkpoints: data
 * files are read by our own scan.
 */
final class LogEngine implements Engine, ExpressionHandler, ParquetHandler {
  private final LogFiles files = new LogFiles();
  private final LogJson json = new LogJson();

  @Override
  public ExpressionHandler getExpressionHandler() {
    return this;
  }

  @Override
  public JsonHandler getJsonHandler() {
    return json;
  }

  @Override
  public FileSystemClient getFileSystemClient() {
    return files;
  }

  @Override
  public ParquetHandler getParquetHandler() {
    return this;
  }

  /** Only constants are asked for, as nothing is filtered by the kernel. */
  @Override
  public ExpressionEvaluator getEvaluator(StructType input, Expression expression, DataType type) {
    if (!(expression instanceof Literal literal)) {
      throw new UnsupportedOperationException(expression.toString());
    }
    return new ExpressionEvaluator() {
      @Override
      public ColumnVector eval(ColumnarBatch rows) {
        return new Constant(type, literal.getValue(), rows.getSize());
      }

      @Override
      public void close() {}
    };
  }

  private record Constant(DataType type, Object value, int size) implements ColumnVector {
    @Override
    public DataType getDataType() {
      return type;
    }

    @Override
    public int getSize() {
      return size;
    }

    @Override
    public boolean isNullAt(int row) {
      return value == null;
    }

    @Override
    public String getString(int row) {
      return (String) value;
    }

    @Override
    public void close() {}
  }

  @Override
  public ColumnVector createSelectionVector(boolean[] selected, int from, int to) {
    return new ColumnVector() {
      @Override
      public DataType getDataType() {
        return BooleanType.BOOLEAN;
      }

      @Override
      public int getSize() {
        return to - from;
      }

      @Override
      public boolean isNullAt(int row) {
        return false;
      }

      @Override
      public boolean getBoolean(int row) {
        return selected[from + row];
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public PredicateEvaluator getPredicateEvaluator(StructType input, Predicate predicate) {
    throw new UnsupportedOperationException(predicate.toString());
  }

  @Override
  public CloseableIterator<FileReadResult> readParquetFiles(
      CloseableIterator<FileStatus> paths, StructType schema, Optional<Predicate> predicate) {
    return paths.map(
        file -> new FileReadResult(Checkpoint.read(file.getPath(), schema), file.getPath()));
  }

  @Override
  public CloseableIterator<DataFileStatus> writeParquetFiles(
      String folder, CloseableIterator<FilteredColumnarBatch> rows, List<Column> statistics) {
    throw new UnsupportedOperationException("tables are only read");
  }

  @Override
  public void writeParquetFileAtomically(
      String path, CloseableIterator<FilteredColumnarBatch> rows) {
    throw new UnsupportedOperationException("tables are only read");
  }
}
