package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The windows that have one end at a moment. Time is cut where each starts, into segments going
 * back from the end; added up one after the other, the first so many are one of the windows.
 */
final class Segments {
  private final long end;

  /** The distinct starts, going back; where segment i starts. */
  private final long[] starts;

  /** By segment, the folds that some window which it is part of asks for. */
  private final List<boolean[]> wanted = new ArrayList<>();

  /** By segment, the outputs whose window is the sum of the segments up to it. */
  private final List<int[]> complete = new ArrayList<>();

  private Segments(ViewPlan plan, long end, long[] starts, int[] segmentOfWindow) {
    this.end = end;
    this.starts = starts;
    List<ViewPlan.Output> outputs = plan.outputs();
    for (int segment = 0; segment < starts.length; segment++) {
      int which = segment;
      boolean[] folds = new boolean[plan.folds().size()];
      outputs.forEach(output -> folds[output.fold()] |= segmentOfWindow[output.window()] >= which);
      wanted.add(folds);
      complete.add(
          IntStream.range(0, outputs.size())
              .filter(i -> segmentOfWindow[outputs.get(i).window()] == which)
              .toArray());
    }
  }

  /** By the windows' ends, the moment itself first, whether or not a window ends there. */
  static List<Segments> at(ViewPlan plan, long moment) {
    List<Long> ends = new ArrayList<>(List.of(moment));
    for (ViewPlan.Framed window : plan.windows()) {
      Frame frame = window.frame();
      if (frame != null && !frame.endsAtMoment() && !ends.contains(frame.end(moment))) {
        ends.add(frame.end(moment));
      }
    }
    return ends.stream().map(end -> ending(plan, moment, end)).toList();
  }

  private static Segments ending(ViewPlan plan, long moment, long end) {
    List<Long> starts = new ArrayList<>();
    for (ViewPlan.Framed window : plan.windows()) {
      Frame frame = window.frame();
      if (frame != null && frame.end(moment) == end && !starts.contains(frame.start(moment))) {
        starts.add(frame.start(moment));
      }
    }
    starts.sort(Comparator.reverseOrder());
    // By window, the segment it starts with; -1 of windows that end elsewhere.
    int[] segmentOfWindow = new int[plan.windows().size()];
    Arrays.fill(segmentOfWindow, -1);
    for (int window = 0; window < segmentOfWindow.length; window++) {
      Frame frame = plan.windows().get(window).frame();
      if (frame != null && frame.end(moment) == end) {
        segmentOfWindow[window] = starts.indexOf(frame.start(moment));
      }
    }
    return new Segments(
        plan, end, starts.stream().mapToLong(Long::longValue).toArray(), segmentOfWindow);
  }

  int size() {
    return starts.length;
  }

  long from(int segment) {
    return starts[segment];
  }

  long to(int segment) {
    return segment == 0 ? end : starts[segment - 1];
  }

  /** Where the longest of the windows starts; the end, where there is none. */
  long earliest() {
    return starts.length == 0 ? end : starts[starts.length - 1];
  }

  /** The outputs whose window is the sum of the segments up to this one; only to be read. */
  int[] complete(int segment) {
    return complete.get(segment);
  }

  /** The folds that some window which the segment is part of asks for; only to be read. */
  boolean[] wanted(int segment) {
    return wanted.get(segment);
  }
}
