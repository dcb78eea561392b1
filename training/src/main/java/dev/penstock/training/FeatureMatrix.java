package dev.penstock.training;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of features as dense float32, NaN where missing, row by row in chunks of {@link #CHUNK_ROWS}
 * rows: 4 bytes a value and nothing else, so 2 million rows of 45 features take 360 MB. Immutable.
 */
public final class FeatureMatrix {
  /** How many rows a chunk holds; the last one may hold fewer. */
  public static final int CHUNK_ROWS = 16_384;

  private final FeatureSchema schema;
  private final List<float[]> chunks;
  private final int rows;

  FeatureMatrix(FeatureSchema schema, List<float[]> chunks, int rows) {
    this.schema = schema;
    this.chunks = List.copyOf(chunks);
    this.rows = rows;
  }

  /** Starts a matrix for training: the dictionaries of its strings are learned from the rows. */
  public static Builder learning(FeatureSchema columns) {
    return new Builder(new FeatureEncoder(columns, true));
  }

  /** Starts a matrix in the encoding that a model was trained with. */
  public static Builder encoded(FeatureSchema trained) {
    return new Builder(new FeatureEncoder(trained, false));
  }

  /** A matrix of these rows, all of one length, already encoded. */
  public static FeatureMatrix of(FeatureSchema schema, List<float[]> rows) {
    Builder builder = encoded(schema);
    rows.forEach(builder::addEncoded);
    return builder.build();
  }

  public FeatureSchema schema() {
    return schema;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return schema.size();
  }

  /** Rows one after the other, without a gap. Not a copy: only to be read. */
  public List<float[]> chunks() {
    return chunks;
  }

  public float value(int row, int column) {
    return chunks.get(row / CHUNK_ROWS)[row % CHUNK_ROWS * columns() + column];
  }

  public float[] row(int row) {
    float[] copy = new float[columns()];
    System.arraycopy(
        chunks.get(row / CHUNK_ROWS), row % CHUNK_ROWS * columns(), copy, 0, copy.length);
    return copy;
  }

  public float[] column(int column) {
    float[] copy = new float[rows];
    int row = 0;
    for (float[] chunk : chunks) {
      for (int at = column; at < chunk.length; at += columns()) {
        copy[row++] = chunk[at];
      }
    }
    return copy;
  }

  @Override
  public String toString() {
    return rows + " rows of " + schema;
  }

  /** Grows a matrix batch by batch. Not thread-safe; {@link #build} may be called once. */
  public static final class Builder {
    private final FeatureEncoder encoder;
    private final int columns;
    private final List<float[]> full = new ArrayList<>();
    private float[] open = new float[0];
    private int openRows;

    private Builder(FeatureEncoder encoder) {
      this.encoder = encoder;
      this.columns = encoder.columns();
      if (columns == 0) {
        throw new PenstockException(
            ErrorCode.DEFINITION_MISSING_FIELD, "a model has no features", "name at least one");
      }
    }

    public int rows() {
      return Math.addExact(Math.multiplyExact(full.size(), CHUNK_ROWS), openRows);
    }

    /** Adds the rows of a batch; it may have more columns than the features. */
    public Builder add(Batch batch) {
      int from = 0;
      while (from < batch.rows()) {
        ensureOpen();
        int count = Math.min(batch.rows() - from, CHUNK_ROWS - openRows);
        encoder.encode(batch, from, count, open, openRows);
        openRows += count;
        from += count;
      }
      return this;
    }

    /** Adds a row that is already encoded. */
    public Builder addEncoded(float[] row) {
      if (row.length != columns) {
        throw new IllegalArgumentException(row.length + " values for " + columns + " features");
      }
      ensureOpen();
      System.arraycopy(row, 0, open, openRows * columns, columns);
      openRows++;
      return this;
    }

    public FeatureMatrix build() {
      int rows = rows();
      List<float[]> chunks = new ArrayList<>(full);
      if (openRows > 0) {
        chunks.add(Arrays.copyOf(open, openRows * columns));
      }
      FeatureSchema learned = encoder.finish(chunks);
      return new FeatureMatrix(learned, chunks, rows);
    }

    private void ensureOpen() {
      if (openRows == CHUNK_ROWS) {
        full.add(open);
        openRows = 0;
        open = new float[0];
      }
      if (open.length == 0) {
        open = new float[CHUNK_ROWS * columns];
      }
    }
  }
}
