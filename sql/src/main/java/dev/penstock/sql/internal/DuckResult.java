package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.ColumnBuilder;
import dev.penstock.data.Scalar;
import dev.penstock.data.Schema;
import dev.penstock.data.Type;
import dev.penstock.sql.SqlResult;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query's rows; closing it closes the session. */
public final class DuckResult implements SqlResult {
  private static final int ROWS = 4_096;
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private final DuckSession session;
  private final ResultSet rows;
  private final Schema schema;
  private final long limit;
  private long read;
  private boolean truncated;

  DuckResult(DuckSession session, ResultSet rows, Schema schema, long limit) {
    this.session = session;
    this.rows = rows;
    this.schema = schema;
    this.limit = limit;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public @Nullable Batch next() {
    try {
      return readBatch();
    } catch (SQLException e) {
      throw session.failure(e, 0);
    }
  }

  private @Nullable Batch readBatch() throws SQLException {
    List<ColumnBuilder> builders = new ArrayList<>();
    schema.fields().forEach(field -> builders.add(ColumnBuilder.of(field.type(), ROWS)));
    int size = 0;
    while (size < ROWS && !truncated && rows.next()) {
      if (read == limit) {
        truncated = true;
        break;
      }
      for (int c = 0; c < builders.size(); c++) {
        append(builders.get(c), schema.field(c).type(), c + 1);
      }
      size++;
      read++;
    }
    if (size == 0) {
      return null;
    }
    List<Column> columns =
        builders.stream().map(builder -> Values.canonical(builder.build())).toList();
    return new Batch(schema, columns);
  }

  private void append(ColumnBuilder builder, Type type, int index) throws SQLException {
    if (type == Scalar.INT64) {
      long value = rows.getLong(index);
      if (!rows.wasNull()) {
        builder.appendLong(value);
        return;
      }
    } else if (type == Scalar.FLOAT64) {
      double value = rows.getDouble(index);
      if (!rows.wasNull()) {
        builder.appendDouble(value);
        return;
      }
    } else if (type == Scalar.INT32) {
      int value = rows.getInt(index);
      if (!rows.wasNull()) {
        builder.appendInt(value);
        return;
      }
    } else if (type == Scalar.FLOAT32) {
      float value = rows.getFloat(index);
      if (!rows.wasNull()) {
        builder.appendFloat(value);
        return;
      }
    } else if (type == Scalar.STRING) {
      Object value = rows.getObject(index);
      if (value != null) {
        builder.appendObject(value instanceof String ? value : rows.getString(index));
        return;
      }
    } else {
      builder.append(object(type, index));
      return;
    }
    builder.appendNull();
  }

  private @Nullable Object object(Type type, int index) throws SQLException {
    if (type == Scalar.LOCAL_TIMESTAMP) {
      LocalDateTime time = rows.getObject(index, LocalDateTime.class);
      return time == null ? null : micros(time);
    } else if (type == Scalar.TIMESTAMP) {
      OffsetDateTime time = rows.getObject(index, OffsetDateTime.class);
      return time == null
          ? null
          : micros(time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    } else if (type == Scalar.DATE) {
      LocalDate date = rows.getObject(index, LocalDate.class);
      return date == null ? null : (int) date.toEpochDay();
    } else if (type == Scalar.BINARY) {
      return rows.getBytes(index);
    } else if (type instanceof Type.Vector) {
      return vector(rows.getObject(index));
    } else if (type instanceof Type.Decimal decimal) {
      Object number = rows.getObject(index);
      BigDecimal exact =
          number instanceof BigInteger whole ? new BigDecimal(whole) : (BigDecimal) number;
      return exact == null ? null : Decimals.fit(exact, decimal);
    }
    return rows.getObject(index);
  }

  private static long micros(LocalDateTime time) {
    return ChronoUnit.MICROS.between(EPOCH, time);
  }

  private static float @Nullable [] vector(@Nullable Object value) throws SQLException {
    if (!(value instanceof java.sql.Array array)) {
      return null;
    }
    Object[] elements = (Object[]) array.getArray();
    float[] vector = new float[elements.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = elements[i] instanceof Float element ? element + 0.0f : Float.NaN;
    }
    return vector;
  }

  @Override
  public boolean truncated() {
    return truncated;
  }

  @Override
  public void close() {
    session.close();
  }
}
