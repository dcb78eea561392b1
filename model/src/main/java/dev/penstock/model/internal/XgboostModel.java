package dev.penstock.model.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A model that XGBoost 2 saved as UBJSON: its trees, and what its objective does with their sum.
 *
 * @param gains by feature, the sum of what the splits on it gained
 */
public record XgboostModel(TreeEnsemble trees, Link link, List<Double> gains) {

  /** What turns the trees' sum into a score. */
  public enum Link {
    IDENTITY {
      @Override
      public float score(float margin) {
        return margin;
      }

      @Override
      float margin(float baseScore) {
        return baseScore;
      }
    },
    LOGISTIC {
      /** XGBoost's own form, with its guard against an overflow. */
      @Override
      public float score(float margin) {
        float exponential = (float) StrictMath.exp(Math.min(-margin, 88.7f));
        return 1.0f / (exponential + 1.0f);
      }

      @Override
      float margin(float baseScore) {
        return (float) -StrictMath.log(1.0f / baseScore - 1.0f);
      }
    };

    public abstract float score(float margin);

    /** The inverse, for the score that boosting started from. */
    abstract float margin(float baseScore);
  }

  /**
   * Reads a model.
   *
   * @param rounds how many of its rounds to use, from the first on; 0 for all
   * @throws IllegalArgumentException if the bytes are no such model, or one of a kind that is not
   *     known here
   */
  public static XgboostModel read(byte[] bytes, int rounds) {
    Document learner = Document.of(Ubjson.read(bytes), "model").object("learner");
    String objective = learner.object("objective").text("name");
    Link link =
        switch (objective) {
          case "binary:logistic", "reg:logistic" -> Link.LOGISTIC;
          case "reg:squarederror", "binary:logitraw" -> Link.IDENTITY;
          default -> throw new IllegalArgumentException("its objective is '" + objective + "'");
        };
    Document parameters = learner.object("learner_model_param");
    float baseScore = Float.parseFloat(parameters.text("base_score"));
    Document booster = learner.object("gradient_booster");
    if (!booster.text("name").equals("gbtree")) {
      throw new IllegalArgumentException("its booster is '" + booster.text("name") + "'");
    }
    Document model = booster.object("model");
    List<?> trees = model.list("trees");
    int[] firstTrees = model.integers("iteration_indptr");
    int used = rounds == 0 ? trees.size() : firstTrees[Math.min(rounds, firstTrees.length - 1)];
    Layout layout = new Layout(Integer.parseInt(parameters.text("num_feature")));
    for (int tree = 0; tree < used; tree++) {
      layout.add(Document.of(trees.get(tree), "tree " + tree));
    }
    return new XgboostModel(
        layout.ensemble(link.margin(baseScore)),
        link,
        Arrays.stream(layout.gains).boxed().toList());
  }

  /** Lays trees out in the form of {@link TreeEnsemble}. */
  private static final class Layout {
    private final Integers nodes = new Integers();
    private final Integers roots = new Integers();
    private final Integers sets = new Integers();
    private final double[] gains;

    Layout(int features) {
      gains = new double[features];
    }

    void add(Document tree) {
      int[] left = tree.integers("left_children");
      int[] right = tree.integers("right_children");
      int[] features = tree.integers("split_indices");
      int[] missingLeft = tree.integers("default_left");
      int[] kinds = tree.integers("split_type");
      float[] conditions = tree.floats("split_conditions");
      float[] gainOfNode = tree.floats("loss_changes");
      int[] setOfNode = sets(tree, left.length);
      int root = nodes.size();
      roots.add(root);
      // The nodes in the order they are placed: children of one node side by side.
      List<Integer> order = new ArrayList<>(List.of(0));
      for (int i = 0; i < order.size(); i++) {
        int node = order.get(i);
        if (left[node] < 0) {
          nodes.add(TreeEnsemble.LEAF);
          nodes.add(Float.floatToRawIntBits(conditions[node]));
          nodes.add(0);
          continue;
        }
        gains[features[node]] += gainOfNode[node];
        boolean categorical = kinds[node] == 1;
        nodes.add(
            features[node]
                | (missingLeft[node] != 0 ? TreeEnsemble.MISSING_LEFT : 0)
                | (categorical ? TreeEnsemble.CATEGORICAL : 0));
        nodes.add(categorical ? setOfNode[node] : Float.floatToRawIntBits(conditions[node]));
        nodes.add(root + order.size() * TreeEnsemble.STRIDE);
        order.add(left[node]);
        order.add(right[node]);
        if (order.size() > left.length) {
          throw new IllegalArgumentException("a tree's nodes form a circle");
        }
      }
    }

    private int[] sets(Document tree, int size) {
      int[] setOfNode = new int[size];
      int[] categories = tree.integers("categories");
      int[] owners = tree.integers("categories_nodes");
      int[] from = tree.integers("categories_segments");
      int[] counts = tree.integers("categories_sizes");
      for (int i = 0; i < owners.length; i++) {
        int largest = 0;
        for (int c = from[i]; c < from[i] + counts[i]; c++) {
          largest = Math.max(largest, categories[c]);
        }
        int[] words = new int[(largest >> 5) + 1];
        for (int c = from[i]; c < from[i] + counts[i]; c++) {
          words[categories[c] >> 5] |= 1 << (categories[c] & 31);
        }
        setOfNode[owners[i]] = sets.size();
        sets.add(words.length);
        for (int word : words) {
          sets.add(word);
        }
      }
      return setOfNode;
    }

    TreeEnsemble ensemble(float baseMargin) {
      return new TreeEnsemble(nodes.toArray(), roots.toArray(), sets.toArray(), baseMargin);
    }
  }
}
