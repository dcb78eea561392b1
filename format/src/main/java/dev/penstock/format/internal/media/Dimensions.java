package dev.penstock.format.internal.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import org.jspecify.annotations.Nullable;

/** How large an image is, in pixels as they are stored. */
public record Dimensions(int width, int height) {
  /** Those whose size stands in a short header; of others a reader would have to search. */
  private static final Set<String> TYPES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/bmp");

  /** Of a file of that type; null if it does not say so in a way that can be read. */
  public static @Nullable Dimensions of(Path content, String mediaType) {
    if (!TYPES.contains(mediaType)) {
      return null;
    }
    Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(mediaType);
    if (!readers.hasNext()) {
      return null;
    }
    ImageReader reader = readers.next();
    try (FileImageInputStream in = new FileImageInputStream(content.toFile())) {
      reader.setInput(in, true, true);
      return new Dimensions(reader.getWidth(0), reader.getHeight(0));
    } catch (IOException | RuntimeException | LinkageError broken) {
      // Readers meet hostile bytes with whatever they run into; without a screen some JDKs lack
      // the library for JPEG.
      return null;
    } finally {
      reader.dispose();
    }
  }
}
