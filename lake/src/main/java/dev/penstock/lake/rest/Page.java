package dev.penstock.lake.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.exceptions.BadRequestException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that is sorted by key. A token is the last key seen, so that nothing is left out
 * or said twice when others add and drop in between.
 *
 * @param nextToken null on the last page
 */
record Page<T>(List<T> items, @Nullable String nextToken) {
  private static final int USUAL_SIZE = 1_000;

  /** The page asked for; all in one where the request has no token, as the protocol says. */
  static <T> Page<T> of(Collection<T> all, Function<T, String> key, Call call) {
    List<T> sorted = all.stream().sorted(Comparator.comparing(key)).toList();
    String token = call.query("pageToken");
    if (token == null) {
      return new Page<>(sorted, null);
    }
    int size = size(call.query("pageSize"));
    String after = decoded(token);
    List<T> rest =
        after.isEmpty()
            ? sorted
            : sorted.stream().filter(item -> key.apply(item).compareTo(after) > 0).toList();
    if (rest.size() <= size) {
      return new Page<>(rest, null);
    }
    List<T> items = rest.subList(0, size);
    return new Page<>(items, encoded(key.apply(items.get(size - 1))));
  }

  private static int size(@Nullable String text) {
    try {
      int size = text == null ? USUAL_SIZE : Integer.parseInt(text);
      if (size > 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new BadRequestException(e, "pageSize %s is no number", text);
    }
    throw new BadRequestException("pageSize %s is not above 0", text);
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(e, "pageToken %s is none that was given out", token);
    }
  }
}
