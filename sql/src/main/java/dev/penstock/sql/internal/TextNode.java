package dev.penstock.sql.internal;

import dev.penstock.data.Batch;
import dev.penstock.data.Column;
import dev.penstock.data.LongColumn;
import dev.penstock.data.ObjectColumn;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import org.jspecify.annotations.Nullable;

/** Functions of text. A character is a Unicode code point. */
sealed interface TextNode extends Node {
  @Override
  default Type type() {
    return Scalar.STRING;
  }

  /** {@code upper} or {@code lower}: code point by code point, so that no length changes. */
  record ChangeCase(boolean upper, Node operand) implements TextNode {
    @Override
    public Column evaluate(Batch batch) {
      @Nullable Object[] values = Values.objects(operand.evaluate(batch));
      @Nullable Object[] result = new @Nullable Object[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i] instanceof String text ? change(text, upper) : null;
      }
      return new ObjectColumn(Scalar.STRING, result);
    }

    private static String change(String text, boolean upper) {
      StringBuilder out = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); ) {
        int c = text.codePointAt(i);
        out.appendCodePoint(upper ? Character.toUpperCase(c) : Character.toLowerCase(c));
        i += Character.charCount(c);
      }
      return out.toString();
    }
  }

  /** Without the spaces (U+0020) at both ends. */
  record Trim(Node operand) implements TextNode {
    @Override
    public Column evaluate(Batch batch) {
      @Nullable Object[] values = Values.objects(operand.evaluate(batch));
      @Nullable Object[] result = new @Nullable Object[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i] instanceof String text ? trim(text) : null;
      }
      return new ObjectColumn(Scalar.STRING, result);
    }

    private static String trim(String text) {
      int start = 0;
      int end = text.length();
      while (start < end && text.charAt(start) == ' ') {
        start++;
      }
      while (end > start && text.charAt(end - 1) == ' ') {
        end--;
      }
      return text.substring(start, end);
    }
  }

  record Concat(Node left, Node right) implements TextNode {
    @Override
    public Column evaluate(Batch batch) {
      @Nullable Object[] a = Values.objects(left.evaluate(batch));
      @Nullable Object[] b = Values.objects(right.evaluate(batch));
      @Nullable Object[] result = new @Nullable Object[a.length];
      for (int i = 0; i < result.length; i++) {
        if (a[i] instanceof String x && b[i] instanceof String y) {
          result[i] = x.concat(y);
        }
      }
      return new ObjectColumn(Scalar.STRING, result);
    }
  }

  /** The number of characters. */
  record Length(Node operand) implements TextNode {
    @Override
    public Type type() {
      return Scalar.INT64;
    }

    @Override
    public Column evaluate(Batch batch) {
      Column column = operand.evaluate(batch);
      @Nullable Object[] values = Values.objects(column);
      long[] result = new long[values.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = values[i] instanceof String text ? text.codePointCount(0, text.length()) : 0;
      }
      return new LongColumn(Scalar.INT64, result, column.nulls());
    }
  }

  /**
   * {@code length} characters from {@code start}, counted from 1. A start below 1 counts from the
   * end (-1 is the last character) and, before the first one, leaves out what is not there; so does
   * 0, which is the place before the first. A negative length gives null.
   */
  record Substring(Node text, Node start, @Nullable Node length) implements TextNode {
    @Override
    public Column evaluate(Batch batch) {
      Column texts = text.evaluate(batch);
      Column starts = start.evaluate(batch);
      Column lengths = length == null ? null : length.evaluate(batch);
      @Nullable Object[] values = Values.objects(texts);
      @Nullable Object[] result = new @Nullable Object[values.length];
      for (int i = 0; i < result.length; i++) {
        boolean known = !starts.isNull(i) && (lengths == null || !lengths.isNull(i));
        if (known && values[i] instanceof String whole) {
          long count = lengths == null ? Integer.MAX_VALUE : Values.longs(lengths)[i];
          result[i] = cut(whole, Values.longs(starts)[i], count);
        }
      }
      return new ObjectColumn(Scalar.STRING, result);
    }

    private static @Nullable String cut(String whole, long start, long count) {
      if (count < 0) {
        return null;
      }
      int characters = whole.codePointCount(0, whole.length());
      // Far outside of any text, so that the sums below do not overflow.
      long near = Math.max(-(1L << 40), Math.min(1L << 40, start));
      long first = near < 0 ? characters + near : near - 1;
      long last = Math.min(characters, first + Math.min(count, 1L << 41));
      first = Math.max(0, first);
      if (last <= first) {
        return "";
      }
      int from = whole.offsetByCodePoints(0, (int) first);
      return whole.substring(from, whole.offsetByCodePoints(from, (int) (last - first)));
    }
  }
}
