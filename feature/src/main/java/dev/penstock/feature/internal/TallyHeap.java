package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Tallies in a binary heap, the most frequent on top: a change costs the logarithm of their number,
 * and the first few are found without looking at the rest.
 */
final class TallyHeap {
  private final List<Tally> heap;

  TallyHeap(Collection<Tally> tallies) {
    heap = new ArrayList<>(tallies);
    for (int place = 0; place < heap.size(); place++) {
      heap.get(place).place = place;
    }
    for (int place = heap.size() / 2 - 1; place >= 0; place--) {
      sink(heap.get(place));
    }
  }

  void add(Tally tally) {
    tally.place = heap.size();
    heap.add(tally);
    rise(tally);
  }

  void remove(Tally tally) {
    Tally last = heap.remove(heap.size() - 1);
    if (last != tally) {
      put(last, tally.place);
      moved(last);
    }
  }

  /** After its count has changed. */
  void moved(Tally tally) {
    rise(tally);
    sink(tally);
  }

  /** The first ones in order, fewer if there are no more. */
  List<Tally> first(int most) {
    List<Tally> first = new ArrayList<>();
    PriorityQueue<Tally> next = new PriorityQueue<>((a, b) -> a.isBefore(b) ? -1 : 1);
    offer(0, next);
    while (first.size() < most && !next.isEmpty()) {
      Tally tally = next.remove();
      first.add(tally);
      offer(2 * tally.place + 1, next);
      offer(2 * tally.place + 2, next);
    }
    return first;
  }

  private void offer(int place, PriorityQueue<Tally> next) {
    if (place < heap.size()) {
      next.add(heap.get(place));
    }
  }

  private void rise(Tally tally) {
    while (tally.place > 0) {
      Tally above = heap.get((tally.place - 1) / 2);
      if (!tally.isBefore(above)) {
        return;
      }
      swap(tally, above);
    }
  }

  private void sink(Tally tally) {
    for (int child = 2 * tally.place + 1; child < heap.size(); child = 2 * tally.place + 1) {
      Tally below = heap.get(child);
      if (child + 1 < heap.size() && heap.get(child + 1).isBefore(below)) {
        below = heap.get(child + 1);
      }
      if (!below.isBefore(tally)) {
        return;
      }
      swap(tally, below);
    }
  }

  private void swap(Tally a, Tally b) {
    int place = a.place;
    put(a, b.place);
    put(b, place);
  }

  private void put(Tally tally, int place) {
    heap.set(place, tally);
    tally.place = place;
  }
}
