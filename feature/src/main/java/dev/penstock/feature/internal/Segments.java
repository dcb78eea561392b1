package dev.penstock.feature.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The windows that have one end at a moment. Time is cut where each starts, into segments going
 * back from the end; added up one after the other, the first so many are one of the windows.
 */
final class Segments {
  private final ViewPlan plan;
  private final long end;

  /** The distinct starts, going back; where segment i starts. */
  private final long[] starts;

  /** By window, the segment it starts with; -1 of windows that end elsewhere. */
  private final int[] segmentOfWindow;

  private Segments(ViewPlan plan, long end, long[] starts, int[] segmentOfWindow) {
    this.plan = plan;
    this.end = end;
    this.starts = starts;
    this.segmentOfWindow = segmentOfWindow;
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

  /** Whether a window is the sum of the segments up to this one. */
  boolean isComplete(int window, int segment) {
    return segmentOfWindow[window] == segment;
  }

  /** The folds that some window which the segment is part of asks for. */
  boolean[] wanted(int segment) {
    boolean[] wanted = new boolean[plan.folds().size()];
    for (ViewPlan.Output output : plan.outputs()) {
      wanted[output.fold()] |= segmentOfWindow[output.window()] >= segment;
    }
    return wanted;
  }
}
