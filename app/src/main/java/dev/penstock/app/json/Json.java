package dev.penstock.app.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON, read and written token by token. */
public final class Json {
  private static final int MOST_DEPTH = 32;

  /**
   * Python writes NaN and Infinity bare. A double is written with the fewest digits that tell it.
   */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
          .build();

  private Json() {}

  public interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  public static byte[] bytes(Body body) {
    ByteArrayBuilder bytes = new ByteArrayBuilder();
    try (bytes;
        JsonGenerator json = FACTORY.createGenerator(bytes)) {
      body.write(json);
      json.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
