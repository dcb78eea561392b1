package dev.penstock.format.internal.parquet;

import java.nio.ByteBuffer;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * One page of a column, decompressed.
 *
 * @param entries how many values, nulls and empty lists it has
 * @param repetitions which entries begin a row; null where all do
 * @param definitions which entries are there; null where all are
 */
record DataPage(
    int entries,
    @Nullable RunDecoder repetitions,
    @Nullable RunDecoder definitions,
    Encoding encoding,
    ByteBuffer values) {}
