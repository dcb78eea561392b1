package dev.penstock.benchmarks.serving;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;

/** How one request is written and its answer read, over a connection that stays open. */
interface Exchange {
  /** The bytes of the next request. */
  byte[] request();

  /** Reads an answer whole; returns its body's length in bytes. */
  int answer(InputStream in) throws IOException;

  /** A POST of JSON over HTTP 1.1. */
  record Http(String path, Supplier<String> body) implements Exchange {
    @Override
    public byte[] request() {
      byte[] content = body.get().getBytes(StandardCharsets.UTF_8);
      byte[] head =
          ("POST "
                  + path
                  + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                  + content.length
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      byte[] all = new byte[head.length + content.length];
      System.arraycopy(head, 0, all, 0, head.length);
      System.arraycopy(content, 0, all, head.length, content.length);
      return all;
    }

    @Override
    public int answer(InputStream in) throws IOException {
      String status = line(in);
      int length = -1;
      for (String header = line(in); !header.isEmpty(); header = line(in)) {
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith("content-length:")) {
          length = Integer.parseInt(lower.substring("content-length:".length()).strip());
        }
      }
      byte[] content = in.readNBytes(length);
      if (!status.startsWith("HTTP/1.1 200")) {
        throw new IOException(status + " " + new String(content, StandardCharsets.UTF_8));
      }
      return content.length;
    }

    private static String line(InputStream in) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("the connection was closed");
        }
        if (next != '\r') {
          line.append((char) next);
        }
      }
      return line.toString();
    }
  }

  /** Commands to Redis, each answered by a list of strings. */
  record Redis(Supplier<String> commands, int lists) implements Exchange {
    @Override
    public byte[] request() {
      return commands.get().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int answer(InputStream in) throws IOException {
      int bytes = 0;
      for (int list = 0; list < lists; list++) {
        int elements = Integer.parseInt(Http.line(in).substring(1));
        for (int element = 0; element < elements; element++) {
          int length = Integer.parseInt(Http.line(in).substring(1));
          in.skipNBytes(length + 2L);
          bytes += length;
        }
      }
      return bytes;
    }
  }
}
