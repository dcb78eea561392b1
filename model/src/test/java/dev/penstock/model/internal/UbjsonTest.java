package dev.penstock.model.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UbjsonTest {
  private static byte[] bytes(Object... parts) {
    byte[] bytes = new byte[256];
    int size = 0;
    for (Object part : parts) {
      if (part instanceof String text) {
        for (char c : text.toCharArray()) {
          bytes[size++] = (byte) c;
        }
      } else {
        bytes[size++] = ((Integer) part).byteValue();
      }
    }
    return Arrays.copyOf(bytes, size);
  }

  @Test
  void an_object_is_read_by_its_names() {
    assertThat(Ubjson.read(bytes("{", "i", 1, "a", "U", 200, "i", 2, "bc", "S", "i", 2, "xy", "}")))
        .isEqualTo(Map.of("a", 200L, "bc", "xy"));
  }

  @Test
  void a_typed_array_keeps_the_bits_of_its_floats() {
    float[] floats = (float[]) Ubjson.read(bytes("[$d#i", 2, 0x7f, 0xc0, 0, 1, 0x80, 0, 0, 0));
    assertThat(floats).hasSize(2);
    assertThat(Float.floatToRawIntBits(floats[0])).isEqualTo(0x7fc00001);
    assertThat(Float.floatToRawIntBits(floats[1])).isEqualTo(0x80000000);
  }

  @Test
  void integers_of_every_width_are_read() {
    assertThat(Ubjson.read(bytes("[", "i", 255, "U", 255, "I", 1, 0, "l", 255, 255, 255, 254, "]")))
        .isEqualTo(List.of(-1L, 255L, 256L, -2L));
    assertThat((long[]) Ubjson.read(bytes("[$L#i", 1, 0, 0, 0, 1, 0, 0, 0, 0)))
        .containsExactly(1L << 32);
  }

  @Test
  void a_counted_array_needs_no_end() {
    assertThat(Ubjson.read(bytes("[#i", 2, "T", "F"))).isEqualTo(List.of(true, false));
  }

  @Test
  void bytes_that_end_early_are_refused() {
    assertThatThrownBy(() -> Ubjson.read(bytes("{", "i", 1, "a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends in the middle");
  }

  @Test
  void a_length_beyond_the_end_is_refused_before_it_is_allocated() {
    assertThatThrownBy(() -> Ubjson.read(bytes("[$d#l", 0x7f, 255, 255, 255)))
        .hasMessageContaining("a length of 2147483647");
  }

  @Test
  void an_endless_nest_is_refused() {
    assertThatThrownBy(() -> Ubjson.read(bytes("[".repeat(200))))
        .hasMessageContaining("nests deeper");
  }

  @Test
  void an_unknown_marker_is_named_with_its_place() {
    assertThatThrownBy(() -> Ubjson.read(bytes("[", "?"))).hasMessageContaining("at byte 1");
  }
}
