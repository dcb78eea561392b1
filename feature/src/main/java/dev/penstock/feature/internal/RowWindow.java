package dev.penstock.feature.internal;

import java.util.Arrays;

/** The rows of a moving window, in their order, whatever the order in which they entered. */
final class RowWindow {
  private static final int INITIAL_ROWS = 64;

  private int[] rows = new int[INITIAL_ROWS];
  private int head;
  private int tail;

  void clear() {
    head = 0;
    tail = 0;
  }

  int size() {
    return tail - head;
  }

  /** The row at a place, from 0. */
  int row(int place) {
    return rows[head + place];
  }

  void add(int row) {
    makeRoom();
    int place = tail;
    while (place > head && rows[place - 1] > row) {
      place--;
    }
    System.arraycopy(rows, place, rows, place + 1, tail - place);
    rows[place] = row;
    tail++;
  }

  /** Takes out a row that is in it; quick where that is the first one. */
  void remove(int row) {
    if (rows[head] == row) {
      head++;
      return;
    }
    int place = Arrays.binarySearch(rows, head, tail, row);
    System.arraycopy(rows, place + 1, rows, place, tail - place - 1);
    tail--;
  }

  private void makeRoom() {
    if (tail == rows.length) {
      int size = tail - head;
      int[] moved = size > rows.length / 2 ? new int[2 * rows.length] : rows;
      System.arraycopy(rows, head, moved, 0, size);
      rows = moved;
      head = 0;
      tail = size;
    }
  }
}
