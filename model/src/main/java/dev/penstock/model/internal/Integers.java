package dev.penstock.model.internal;

import java.util.Arrays;

/** A list of {@code int} that grows. */
final class Integers {
  private int[] values = new int[1024];
  private int size;

  int size() {
    return size;
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
