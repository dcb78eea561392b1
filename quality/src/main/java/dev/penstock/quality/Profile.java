package dev.penstock.quality;

import dev.penstock.data.Batch;
import dev.penstock.data.ErrorCode;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a table are like, column by column, from one pass. Profiles of parts merge into
 * the profile of the whole: equal to it, whatever the parts and their order. Immutable.
 */
public final class Profile {
  private final Schema schema;
  private final long rows;
  private final List<ColumnProfile> columns;

  Profile(Schema schema, long rows, List<ColumnProfile> columns) {
    this.schema = schema;
    this.rows = rows;
    this.columns = List.copyOf(columns);
  }

  public static Builder builder(Schema schema) {
    return new Builder(schema);
  }

  public Schema schema() {
    return schema;
  }

  public long rows() {
    return rows;
  }

  public List<ColumnProfile> columns() {
    return columns;
  }

  /**
   * The profile of the column of that name.
   *
   * @throws PenstockException {@link ErrorCode#COLUMN_NOT_FOUND}
   */
  public ColumnProfile column(String name) {
    return columns.get(schema.require(name));
  }

  /**
   * What one pass over the rows of both would have found.
   *
   * @throws PenstockException {@link ErrorCode#SCHEMA_INCOMPATIBLE} unless both have one schema
   */
  public Profile merge(Profile other) {
    if (!schema.equals(other.schema)) {
      throw new PenstockException(
          ErrorCode.SCHEMA_INCOMPATIBLE,
          "a profile of " + other.schema + " does not merge with one of " + schema,
          "profile both with one schema");
    }
    List<ColumnProfile> merged = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      merged.add(columns.get(i).merge(other.columns.get(i)));
    }
    return new Profile(schema, Math.addExact(rows, other.rows), merged);
  }

  /** The written form: equal profiles give equal text. {@link #fromJson} reads it back. */
  public String toJson() {
    return ProfileJson.write(this);
  }

  /**
   * Reads the written form.
   *
   * @throws PenstockException {@link ErrorCode#FILE_CORRUPT} if this is none
   */
  public static Profile fromJson(String json) {
    return ProfileJson.read(json);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Profile profile
        && profile.rows == rows
        && profile.schema.equals(schema)
        && profile.columns.equals(columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return "profile of " + rows + " rows of " + schema;
  }

  /** A profile on its way through the rows. Not thread-safe; one per thread, then merge. */
  public static final class Builder {
    private final Schema schema;
    private final List<Tally> tallies = new ArrayList<>();
    private long rows;

    private Builder(Schema schema) {
      this.schema = schema;
      for (Field field : schema.fields()) {
        tallies.add(new Tally(field));
      }
    }

    /**
     * Counts a batch that has the schema's columns, perhaps among others.
     *
     * @throws PenstockException {@link ErrorCode#COLUMN_NOT_FOUND}, {@link ErrorCode#TYPE_MISMATCH}
     */
    public Builder add(Batch batch) {
      for (int i = 0; i < tallies.size(); i++) {
        Field field = schema.field(i);
        if (!batch.schema().field(field.name()).type().equals(field.type())) {
          throw new PenstockException(
              ErrorCode.TYPE_MISMATCH,
              "column '"
                  + field.name()
                  + "' is "
                  + batch.schema().field(field.name()).type()
                  + " and is profiled as "
                  + field.type(),
              "");
        }
      }
      for (int i = 0; i < tallies.size(); i++) {
        tallies.get(i).add(batch.column(schema.field(i).name()));
      }
      rows += batch.rows();
      return this;
    }

    /** The profile of the rows so far; more may be added afterwards. */
    public Profile build() {
      return new Profile(schema, rows, tallies.stream().map(Tally::build).toList());
    }
  }
}
