package dev.penstock.feature.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.data.ErrorCode;
import dev.penstock.data.Expression;
import dev.penstock.data.Field;
import dev.penstock.data.PenstockException;
import dev.penstock.data.Scalar;
import dev.penstock.data.Span;
import dev.penstock.data.Type;
import dev.penstock.feature.Aggregate;
import dev.penstock.feature.AggregateFunction;
import dev.penstock.feature.AggregateParameter;
import dev.penstock.feature.ChangelogMode;
import dev.penstock.feature.Feature;
import dev.penstock.feature.FeatureStatus;
import dev.penstock.feature.FeatureValue;
import dev.penstock.feature.FeatureView;
import dev.penstock.feature.Window;
import dev.penstock.testkit.AggregateTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of types in {@code docs/reference/aggregates.md} is true and complete. */
class AggregateTypesTest {
  private static final AggregateTypes PAGE = AggregateTypes.read();
  private static final List<Window> WINDOWS =
      List.of(Window.trailing(new Span(3 * RandomView.HOUR)), new Window.LastRows(5));

  /** By the written name of its type, a column of the tests' input. */
  private static final Map<String, InputColumn> COLUMNS = columns();

  private static Map<String, InputColumn> columns() {
    Map<String, InputColumn> columns = new LinkedHashMap<>();
    for (Field field : InputRow.FIELDS) {
      columns.put(name(field.type()), InputRow.column(field.name()));
    }
    return columns;
  }

  private static String name(Type type) {
    return type.toString().replaceAll("\\(.*", "");
  }

  private static List<Double> parameters(AggregateFunction function) {
    return function.parameters().stream().map(AggregateTypesTest::parameter).toList();
  }

  private static double parameter(AggregateParameter parameter) {
    return switch (parameter) {
      case SHARE -> 0.5;
      case COUNT -> 3;
      case LIMIT -> 1_000;
      case HALF_LIFE, CELL -> RandomView.HOUR;
    };
  }

  private static Aggregate aggregate(AggregateFunction function, List<String> types) {
    List<Expression> arguments = new ArrayList<>();
    types.forEach(type -> arguments.add(COLUMNS.get(type)));
    return new Aggregate(function, arguments, null, parameters(function));
  }

  /** Arguments, one of which is of that type and the others of one that is allowed. */
  private static List<String> with(AggregateFunction function, int argument, String type) {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < function.arguments(); i++) {
      types.add(i == argument ? type : PAGE.of(function.toString(), i).iterator().next());
    }
    return types;
  }

  /** Each type that is allowed for an argument, or each that is not. */
  private static Set<List<String>> arguments(AggregateFunction function, boolean allowed) {
    Set<List<String>> all = new HashSet<>();
    for (int argument = 0; argument < function.arguments(); argument++) {
      for (String type : PAGE.types()) {
        if (PAGE.of(function.toString(), argument).contains(type) == allowed) {
          all.add(with(function, argument, type));
        }
      }
    }
    return all;
  }

  @Test
  void the_page_has_every_aggregate_and_every_type() {
    Set<String> functions =
        Stream.of(AggregateFunction.values()).map(Object::toString).collect(Collectors.toSet());
    functions.add("by");
    assertThat(PAGE.functions()).containsExactlyInAnyOrderElementsOf(functions);
    Set<String> types =
        Stream.of(Scalar.values()).map(Object::toString).collect(Collectors.toSet());
    types.addAll(List.of("decimal", "vector"));
    assertThat(PAGE.types()).containsExactlyInAnyOrderElementsOf(types);
    assertThat(COLUMNS.keySet()).containsExactlyInAnyOrderElementsOf(types);
  }

  @ParameterizedTest
  @EnumSource(AggregateFunction.class)
  void what_the_page_allows_has_the_bits_of_the_naive_twin(AggregateFunction function) {
    List<Aggregate> aggregates =
        arguments(function, true).stream().map(types -> aggregate(function, types)).toList();
    assertThat(aggregates).isNotEmpty();
    agreeAndArePresent(aggregates);
  }

  @ParameterizedTest
  @EnumSource(AggregateFunction.class)
  void what_the_page_does_not_allow_is_refused(AggregateFunction function) {
    for (List<String> types : arguments(function, false)) {
      assertThatThrownBy(() -> aggregate(function, types))
          .as("%s of %s", function, types)
          .isInstanceOfSatisfying(
              PenstockException.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
                assertThat(refusal.what()).startsWith(function + "(");
                assertThat(refusal.hint()).startsWith(function + " takes ");
              });
    }
  }

  @Test
  void categories_are_of_the_types_that_the_page_allows() {
    List<Aggregate> divided = new ArrayList<>();
    for (String type : PAGE.types()) {
      if (PAGE.of("by", 0).contains(type)) {
        divided.add(Aggregate.count().by(COLUMNS.get(type)));
      } else {
        assertThatThrownBy(() -> Aggregate.count().by(COLUMNS.get(type)))
            .isInstanceOfSatisfying(
                PenstockException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.TYPE_MISMATCH));
      }
    }
    agreeAndArePresent(divided);
  }

  /** Over rows that stay and rows that change, by every path; and that each has a value at all. */
  private static void agreeAndArePresent(List<Aggregate> aggregates) {
    Set<String> present = new HashSet<>();
    for (Window window : WINDOWS) {
      for (ChangelogMode changes : ChangelogMode.values()) {
        FeatureView view = view(aggregates, window).over(changes);
        Case of = of(view, 2L * WINDOWS.indexOf(window) + changes.ordinal());
        Optional<Throwable> failure = Failure.of(of, Kernel.REAL, new HostileRun());
        if (failure.isPresent()) {
          throw new AssertionError(
              failure.get().getMessage() + "\n" + Failure.shrunk(of, Kernel.REAL), failure.get());
        }
        for (Case.Query query : of.queries()) {
          List<FeatureValue> answers =
              new NaiveTwin(view).answers(query.key(), query.q(), of.rows(), row -> true);
          for (int f = 0; f < answers.size(); f++) {
            if (answers.get(f).status() == FeatureStatus.PRESENT) {
              present.add(view.features().get(f).aggregate().text());
            }
          }
        }
      }
    }
    assertThat(present).containsAll(aggregates.stream().map(Aggregate::text).toList());
  }

  private static FeatureView view(List<Aggregate> aggregates, Window window) {
    List<Feature> features = new ArrayList<>();
    for (Aggregate aggregate : aggregates) {
      features.add(new Feature("f" + features.size(), aggregate, window));
    }
    return FeatureView.of("typed", Facts.THING, List.of("name"), features);
  }

  private static Case of(FeatureView view, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<InputRow> rows = new RandomLog(random, RandomView.HOUR, view.changes()).next(25);
    return new Case(
        seed, random.nextLong(), view, rows, new RandomQueries(random, view, rows).next(8));
  }
}
