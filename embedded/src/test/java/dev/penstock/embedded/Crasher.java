package dev.penstock.embedded;

import dev.penstock.data.Positions;
import dev.penstock.online.LiveView;
import dev.penstock.source.ClockMode;
import dev.penstock.source.Decision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A process that pushes until it is killed, and says on its standard output what was acknowledged:
 * the first row of each push, and a semicolon to show that the line is whole. It begins anew with
 * the first row that its predecessor was not told of, so that rows committed but not acknowledged
 * come twice.
 */
final class Crasher {
  static final int ROWS_PER_PUSH = 7;
  private static final int ON_THEIR_WAY = 4;
  private static final String[] TAPS = {"a", "b", "c", "d"};

  private record Waiting(long first, CompletableFuture<Decision> decision) {}

  private Crasher() {}

  public static void main(String[] arguments) {
    EmbeddedStore store = open(Path.of(arguments[0]));
    ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    long next = Long.parseLong(arguments[1]);
    say("ready");
    while (true) {
      String[] taps = new String[ROWS_PER_PUSH];
      for (int i = 0; i < taps.length; i++) {
        taps[i] = TAPS[(int) ((next + i) % TAPS.length)];
      }
      waiting.add(
          new Waiting(next, store.push(Taps.NAME, Taps.push(next, next * Taps.SECOND, taps))));
      next += ROWS_PER_PUSH;
      if (waiting.size() == ON_THEIR_WAY) {
        Waiting first = waiting.remove();
        first.decision().join();
        say(first.first() + ";");
      }
    }
  }

  private static void say(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  static EmbeddedStore open(Path folder) {
    // Far enough ahead that no row is from the future.
    EmbeddedStore store =
        EmbeddedStore.open(folder, StoreOptions.of(ClockMode.WALL, () -> 1_000_000_000_000_000L));
    store.define(List.of(Taps.SOURCE), Taps.GRAPH);
    for (LiveView view : Taps.GRAPH.views()) {
      if (!store.resume(view)) {
        store.fill(List.of(view), List.of(), Positions.NONE);
      }
    }
    return store;
  }
}
