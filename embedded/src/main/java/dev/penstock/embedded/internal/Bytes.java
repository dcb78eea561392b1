package dev.penstock.embedded.internal;

import dev.penstock.data.EntityKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keys: big-endian numbers, so that bytes order as numbers do. */
final class Bytes {
  private Bytes() {}

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static byte[] number(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  static byte[] logKey(int source, int partition, long offset) {
    return ByteBuffer.allocate(16).putInt(source).putInt(partition).putLong(offset).array();
  }

  static byte[] idKey(int source, long high, long low) {
    return ByteBuffer.allocate(20).putInt(source).putLong(high).putLong(low).array();
  }

  static byte[] rowKey(int source, EntityKey key) {
    return prefixed(number(source), key.bytes());
  }

  static byte[] prefixed(byte[] prefix, byte[] rest) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, key, prefix.length, rest.length);
    return key;
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  static int intAt(byte[] key, int at) {
    return ByteBuffer.wrap(key).getInt(at);
  }

  static long longAt(byte[] key, int at) {
    return ByteBuffer.wrap(key).getLong(at);
  }
}
