package dev.penstock.format.internal.parquet;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that grow, with numbers written little-endian. */
final class Bytes extends OutputStream {
  private byte[] array = new byte[1 << 10];
  private int size;

  byte[] array() {
    return array;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Makes room for so many bytes more. */
  void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed > array.length) {
      array = Arrays.copyOf(array, Math.max(needed, array.length + (array.length >> 1)));
    }
  }

  /** Counts bytes in that were written into the array itself. */
  void skip(int count) {
    size += count;
  }

  @Override
  public void write(int value) {
    ensure(1);
    array[size++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    ensure(length);
    System.arraycopy(bytes, from, array, size, length);
    size += length;
  }

  void writeInt(int value) {
    ensure(Integer.BYTES);
    setInt(size, value);
    size += Integer.BYTES;
  }

  /** Overwrites four bytes. */
  void setInt(int at, int value) {
    array[at] = (byte) value;
    array[at + 1] = (byte) (value >>> 8);
    array[at + 2] = (byte) (value >>> 16);
    array[at + 3] = (byte) (value >>> 24);
  }

  /** Writes 64-bit values. */
  void writeLongs(long[] values, int count) {
    ensure(Math.multiplyExact(count, Long.BYTES));
    room().asLongBuffer().put(values, 0, count);
    size += count * Long.BYTES;
  }

  /** Writes the low 32 bits of each value. */
  void writeInts(long[] values, int count) {
    ensure(Math.multiplyExact(count, Integer.BYTES));
    ByteBuffer room = room();
    for (int i = 0; i < count; i++) {
      room.putInt((int) values[i]);
    }
    size += count * Integer.BYTES;
  }

  void writeFloats(float[] values) {
    ensure(Math.multiplyExact(values.length, Float.BYTES));
    room().asFloatBuffer().put(values);
    size += values.length * Float.BYTES;
  }

  /** Writes seven bits a byte, the low ones first. */
  void writeVariableInt(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write(rest);
  }

  private ByteBuffer room() {
    return ByteBuffer.wrap(array, size, array.length - size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
