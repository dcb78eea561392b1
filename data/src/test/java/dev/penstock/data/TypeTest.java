package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TypeTest {
  @Test
  void every_type_is_read_back_from_its_written_form() {
    for (Type type :
        List.of(
            Scalar.INT64,
            Scalar.LOCAL_TIMESTAMP,
            new Type.Decimal(10, 2),
            new Type.Vector(384),
            new Type.Vector(0))) {
      assertThat(Type.parse(type.toString())).isEqualTo(type);
    }
  }

  @Test
  void an_unknown_type_is_refused() {
    for (String text : List.of("int", "decimal(39,1)", "decimal(3,4)", "vector(1,2)", "")) {
      assertThatThrownBy(() -> Type.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
