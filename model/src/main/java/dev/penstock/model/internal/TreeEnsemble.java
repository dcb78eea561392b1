package dev.penstock.model.internal;

import java.util.Arrays;

/**
 * Boosted trees, laid out to be walked: all nodes in one array, three integers each, the two
 * children side by side. A node costs one line of cache, a row of 300 trees of depth 8 some 2,400
 * of them.
 *
 * <p>A node is {@code [what, value, left]}. A leaf has {@code what == LEAF} and the bits of its
 * weight. A numeric split has the feature's index, with {@link #MISSING_LEFT} when a missing value
 * goes left, and the bits of its threshold: {@code x < threshold} goes left. A categorical split
 * has {@link #CATEGORICAL} as well, and the place of its set in {@code sets}: a member goes right.
 * {@code left} is the place of the left child, the right one follows it.
 *
 * <p>Comparisons and sums are in float32 and in XGBoost's order, so that the bits are XGBoost's.
 */
public final class TreeEnsemble {
  static final int LEAF = -1;
  static final int MISSING_LEFT = 1 << 30;
  static final int CATEGORICAL = 1 << 29;
  static final int FEATURE = CATEGORICAL - 1;
  static final int STRIDE = 3;

  private static final int ROWS_AT_ONCE = 64;

  private final int[] nodes;
  private final int[] roots;
  private final int[] sets;
  private final float baseMargin;

  /**
   * Takes the arrays over.
   *
   * @param roots where each tree starts, in order
   * @param sets for each categorical split a count of words, then as many words of a bit set
   */
  TreeEnsemble(int[] nodes, int[] roots, int[] sets, float baseMargin) {
    this.nodes = nodes;
    this.roots = roots;
    this.sets = sets;
    this.baseMargin = baseMargin;
  }

  public int trees() {
    return roots.length;
  }

  /** The sum of the trees for the row that starts at {@code at}. */
  public float margin(float[] rows, int at) {
    float sum = baseMargin;
    for (int root : roots) {
      sum += leaf(root, rows, at);
    }
    return sum;
  }

  /**
   * The sums for rows that stand one after the other. Goes tree by tree through a few rows at a
   * time, which keeps a tree in the cache; each row's sum is still made in the order of the trees.
   */
  public void margins(float[] rows, int columns, float[] out, int outAt) {
    int count = rows.length / columns;
    Arrays.fill(out, outAt, outAt + count, baseMargin);
    for (int from = 0; from < count; from += ROWS_AT_ONCE) {
      int to = Math.min(count, from + ROWS_AT_ONCE);
      for (int root : roots) {
        for (int row = from; row < to; row++) {
          out[outAt + row] += leaf(root, rows, row * columns);
        }
      }
    }
  }

  private float leaf(int root, float[] rows, int at) {
    int node = root;
    int what = nodes[node];
    while (what != LEAF) {
      float x = rows[at + (what & FEATURE)];
      boolean left;
      if (Float.isNaN(x)) {
        left = (what & MISSING_LEFT) != 0;
      } else if ((what & CATEGORICAL) == 0) {
        left = x < Float.intBitsToFloat(nodes[node + 1]);
      } else {
        left = !contains(nodes[node + 1], x);
      }
      node = nodes[node + 2] + (left ? 0 : STRIDE);
      what = nodes[node];
    }
    return Float.intBitsToFloat(nodes[node + 1]);
  }

  private boolean contains(int set, float x) {
    int category = (int) x;
    int word = category >> 5;
    return x >= 0 && word < sets[set] && (sets[set + 1 + word] >>> (category & 31) & 1) != 0;
  }
}
