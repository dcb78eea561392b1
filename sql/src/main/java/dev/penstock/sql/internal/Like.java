package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.BooleanColumn;
import dev.penstock.data.Column;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code LIKE}: {@code %} stands for any characters, {@code _} for one. Linear in practice and
 * never worse than text times pattern: only the last {@code %} is ever tried again.
 */
final class Like implements Node {
  private static final int ANY = -1;
  private static final int ONE = -2;

  private final Node operand;
  private final int[] pattern;

  Like(Node operand, int[] pattern) {
    this.operand = operand;
    this.pattern = pattern;
  }

  /** The pattern as code points and the two wildcards; null when it ends with its escape. */
  static int @Nullable [] compile(String pattern, @Nullable Integer escape) {
    List<Integer> parts = new ArrayList<>();
    int[] points = pattern.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      if (escape != null && points[i] == escape) {
        if (++i == points.length) {
          return null;
        }
        parts.add(points[i]);
      } else {
        parts.add(points[i] == '%' ? ANY : points[i] == '_' ? ONE : points[i]);
      }
    }
    return parts.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public Type type() {
    return Scalar.BOOLEAN;
  }

  @Override
  public Column evaluate(Batch batch) {
    Column column = operand.evaluate(batch);
    @Nullable Object[] values = Values.objects(column);
    boolean[] result = new boolean[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i] instanceof String text && matches(text);
    }
    return new BooleanColumn(Scalar.BOOLEAN, result, column.nulls());
  }

  private boolean matches(String text) {
    int t = 0;
    int p = 0;
    int retryPattern = -1;
    int retryText = 0;
    while (t < text.length()) {
      int c = text.codePointAt(t);
      if (p < pattern.length && pattern[p] == ANY) {
        retryPattern = ++p;
        retryText = t;
      } else if (p < pattern.length && (pattern[p] == ONE || pattern[p] == c)) {
        p++;
        t += Character.charCount(c);
      } else if (retryPattern >= 0) {
        retryText += Character.charCount(text.codePointAt(retryText));
        t = retryText;
        p = retryPattern;
      } else {
        return false;
      }
    }
    while (p < pattern.length && pattern[p] == ANY) {
      p++;
    }
    return p == pattern.length;
  }
}
