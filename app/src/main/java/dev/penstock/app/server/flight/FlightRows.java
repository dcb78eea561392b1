package dev.penstock.app.server.flight;

import dev.penstock.data.Batch;
import dev.penstock.sql.SqlResult;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The rows that answer a command, part by part. Used by one thread. */
interface FlightRows extends AutoCloseable {
  Schema schema();

  /** Makes the vectors hold the next rows; false after the last. */
  boolean next(VectorSchemaRoot root);

  @Override
  void close();

  /** Those of a query. */
  static FlightRows of(SqlResult result) {
    Schema schema = ArrowSchemas.of(result.schema());
    return new FlightRows() {
      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public boolean next(VectorSchemaRoot root) {
        Batch batch = result.next();
        if (batch == null) {
          return false;
        }
        ArrowColumns.fill(root, batch);
        return true;
      }

      @Override
      public void close() {
        result.close();
      }
    };
  }

  /** A few rows that are known, all at once. */
  static FlightRows of(Schema schema, List<List<@Nullable Object>> rows) {
    return new FlightRows() {
      private boolean given;

      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public boolean next(VectorSchemaRoot root) {
        if (given) {
          return false;
        }
        given = true;
        root.allocateNew();
        for (int row = 0; row < rows.size(); row++) {
          for (int column = 0; column < schema.getFields().size(); column++) {
            ArrowColumns.set(root.getVector(column), row, rows.get(row).get(column));
          }
        }
        root.setRowCount(rows.size());
        return true;
      }

      @Override
      public void close() {}
    };
  }
}
