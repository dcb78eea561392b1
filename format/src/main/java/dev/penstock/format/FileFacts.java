package dev.penstock.format;

import dev.penstock.format.internal.media.Dimensions;
import dev.penstock.format.internal.media.MediaTypes;
import dev.penstock.format.internal.media.Sounds;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a file is, as far as its first bytes say.
 *
 * @param mediaType {@code image/png}; {@code application/octet-stream} for what nobody knows
 * @param width in pixels, of PNG, JPEG, GIF and BMP whose header can be read
 * @param height likewise
 * @param seconds how long a sound is, of WAV, AIFF and AU whose header says it
 */
public record FileFacts(
    String mediaType, @Nullable Integer width, @Nullable Integer height, @Nullable Double seconds) {
  /**
   * The facts of a file. A header that is broken says nothing, which is no error.
   *
   * @param content where its bytes are
   * @param name what it was called, which tells apart what begins alike
   */
  public static FileFacts of(Path content, String name) throws IOException {
    String type = MediaTypes.of(content, name);
    Dimensions dimensions = Dimensions.of(content, type);
    return new FileFacts(
        type,
        dimensions == null ? null : (Integer) dimensions.width(),
        dimensions == null ? null : (Integer) dimensions.height(),
        Sounds.seconds(content, type));
  }
}
