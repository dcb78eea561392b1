package dev.penstock.platform.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlightsExampleTest {
  @Test
  void the_example_is_an_ordinary_project() {
    Project project = Project.load(Path.of("../examples/flights"), "local", Map.of());
    assertThat(project.name()).isEqualTo("flights");
    project.environment().requireSupported();
    assertThat(project.definitions(FeatureViewDefinition.class)).hasSize(5);
    assertThat(project.definitions(ModelDefinition.class)).hasSize(2);
    assertThat(project.graph().upstream("late_arrival"))
        .extracting(Definition::name)
        .contains("airports", "landings", "departures", "flights_landed", "flight_delay");
  }
}
