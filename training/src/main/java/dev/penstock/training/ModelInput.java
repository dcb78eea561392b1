package dev.penstock.training;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Type;
import java.util.List;

/**
 * One input of a model. A number becomes that number as float32 (within {@link
 * FeatureSchema#LARGEST}), a boolean 0 or 1, a string its place in {@code categories} (sorted, so
 * that the order of the training rows does not matter). A null, and a string that training did not
 * see, become NaN: missing.
 */
public record ModelInput(String name, Type type, List<String> categories) {
  public ModelInput {
    categories = List.copyOf(categories);
    if (!fits(type)) {
      throw new PenstockException(
          ErrorCode.TYPE_MISMATCH,
          "the feature '" + name + "' is " + type + ", which no model here can take",
          "use a number, a boolean or a string; of a time, take what matters: its hour, an age");
    }
    if (type != Scalar.STRING && !categories.isEmpty()) {
      throw new IllegalArgumentException(name + " is " + type + " and has no categories");
    }
    for (int i = 1; i < categories.size(); i++) {
      if (categories.get(i - 1).compareTo(categories.get(i)) >= 0) {
        throw new IllegalArgumentException("the categories of " + name + " are not sorted");
      }
    }
  }

  public static ModelInput numeric(String name, Type type) {
    return new ModelInput(name, type, List.of());
  }

  public boolean isCategorical() {
    return type == Scalar.STRING;
  }

  private static boolean fits(Type type) {
    return type.isNumeric() || type == Scalar.BOOLEAN || type == Scalar.STRING;
  }
}
