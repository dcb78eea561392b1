package dev.penstock.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
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

  @Test
  void a_number_is_a_decimal_where_no_digit_is_lost() {
    Type.Decimal type = new Type.Decimal(5, 2);
    assertThat(type.exactly(new BigDecimal("-999.99"))).isEqualTo(new BigDecimal("-999.99"));
    assertThat(type.exactly(new BigDecimal("1e2"))).isEqualTo(new BigDecimal("100.00"));
    assertThat(type.exactly(new BigDecimal("0.0100"))).isEqualTo(new BigDecimal("0.01"));
    assertThat(type.exactly(new BigDecimal("0e-999999999"))).isEqualTo(new BigDecimal("0.00"));
    for (String lost :
        List.of("1000", "0.001", "1.005", "0.009", "1e999999999", "1e2147483647", "1e-999999999")) {
      assertThat(type.exactly(new BigDecimal(lost))).as(lost).isNull();
    }
    assertThat(new Type.Decimal(2, 2).exactly(new BigDecimal("0.09"))).isNotNull();
    assertThat(new Type.Decimal(2, 2).exactly(BigDecimal.ONE)).isNull();
  }
}
