package dev.penstock.benchmarks.serving;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Requests over so many connections, each of a thread of its own. */
record Load(int port, int connections, IntFunction<Exchange> exchanges) {
  private static final Executor THREADS = task -> new Thread(task).start();

  /** Latencies in nanoseconds, ascending, over so many seconds. */
  static final class Result {
    private final long[] nanos;
    private final double seconds;
    private final long bytes;

    private Result(long[] nanos, double seconds, long bytes) {
      this.nanos = nanos;
      this.seconds = seconds;
      this.bytes = bytes;
    }

    double perSecond() {
      return nanos.length / seconds;
    }

    double micros(double share) {
      return nanos[(int) Math.min(nanos.length - 1, (long) (nanos.length * share))] / 1e3;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,10.0f/s  p50 %,8.0f µs  p99 %,8.0f µs  p99.9 %,8.0f µs  %,d bytes",
          perSecond(),
          micros(0.5),
          micros(0.99),
          micros(0.999),
          bytes / Math.max(1, nanos.length));
    }
  }

  /** Each connection asks again as soon as it is answered. */
  Result asFastAsPossible(double seconds) {
    return run(seconds, 0);
  }

  /** Requests begin at an even rate, whatever the answers take; latency counts from then. */
  Result atRate(double perSecond, double seconds) {
    return run(seconds, perSecond);
  }

  private Result run(double seconds, double perSecond) {
    long began = System.nanoTime();
    long end = began + (long) (seconds * 1e9);
    List<CompletableFuture<long[]>> parts = new ArrayList<>();
    long[] bytes = new long[connections];
    for (int i = 0; i < connections; i++) {
      int connection = i;
      parts.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return connection(connection, began, end, perSecond, bytes);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              THREADS));
    }
    long[] all =
        parts.stream().flatMapToLong(part -> Arrays.stream(part.join())).sorted().toArray();
    return new Result(all, (System.nanoTime() - began) / 1e9, Arrays.stream(bytes).sum());
  }

  private long[] connection(int index, long began, long end, double perSecond, long[] bytes)
      throws IOException {
    Exchange exchange = exchanges.apply(index);
    long step = perSecond == 0 ? 0 : (long) (connections * 1e9 / perSecond);
    long due = began + (connections == 0 ? 0 : step * index / connections);
    long[] nanos = new long[1 << 12];
    int count = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      while (System.nanoTime() < end) {
        byte[] request = exchange.request();
        if (step > 0) {
          for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
          }
        } else {
          due = System.nanoTime();
        }
        socket.getOutputStream().write(request);
        bytes[index] += exchange.answer(in);
        if (count == nanos.length) {
          nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = System.nanoTime() - due;
        due += step;
      }
    }
    return Arrays.copyOf(nanos, count);
  }
}
