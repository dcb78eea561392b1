package dev.penstock.sql.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Looks for functions that row expressions do not have. */
final class Calls {
  private Calls() {}

  static boolean areKnown(Syntax syntax) {
    return (!(syntax instanceof Syntax.Call call) || Functions.isKnown(call.function()))
        && children(syntax).stream().allMatch(Calls::areKnown);
  }

  private static List<Syntax> children(Syntax syntax) {
    if (syntax instanceof Syntax.Negative negative) {
      return List.of(negative.operand());
    } else if (syntax instanceof Syntax.Not not) {
      return List.of(not.operand());
    } else if (syntax instanceof Syntax.Binary binary) {
      return List.of(binary.left(), binary.right());
    } else if (syntax instanceof Syntax.Call call) {
      return call.arguments();
    } else if (syntax instanceof Syntax.Extract extract) {
      return List.of(extract.operand());
    } else if (syntax instanceof Syntax.Cast cast) {
      return List.of(cast.operand());
    } else if (syntax instanceof Syntax.In in) {
      List<Syntax> all = new ArrayList<>(in.options());
      all.add(in.operand());
      return all;
    } else if (syntax instanceof Syntax.Between between) {
      return List.of(between.operand(), between.low(), between.high());
    } else if (syntax instanceof Syntax.Like like) {
      return List.of(like.operand());
    } else if (syntax instanceof Syntax.IsNull isNull) {
      return List.of(isNull.operand());
    } else if (syntax instanceof Syntax.Case cases) {
      List<Syntax> all = new ArrayList<>();
      for (Syntax.When when : cases.branches()) {
        all.add(when.condition());
        all.add(when.value());
      }
      if (cases.otherwise() != null) {
        all.add(Objects.requireNonNull(cases.otherwise()));
      }
      return all;
    }
    return List.of();
  }
}
